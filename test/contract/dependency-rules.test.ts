import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../scripts/paths';

const BROKEN_HOUSE = join(ROOT, 'test', 'contract', 'fixtures', 'broken');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

const config = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(createRequire(import.meta.url)(CONFIG));
const report = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })) }),
});

let violations: string[] = [];

beforeAll(async () => {
  const args = ['src', 'static', 'sandbox', '--config', CONFIG, '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(join(ROOT, 'node_modules', '.bin', 'depcruise'), args, { cwd: BROKEN_HOUSE });
  violations = report.parse(JSON.parse(stdout)).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
});

const tells = (rule: string, from: string, to: string): boolean =>
  violations.some((one) => one.startsWith(`${rule}: ${from} -> `) && one.endsWith(to));

describe('the dependency rules on a house built wrong', () => {
  it.each(config.forbidden.map(({ name }) => name))('find what breaks %s', (name) => {
    expect(violations.map((one) => one.split(':')[0])).toContain(name);
  });

  it.each([
    ['method-is-pure', 'src/method/impure.ts', 'src/work/store.ts'],
    ['method-is-pure', 'src/method/impure.ts', 'fs'],
    ['contract-is-small', 'src/contract/wide.ts', 'react/index.js'],
    ['forge-at-the-edge', 'src/work/service.ts', 'api/out/index.js'],
    ['browser-forge-only', 'static/panel/view.ts', 'kvs/out/index.js'],
    ['features-down', 'src/work/service.ts', 'src/catalog/store.ts'],
    ['static-sees-the-contract', 'static/panel/view.ts', 'src/work/store.ts'],
    ['sandbox-knows-no-app', 'sandbox/app-aware.ts', 'src/method/impure.ts'],
    ['src-stands-alone', 'src/work/service.ts', 'sandbox/app-aware.ts'],
  ])('%s: %s may not import %s', (rule, from, to) => {
    expect(tells(rule, from, to), violations.join('\n')).toBe(true);
  });

  it('let the allowed arrows pass', () => {
    expect(violations.filter((one) => one.startsWith('features-down') && one.endsWith('src/work/store.ts'))).toEqual([]);
    expect(violations.filter((one) => one.startsWith('static-sees-the-contract') && one.endsWith('src/contract/wide.ts'))).toEqual([]);
  });
});
