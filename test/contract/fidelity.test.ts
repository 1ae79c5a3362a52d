import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIDELITY_FILE, fidelityPage, readSurface } from '../../scripts/fidelity';

describe('docs/fidelity.md', () => {
  it('says what the READMEs say (else: npm run fidelity)', () => {
    expect(readFileSync(FIDELITY_FILE, 'utf8')).toBe(fidelityPage());
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
