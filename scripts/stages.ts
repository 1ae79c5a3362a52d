/**
 * `npm test`: every stage, also after a failure, each with its time. The closing line counts the real tests; a stage that runs none counts as one.
 * `--only unit,site` runs a part; a name stands for every stage that begins with it (`types` for `types:src` ...).
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium';
import { CACHE, ROOT } from './paths';
import { seconds } from './steps';
import { add, NOTHING, playwrightCounts, vitestCounts, type Counts } from './counts';

interface Stage {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Reads what the stage's test runner counted; a stage without it counts as one. */
  counts?: { report: string; read(report: string): Counts };
}

const REPORTS = join(CACHE, 'test');
const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name);
const report = (name: string): string => join(REPORTS, `${name}.json`);

const vitest = (name: string, ...more: string[]): Stage => ({
  name,
  command: bin('vitest'),
  args: ['run', '--project', name, ...more, '--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`],
  counts: { report: report(name), read: vitestCounts },
});

/** Independent of each other and busy on one core each: two at a time, the longest first, and the unit tests where its core becomes free. */
const ALONGSIDE: Stage[] = [
  { name: 'lint', command: bin('eslint'), args: ['.', '--max-warnings', '0'] },
  ...['src', 'static', 'sandbox', 'sandbox/web', 'test'].map((part) => ({ name: `types:${part}`, command: bin('tsc'), args: ['-p', part] })),
  { name: 'format', command: bin('prettier'), args: ['--check', '.', '--log-level', 'warn'] },
  { name: 'arrows', command: bin('depcruise'), args: ['src', 'static', 'sandbox', '--output-type', 'err'] },
  ...['manifest', 'lint', 'bundle'].map((check) => ({ name: `forge:${check}`, command: process.execPath, args: ['checks/forge.cjs', check] })),
  // Lint has the other core.
  vitest('unit', '--maxWorkers=1'),
];

const BROWSER: Stage = {
  name: 'browser',
  command: bin('playwright'),
  args: ['test', '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('browser') },
  counts: { report: report('browser'), read: playwrightCounts },
};

/** These use both cores by themselves and are worth watching: one after the other, their output as it comes. */
const ALONE: Stage[] = [vitest('site'), BROWSER];

async function main(): Promise<void> {
  const chosen = choose(process.argv.slice(2));
  if (typeof chosen === 'string') {
    console.error(chosen);
    process.exitCode = 2;
    return;
  }
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const from = performance.now();
  const failed: string[] = [];
  let total = NOTHING;

  const run = async (stage: Stage, watch: boolean): Promise<void> => {
    const outcome = await runStage(stage, watch);
    total = add(total, outcome);
    if (outcome.failed > 0) failed.push(stage.name);
  };

  const queue = ALONGSIDE.filter(chosen);
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await run(next, false);
  };
  await Promise.all([lane(), lane()]);

  for (const stage of ALONE.filter(chosen)) {
    if (stage !== BROWSER) {
      await run(stage, true);
      continue;
    }
    const chromium = findChromium();
    if (chromium) await run({ ...stage, env: { ...stage.env, CHROMIUM: chromium } }, true);
    else total = add(total, { ...NOTHING, skipped: 1 });
  }

  console.log(`\nAll stages: ${seconds(from)}${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Tells which stages `--only` chose, or what is wrong with it. */
function choose(argv: string[]): ((stage: Stage) => boolean) | string {
  const { values } = parseArgs({ args: argv, options: { only: { type: 'string' } } });
  if (!values.only) return () => true;
  const names = values.only.split(',');
  const covers = (name: string, stage: Stage): boolean => stage.name === name || stage.name.startsWith(`${name}:`);
  const stages = [...ALONGSIDE, ...ALONE];
  const unknown = names.filter((name) => !stages.some((stage) => covers(name, stage)));
  if (unknown.length > 0) return `No stage is called ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}.`;
  return (stage) => names.some((name) => covers(name, stage));
}

/** Runs one stage; prints its output whole, or as it comes when watched, and one closing line. */
async function runStage(stage: Stage, watch: boolean): Promise<Counts> {
  const from = performance.now();
  const { code, output } = await runCommand(stage, watch);
  const counts = countsOf(stage, code);
  if (output.trim() !== '') console.log(output.trimEnd());
  const ok = counts.failed === 0;
  const told = stage.counts ? `: ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}` : '';
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${stage.name}${told}  ${seconds(from)}`);
  return counts;
}

function countsOf(stage: Stage, code: number): Counts {
  if (!stage.counts) return code === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
  const counted = existsSync(stage.counts.report) ? stage.counts.read(stage.counts.report) : NOTHING;
  // A runner may fail outside of any test (a file that does not load, a missing set-up): that must not count as nothing.
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function runCommand({ command, args, env }: Stage, watch: boolean): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', watch ? 'inherit' : 'pipe', watch ? 'inherit' : 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

await main();
