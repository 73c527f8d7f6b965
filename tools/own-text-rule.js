/**
 * ESLint rule: text in JSX has an element of its own. Page translators replace text nodes by elements; what React then changes,
 * removes or inserts beside such a node is no longer there, and an old sentence stays or the page crashes. Of an element
 * that holds one text and nothing else React replaces the whole content.
 */
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
    const services = context.sourceCode.parserServices;
    /** `condition && 'text'` counts as text; space alone does not: nobody translates it. */
    function isText(child) {
      if (child.type === 'JSXText') return child.value.trim() !== '';
      if (child.expression?.type === 'Literal' && String(child.expression.value).trim() === '') return false;
      return child.type === 'JSXExpressionContainer' && child.expression.type !== 'JSXEmptyExpression'
        ? isTextual(services.getTypeAtLocation(child.expression))
        : false;
    }
    /** JSX drops space with a line break in it, and keeps the rest. */
    function isNothing(child) {
      if (child.type === 'JSXText') return /^\s*\n\s*$/.test(child.value);
      return child.expression?.type === 'JSXEmptyExpression';
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
