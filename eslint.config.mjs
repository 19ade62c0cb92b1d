import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

/** Which folders a folder of `src/` may import from (ARCHITECTURE.md). */
const LAYERS = {
  model: [],
  i18n: [],
  redaction: [],
  payloads: ['model'],
  conventions: ['model', 'payloads'],
  formats: ['model', 'conventions', 'payloads'],
  analysis: ['model'],
  internal: ['model', 'analysis', 'i18n', 'redaction'],
  elements: ['model', 'formats', 'analysis', 'internal', 'i18n'],
  define: ['elements', 'internal'],
  tracer: ['model', 'payloads', 'conventions', 'redaction'],
  store: ['model', 'export', 'formats'],
  export: ['model'],
};

const layerRules = Object.entries(LAYERS).map(([folder, allowed]) => ({
  files: [`src/${folder}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(?!${[folder, ...allowed].join('|')})(${Object.keys(LAYERS).join('|')}|define|index|cdn)(/|\\.js$)`,
            message: `src/${folder} may import from: ${allowed.join(', ') || 'nothing'} (ARCHITECTURE.md).`,
          },
          {
            regex: 'unsafe-(html|svg|mathml|static)|style-map|static-html',
            message: 'Data must not become markup, and styleMap breaks strict content security policies.',
          },
        ],
      },
    ],
  },
}));

/** Ways in which data could become markup or code. */
const SINKS = [
  ...['innerHTML', 'outerHTML', 'srcdoc'].map((name) => ({
    selector: `AssignmentExpression > MemberExpression.left[property.name='${name}']`,
    message: 'Data must not become markup.',
  })),
  {
    selector: "MemberExpression[object.name='document'][property.name=/^write/]",
    message: 'Data must not become markup.',
  },
  {
    selector:
      'CallExpression > MemberExpression.callee[property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/]',
    message: 'Data must not become markup.',
  },
];

export default ts.config(
  { ignores: ['dist', 'dist-demo', 'coverage', '**/node_modules', 'samples/node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        AbortSignal: 'readonly',
        URL: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        Response: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
      },
    },
  },
  {
    files: ['src/**/*.ts', 'demo/**/*.ts'],
    extends: [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './demo/tsconfig.json'] } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/dot-notation': 'off',
      // An empty handler is written where a failure is shown elsewhere.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/consistent-type-definitions': 'error',
      'no-restricted-syntax': ['error', ...SINKS],
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['src/elements/**/*.ts', 'src/internal/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended'], litA11y.configs.recommended].map((config) => ({
      ...config,
      plugins: config.plugins && !Array.isArray(config.plugins) ? config.plugins : { 'lit-a11y': litA11y },
    })),
    rules: {
      // Listeners on other elements' nodes are added and removed by controllers.
      'wc/require-listener-teardown': 'off',
      'wc/guard-super-call': 'off',
      'lit/no-template-map': 'off',
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      // Assertions are expressions, and the type of some looks like a promise.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Tests write pages.
      'no-restricted-syntax': 'off',
    },
  },
  ...layerRules,
);
