import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The one-way rule: what each room may import, besides itself. ARCHITECTURE.md says why. */
const MAY_IMPORT = {
  domain: [],
  intake: ['domain'],
  engine: ['domain'],
  store: ['domain'],
  viewer: ['domain'],
  flow: ['domain', 'intake', 'engine', 'store', 'viewer'],
  ui: ['domain', 'intake', 'engine', 'store', 'viewer', 'flow'],
};
const ROOMS = Object.keys(MAY_IMPORT);
const UP = '^(?:\\.\\.?/)+';

function restrictImports(room) {
  const forbidden = ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other));
  const patterns = [
    { regex: `${UP}(?:${[...forbidden.filter((r) => r !== 'engine'), 'main'].join('|')})(?:/|$)`, message: 'Wrong arrow between rooms.' },
  ];
  if (room !== 'engine') {
    patterns.push({ regex: '^@tensorflow/', message: 'Tensors live in engine only.' });
    patterns.push({ regex: `${UP}engine/(?!client$|protocol$)`, message: 'Of engine, only client.ts and the types of protocol.ts.' });
    // The types of the protocol may be named above domain; its values and the client only where engine may be used.
    const types = room !== 'domain' && room !== 'intake';
    patterns.push({ regex: `${UP}engine/protocol$`, message: 'Only types of the protocol.', allowTypeImports: types });
    if (!MAY_IMPORT[room].includes('engine')) {
      patterns.push({ regex: `${UP}engine/client$`, message: 'Wrong arrow between rooms.' });
    }
  }
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'playwright-report/', 'training/', 'public/', '*.config.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.worker.json', './tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Typed arrays under noUncheckedIndexedAccess: a bounds-checked loop says so with '!'.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...jsxA11y.flatConfigs.recommended.rules,
      // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region', 'tabpanel'] }],
    },
  },
  ...ROOMS.map(restrictImports),
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
);
