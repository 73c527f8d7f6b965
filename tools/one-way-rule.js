/** ESLint rule for the one-way rule between the rooms of src/. ARCHITECTURE.md says why there is one. */
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What each room may import, besides itself. A file straight in src/ is the room "main". */
const MAY_IMPORT = {
  domain: [],
  intake: ['domain'],
  engine: ['domain'],
  store: ['domain'],
  words: ['domain', 'store'],
  pwa: ['domain'],
  diary: ['domain'],
  viewer: ['domain', 'words'],
  flow: ['domain', 'intake', 'engine', 'store', 'words', 'viewer', 'pwa', 'diary'],
  ui: ['domain', 'intake', 'engine', 'store', 'words', 'viewer', 'pwa', 'diary', 'flow'],
  main: ['domain', 'intake', 'engine', 'store', 'words', 'viewer', 'pwa', 'diary', 'flow', 'ui'],
};
const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Path inside src/ with '/' between its parts and no extension; null outside src/. */
function insideSrc(path) {
  const parts = relative(SRC, path).split(sep);
  return parts[0] === '..' || parts[0] === '' ? null : parts.join('/').replace(/\.[a-z]+$/, '');
}

function roomOf(inside) {
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : 'main';
}

function isInTfjs(inside) {
  return inside.startsWith('engine/tfjs/');
}

/**
 * @param fromFile - absolute path of the importing file.
 * @param specifier - what stands in the quotes.
 * @returns what is wrong, or null.
 */
function findFault(fromFile, specifier, isTypeOnly) {
  const from = insideSrc(fromFile);
  if (from === null) return null;
  const room = roomOf(from);
  if (!(room in MAY_IMPORT)) return `src/${room} is no known room: add it to tools/one-way-rule.js.`;
  if (specifier.startsWith('@tensorflow/')) return isInTfjs(from) ? null : 'Tensors live in engine/tfjs only.';
  const path = specifier.replace(/[?#].*$/, '');
  const to = path.startsWith('/src/')
    ? insideSrc(resolve(SRC, path.slice('/src/'.length)))
    : path.startsWith('.') && insideSrc(resolve(dirname(fromFile), path));
  if (!to) return null;
  // One implementation of the network beside others: the worker's entry chooses among them.
  if (room === 'engine' && isInTfjs(to) && !isInTfjs(from) && from !== 'engine/worker') {
    return 'Of engine only worker.ts may import engine/tfjs; the others see the network as compute.ts has it.';
  }
  if (roomOf(to) === room) return null;
  if (!MAY_IMPORT[room].includes(roomOf(to))) return `Wrong arrow: ${room} must not import ${roomOf(to)}.`;
  if (room === 'words' && roomOf(to) === 'store' && !isTypeOnly) return 'Of store the words may import types only.';
  if (to === 'engine/protocol')
    return isTypeOnly ? null : 'Of engine/protocol.ts only types may be imported from outside engine.';
  if (roomOf(to) === 'engine' && to !== 'engine/client') {
    return 'Of engine only client.ts and the types of protocol.ts may be imported from outside.';
  }
  return null;
}

export const oneWayRule = {
  meta: { type: 'problem', schema: [], messages: { fault: '{{fault}}' } },
  create(context) {
    function check(node, source, isTypeOnly) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const fault = findFault(context.filename, source.value, isTypeOnly);
      if (fault !== null) context.report({ node, messageId: 'fault', data: { fault } });
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument.literal, true),
      // How a bundler is told of a worker: new URL('./worker.ts', import.meta.url).
      NewExpression: (node) => {
        if (node.callee.name === 'URL' && node.arguments[1]?.type === 'MemberExpression') check(node, node.arguments[0], false);
      },
    };
  },
};
