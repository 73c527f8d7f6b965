/**
 * ESLint rule: text in JSX has an element of its own. Page translators replace text nodes by elements; what React then changes,
 * removes or inserts beside such a node is no longer there, and an old sentence stays or the page crashes. Of an element
 * that holds one text and nothing else React replaces the whole content.
 */
import { ESLintUtils } from '@typescript-eslint/utils';
import ts from 'typescript';

const TEXTUAL = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike;

function isTextual(type) {
  return type.isUnion() ? type.types.some(isTextual) : (type.flags & TEXTUAL) !== 0;
}

export const ownTextRule = {
  meta: {
    type: 'problem',
    fixable: 'code',
    schema: [],
    messages: { mixed: 'Text beside other content: put it into an element of its own (a span will do).' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    /** '' counts as nothing; `condition && 'text'` as text. */
    function isText(child) {
      if (child.type === 'JSXText') return child.value.trim() !== '';
      // Space alone is not translated.
      if (child.expression?.type === 'Literal' && String(child.expression.value).trim() === '') return false;
      return child.type === 'JSXExpressionContainer' && child.expression.type !== 'JSXEmptyExpression'
        ? isTextual(services.getTypeAtLocation(child.expression))
        : false;
    }
    function isNothing(child) {
      return child.type === 'JSXText' ? child.value.trim() === '' : child.expression?.type === 'JSXEmptyExpression';
    }
    function check(node) {
      const children = node.children.filter((child) => !isNothing(child));
      if (node.type === 'JSXElement' && children.length < 2) return;
      for (const child of children) {
        if (!isText(child)) continue;
        const source = context.sourceCode.getText(child);
        // What a line break is part of is no space of the text's own.
        const [, before, text, after] = /^(\s*\n\s*)?([^]*?)(\s*\n\s*)?$/.exec(source);
        const fix = (fixer) => fixer.replaceText(child, `${before ?? ''}<span>${text}</span>${after ?? ''}`);
        context.report({ node: child, messageId: 'mixed', fix });
      }
    }
    return { JSXElement: check, JSXFragment: check };
  },
};
