/** The arrows between the parts of the house; docs/decisions tells why. test/contract/dependency-rules.test.ts breaks every rule once. */
const { join } = require('node:path');

const OURS = '^(src|static|sandbox|test|bench|scripts|checks)/';
const FEATURES = 'setup|work|agreements|catalog|register|reports';
const FORGE = '(^|/)@forge/';

const forbidden = [
  {
    name: 'method-is-pure',
    comment: 'The method is data and pure functions: it imports nothing of ours, nothing of Node and no package.',
    from: { path: '^src/method/' },
    to: { pathNot: '^src/method/' },
  },
  {
    name: 'contract-is-small',
    comment: 'The contract runs in the browser too: only the method and zod.',
    from: { path: '^src/contract/' },
    to: { pathNot: ['^src/(contract|method)/', '(^|/)node_modules/zod/'] },
  },
  {
    name: 'forge-at-the-edge',
    comment: 'Only these parts know the Forge SDK.',
    from: { path: '^src/', pathNot: '^src/(platform|entry|jira)/|^src/index\\.ts$' },
    to: { path: FORGE },
  },
  {
    name: 'browser-forge-only',
    comment: 'The surfaces run in a browser: of the Forge SDK only the bridges.',
    from: { path: '^static/' },
    to: { path: FORGE, pathNot: '@forge/(bridge|jira-bridge)' },
  },
  {
    name: 'features-down',
    comment: "A feature uses the method, the contract, jira, platform, and another feature's service.ts or model.ts; never its store.",
    from: { path: `^src/(${FEATURES})/` },
    to: { path: '^src/', pathNot: ['^src/$1/', '^src/(method|contract|jira|platform)/', `^src/(${FEATURES})/(service|model)\\.ts$`] },
  },
  {
    name: 'entry-down',
    comment: 'An entry parses, authorises, calls a use case and maps errors.',
    from: { path: '^src/entry/' },
    to: { path: '^src/', pathNot: [`^src/(entry|contract|platform|jira|${FEATURES})/`] },
  },
  {
    name: 'index-exports-entries',
    comment: 'One export for each function of the manifest, nothing else.',
    from: { path: '^src/index\\.ts$' },
    to: { pathNot: '^src/entry/' },
  },
  {
    name: 'base-knows-no-feature',
    comment: "jira/ and platform/ carry the features and know none; the contract's closed sets (error codes) they share.",
    from: { path: '^src/(jira|platform)/' },
    to: { path: '^src/', pathNot: '^src/(jira|platform|contract)/' },
  },
  {
    name: 'static-sees-the-contract',
    comment: 'The surfaces talk to the app; of its sources they share the contract alone.',
    from: { path: '^static/' },
    to: { path: OURS, pathNot: '^(static|src/contract)/' },
  },
  {
    name: 'sandbox-knows-no-app',
    comment: 'The sandbox must be able to host any Forge app.',
    from: { path: '^sandbox/' },
    to: { path: OURS, pathNot: '^sandbox/' },
  },
  {
    name: 'src-stands-alone',
    comment: 'What ships imports nothing that does not.',
    from: { path: '^src/' },
    to: { path: OURS, pathNot: '^src/' },
  },
  {
    name: 'no-dev-package-ships',
    comment: 'The functions and the surfaces use packages of "dependencies" only.',
    from: { path: '^(src|static)/', pathNot: '\\.config\\.ts$' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  { name: 'no-circle', comment: 'Arrows only go down.', from: {}, to: { circular: true } },
  { name: 'resolvable', comment: 'An import that leads nowhere.', from: {}, to: { couldNotResolve: true } },
  {
    name: 'no-orphan',
    comment: 'A file that nothing imports and that imports nothing is dead, unless it is a place where the house is entered.',
    from: {
      orphan: true,
      pathNot: ['\\.d\\.ts$', '\\.config\\.ts$', '^src/index\\.ts$', '^static/[^/]+/main\\.tsx$', '^sandbox/.*\\.cjs$', 'feature-gate-stub\\.ts$'],
    },
    to: {},
  },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache)/' },
    // Types are arrows too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.base.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
      mainFields: ['module', 'main', 'browser'],
    },
  },
};
