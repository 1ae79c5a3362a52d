/** Finds replacements of @forge modules: the real ones must run in every test, on the platform's own seams. */

/** Each pattern with the way of cheating that it finds. */
const WAYS: readonly (readonly [string, RegExp])[] = [
  ['a mocked module', /\.\s*(?:mock|doMock|setMock|unstable_mockModule|importMock|hoistMock)\s*(?:<[^>]*>)?\s*\(\s*(?:import\s*\(\s*)?['"`]@forge\//],
  ['a replaced module', /\b(?:proxyquire|mockRequire|mockery|rewiremock|esmock|td\s*\.\s*replace(?:Esm)?)\b[^;]{0,300}['"`]@forge\//],
  ['an alias', /\balias\b[^;]{0,300}@forge/],
  ['a mapped name', /\b(?:moduleNameMapper|paths|imports)['"]?\s*:\s*\{[^}]{0,300}@forge/],
  ['a resolver hook', /\b(?:onResolve|onLoad|resolveId|registerHooks|_resolveFilename|_load)\b[^;]{0,300}@forge/],
  ['a spied export', /\bspyOn\s*\(\s*(?:await\s+import\s*\(\s*)?['"`]@forge\//],
];

/** The ways in which a text replaces an @forge module; empty when it does not. */
export function forgeMocksIn(text: string): string[] {
  return WAYS.filter(([, pattern]) => pattern.test(text)).map(([way]) => way);
}
