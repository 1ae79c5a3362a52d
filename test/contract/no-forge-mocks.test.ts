import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths';
import { filesUnder } from '../../scripts/stamp';
import { forgeMocksIn } from './forge-mocks';

const FOLDERS = ['src', 'static', 'sandbox', 'test', 'bench', 'scripts', 'checks'];
const CODE = /\.([cm]?[jt]sx?|json)$/;
/** Names the ways of cheating, and is no cheat. */
const NOT_LOOKED_AT = ['test/contract/forge-mocks.ts', 'package-lock.json', 'checks/package-lock.json'];

const files = [...FOLDERS.flatMap((folder) => filesUnder(join(ROOT, folder))), ...readdirSync(ROOT).map((name) => join(ROOT, name))]
  .map((file) => relative(ROOT, file))
  .filter((file) => CODE.test(file) && !NOT_LOOKED_AT.includes(file) && !file.includes('/fixtures/'));

describe('no test stands on a mock of @forge', () => {
  it('holds in every file of the project', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => forgeMocksIn(readFileSync(join(ROOT, file), 'utf8')).map((way) => `${file}: ${way}`))).toEqual([]);
  });

  it('has real packages behind the names: versions of the registry, not folders or other packages', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    const forge = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => name.startsWith('@forge/'));
    expect(forge.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(forge.length).toBeGreaterThan(5);
  });

  const twins = readFileSync(join(ROOT, 'test/contract/fixtures/forge-mocks.txt'), 'utf8').split(/^--- /m).slice(1);
  it.each(twins.map((twin) => [twin.slice(0, twin.indexOf('\n')), twin.slice(twin.indexOf('\n') + 1)]))(
    'finds the broken twin: %s',
    (_title, text) => {
      expect(forgeMocksIn(text)).not.toEqual([]);
    },
  );

  it('lets honest code pass', () => {
    const honest = `import api, { route } from '@forge/api';\nvi.mock('./clock');\nglobalThis.__forge_fetch__ = host.fetch;\nexternal: ['@forge/api'],\n`;
    expect(forgeMocksIn(honest)).toEqual([]);
  });
});
