/** What libheif-js needs of the build. */
import type { Plugin } from 'vite';

const NODE_ONLY = new Set(['fs', 'path', 'crypto']);

/** It names three modules of Node, for Node only; without this every build warns of each. */
export function leaveNodeOutOfLibheif(): Plugin {
  return {
    name: 'leave-node-out-of-libheif',
    enforce: 'pre',
    resolveId(source, importer) {
      return NODE_ONLY.has(source) && importer?.includes('libheif-js') === true ? '\0no-node' : null;
    },
    load(id) {
      return id === '\0no-node' ? 'export default {};' : null;
    },
  };
}
