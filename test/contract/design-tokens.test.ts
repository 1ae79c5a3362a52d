import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths';
import { filesUnder } from '../../scripts/stamp';

const RAW_COLOR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\(/i;

/** Declarations of a style sheet that name a colour instead of a design token; the fallback inside var() is allowed. */
function rawColors(css: string): string[] {
  const withoutComments = css.replace(/\/\*[\s\S]*?\*\//g, '');
  return (withoutComments.match(/[\w-]+\s*:[^;{}]+(?=[;}])/g) ?? []).filter((declaration) =>
    RAW_COLOR.test(declaration.replace(/var\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '')),
  );
}

describe('colours of our own style sheets', () => {
  it('are design tokens, so that both themes and contrast hold', () => {
    const sheets = ['static', 'sandbox/web'].flatMap((folder) => filesUnder(join(ROOT, folder))).filter((file) => file.endsWith('.css'));
    expect(sheets.flatMap((file) => rawColors(readFileSync(file, 'utf8')).map((declaration) => `${relative(ROOT, file)}: ${declaration}`))).toEqual(
      [],
    );
  });

  it('are found where they are raw, and let pass where they are tokens', () => {
    expect(
      rawColors(
        '.a { color: #fff; border: 1px solid rgb(0 0 0); background: var(--ds-surface, #ffffff); outline: 2px solid var(--ds-border, rgba(1,2,3,.4)) }',
      ),
    ).toEqual(['color: #fff', 'border: 1px solid rgb(0 0 0)']);
  });
});
