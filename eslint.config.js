import designSystem from '@atlaskit/eslint-plugin-design-system';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const PAGES = ['static/**/*.{ts,tsx}', 'sandbox/web/**/*.{ts,tsx}'];
/** Tools that load a configuration ask for a default export; so does who imports the module that the stub stands for. */
const DEFAULT_EXPORTS = ['**/*.config.*', '**/feature-gate-stub.ts'];

/** A rule may be switched off in a place only with a reason: `// eslint-disable-next-line rule -- why`. */
const describedDisable = {
  meta: { type: 'problem', schema: [], messages: { why: 'Say why the rule is switched off here: "-- reason".' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) context.report({ loc: comment.loc, messageId: 'why' });
      }
    },
  }),
};

/** Not no-unsafe-design-token-usage: it asks for token(), which Compiled would have to build; ours are var(--ds-...) in style sheets, see test/contract/design-tokens. */
const designSystemRules = [
  'ensure-design-token-usage',
  'icon-label',
  'no-banned-imports',
  'no-deprecated-apis',
  'no-deprecated-design-token-usage',
  'no-deprecated-imports',
  'no-modal-label',
  'use-button-group-label',
  'use-heading-level-in-section-message',
  'use-menu-section-title',
  'use-modal-title',
  'use-popup-label',
  'use-tag-group-label',
  'use-visually-hidden',
];

export default tseslint.config(
  { ignores: ['node_modules/', 'checks/node_modules/', 'checks/broken-app/', 'dist/', '.cache/', 'test-results/', '**/fixtures/broken/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { '@typescript-eslint': tseslint.plugin, house: { rules: { 'described-disable': describedDisable } } },
    languageOptions: { parser: tseslint.parser },
    rules: {
      'house/described-disable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      complexity: ['error', 20],
      'max-depth': ['error', 4],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
    },
  },
  { files: ['scripts/node-version.mjs'], rules: { 'no-var': 'off' } },
  { files: DEFAULT_EXPORTS, rules: { 'no-restricted-exports': 'off' } },
  {
    files: TYPESCRIPT,
    languageOptions: {
      parserOptions: {
        project: ['src', 'static', 'sandbox', 'sandbox/web', 'test'].map((folder) => `${folder}/tsconfig.json`),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/**', 'static/**'], rules: { 'no-console': 'error' } },
  {
    files: PAGES,
    plugins: { 'react-hooks': reactHooks, '@atlaskit/design-system': designSystem },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/purity': 'error',
      'react-hooks/set-state-in-render': 'error',
      'react-hooks/static-components': 'error',
      ...Object.fromEntries(designSystemRules.map((rule) => [`@atlaskit/design-system/${rule}`, 'error'])),
    },
  },
);
