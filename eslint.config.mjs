import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import ts from 'typescript-eslint';
import { safeConversions } from './scripts/lint/safe-conversions.mjs';
import { typedBindings } from './scripts/lint/typed-bindings.mjs';

/** Which folders a folder of `src/` may import from (ARCHITECTURE.md). */
const LAYERS = {
  internals: [],
  model: ['internals'],
  i18n: [],
  redaction: [],
  payloads: ['model'],
  conventions: ['model', 'payloads'],
  formats: ['model', 'conventions', 'payloads', 'internals'],
  analysis: ['model', 'internals'],
  prices: ['model', 'analysis'],
  sources: ['model', 'formats', 'analysis', 'export'],
  internal: ['model', 'analysis', 'i18n', 'redaction'],
  elements: ['model', 'formats', 'analysis', 'internal', 'internals', 'i18n', 'export', 'sources'],
  define: ['elements', 'internal'],
  tracer: ['model', 'payloads', 'conventions', 'redaction', 'internals'],
  store: ['model', 'export', 'formats', 'internals'],
  export: ['model', 'redaction', 'internals', 'i18n'],
  server: ['elements', 'formats', 'model', 'analysis', 'internal', 'i18n', 'export'],
};

/** Modules of Lit that make markup of strings, or write `style` attributes. */
const UNSAFE_IMPORTS = {
  regex: 'unsafe-(html|svg|mathml|static)|style-map|static-html|(^|/)static(\\.js)?$',
  message: 'Data must not become markup, and styleMap breaks strict content security policies.',
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
          UNSAFE_IMPORTS,
        ],
      },
    ],
  },
}));

const MARKUP = 'Data must not become markup.';
const CODE = 'Data must not become code.';
const PLACE = 'Nothing here leads the page anywhere.';
const TEMPLATE = 'TaggedTemplateExpression[tag.name=/^(html|svg|mathml)$/] > TemplateLiteral > TemplateElement';

/** Ways in which data could become markup, code, or another page. */
const SINKS = [
  ['MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]', MARKUP],
  ['MemberExpression > Literal.property[value=/^(innerHTML|outerHTML|srcdoc)$/]', MARKUP],
  ['Property[key.name=/^(innerHTML|outerHTML|srcdoc)$/]', MARKUP],
  ['MemberExpression[property.name=/^(insertAdjacentHTML|setHTML|setHTMLUnsafe|parseHTML|parseHTMLUnsafe)$/]', MARKUP],
  ['MemberExpression[property.name=/^(createContextualFragment|createPolicy|execCommand)$/]', MARKUP],
  ['MemberExpression[object.name="document"][property.name=/^(write|writeln|domain|cookie)$/]', MARKUP],
  ['MemberExpression[object.property.name=/^(document|ownerDocument)$/][property.name=/^write/]', MARKUP],
  ['Identifier[name=/^(DOMParser|XSLTProcessor|unsafe(HTML|SVG|MathML|Static|CSS)|literal|styleMap)$/]', MARKUP],
  // A template may bind the property `style`, which policies allow; a handler is bound with `@`.
  [`${TEMPLATE}[value.raw=/\\.(innerHTML|outerHTML|srcdoc)\\s*=/]`, MARKUP],
  [`${TEMPLATE}[value.raw=/\\s(style|srcdoc|on[a-z]+)\\s*=/i]`, MARKUP],
  [`${TEMPLATE}[value.raw=/<(script|style|iframe|object|embed|base|link|meta|form)\\b/i]`, MARKUP],
  ['CallExpression[callee.property.name=/^setAttribute(NS|Node)?$/] > :not(Literal):nth-child(1).arguments', MARKUP],
  [
    'CallExpression[callee.property.name=/^setAttribute(NS|Node)?$/] > Literal.arguments[value=/^(on|style$|srcdoc$)/i]',
    MARKUP,
  ],
  ['ImportExpression > :not(Literal).source', CODE],
  ['MemberExpression[property.name="eval"]', CODE],
  ['MemberExpression[object.property.name="constructor"][property.name="constructor"]', CODE],
  [
    'AssignmentExpression > MemberExpression.left[object.name=/^(window|globalThis)$/][property.name="location"]',
    PLACE,
  ],
  ['AssignmentExpression > .left[name="location"]', PLACE],
  ['MemberExpression[object.name="location"][property.name=/^(assign|replace)$/]', PLACE],
  // The hash is a place in the page itself.
  ['AssignmentExpression > MemberExpression.left[object.name="location"][property.name!="hash"]', PLACE],
  ['MemberExpression[object.name=/^(window|globalThis)$/][property.name="open"]', PLACE],
].map(([selector, message]) => ({ selector, message }));

export default ts.config(
  { ignores: ['examples', 'dist', 'dist-demo', 'coverage', '**/node_modules', 'samples/node_modules'] },
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
      'no-restricted-imports': ['error', { patterns: [UNSAFE_IMPORTS] }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
    },
  },
  {
    files: ['formats', 'conventions', 'payloads'].map((folder) => `src/${folder}/**/*.ts`),
    plugins: { readers: { rules: { 'safe-conversions': safeConversions } } },
    rules: { 'readers/safe-conversions': 'error' },
  },
  {
    files: ['src/elements/**/*.ts', 'src/internal/**/*.ts', 'src/server/**/*.ts'],
    plugins: { kit: { rules: { 'typed-bindings': typedBindings } } },
    extends: [lit['flat/recommended'], wc['flat/recommended'], litA11y.configs.recommended].map((config) => ({
      ...config,
      plugins: config.plugins && !Array.isArray(config.plugins) ? config.plugins : { 'lit-a11y': litA11y },
    })),
    rules: {
      'kit/typed-bindings': 'error',
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
      'no-restricted-imports': 'off',
      'no-script-url': 'off',
      'kit/typed-bindings': 'off',
      'readers/safe-conversions': 'off',
    },
  },
  ...layerRules,
);
