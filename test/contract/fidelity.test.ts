import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fidelity, FIDELITY_FILE, fidelityPage, readSurface } from '../../scripts/fidelity';
import { OPERATIONS } from '../../sandbox/jira';
import { API } from '../../sandbox/jira/api';

describe('docs/fidelity.md', () => {
  it('says what the READMEs say (else: npm run fidelity)', () => {
    expect(readFileSync(FIDELITY_FILE, 'utf8')).toBe(fidelityPage());
  });

  it('counts what it lists', () => {
    const { counts, surfaces, groups, questions } = fidelity();
    expect(counts).toEqual({
      proven: surfaces.flatMap((one) => one.proven).length,
      assumed: surfaces.flatMap((one) => one.assumed).length,
      open: questions.length,
      implemented: OPERATIONS.filter(({ id }) => API.some((one) => one.id === id)).length,
      operations: API.length,
    });
    expect(groups.find((one) => one.name === 'Issue links')).toEqual({ name: 'Issue links', implemented: 3, total: 3 });
  });

  it('takes the lines of a README in order', () => {
    const readme = '# A surface\n\nWords.\n- proven: it answers 204 (OpenAPI: doTransition)\n- assumed: it is quick\n- assumed: it is kind\n';
    expect(readSurface('sandbox/a', readme)).toEqual({
      folder: 'sandbox/a',
      proven: ['it answers 204 (OpenAPI: doTransition)'],
      assumed: ['it is quick', 'it is kind'],
    });
  });

  it.each(['- proven: it answers 204', '* assumed: it is quick', '- Assumed: it is quick', '- assumed it is quick', '- proven:'])(
    'refuses the line "%s"',
    (line) => {
      expect(() => readSurface('sandbox/a', line)).toThrow('sandbox/a/README.md');
    },
  );
});
