/**
 * A file of 100,000 rows into the register: sent, looked at, written with its relations, read back; the same file again; and what goes out.
 * `node --import tsx bench/register-import.ts [rows]`. Calls are counted, and the longest is told beside what a call may take.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { makeWorld } from '../sandbox/demo/world';
import { type ImportProgress, registerImportCalls } from '../src/contract';
import { freshSite } from '../test/scenarios/site';
import { ask, type Asked, fine, mappingOf, send, type Table } from '../test/site/support/register-file';

const ROWS = Number(process.argv[2] ?? 100_000);
const CALL_LIMIT_MS = 25_000;
const BUDGET_MS = 600_000;

const { site, stop } = await freshSite();
const world = await makeWorld(site.url, site.administrator.email);
const { lotte } = world.people;

let calls = 0;
let longest = { ms: 0, name: '' };
/** Counts and times what a page asks. */
const counting = new Proxy(lotte, {
  get(target, property) {
    if (property !== 'invoke') return Reflect.get(target, property) as unknown;
    return async (module: string, name: string, payload: unknown): Promise<unknown> => {
      const from = performance.now();
      const answer = await target.invoke(module, name, payload);
      const ms = performance.now() - from;
      calls += 1;
      if (ms > longest.ms) longest = { ms, name };
      return answer;
    };
  },
});

const key = (index: number): string => `HW-${String(index).padStart(6, '0')}`;
const file: Table = {
  columns: [
    ['tag', 'key'],
    ['descr', 'name'],
    ['cat', 'class'],
    ['room', 'location'],
    ['serial', 'own.serialNumber'],
    ['parent', 'rel.partOf'],
    ['needs', 'rel.dependsOn'],
  ],
  rows: Array.from({ length: ROWS }, (_, index) => [
    key(index),
    `Computer ${String(index)} of ward ${String(index % 97)}`,
    'Hardware',
    `3N-${String(index % 400)}`,
    `C0-${String(index * 7)}`,
    index === 0 ? '' : key(Math.floor(index / 10)),
    index < 2 ? '' : `${key(index - 1)}; ${key(index - 2)}`.replace(index % 2 === 0 ? /; .*/ : '', ''),
  ]),
};
const mapping = mappingOf({ ...file, columns: file.columns });

async function through(run: string): Promise<ImportProgress> {
  for (;;) {
    const progress = fine(await ask(counting, 'register.importStep', { run }));
    if (['looked', 'done'].includes(progress.run.phase)) return progress;
  }
}

async function bring(name: string): Promise<ImportProgress> {
  [calls, longest] = [0, { ms: 0, name: '' }];
  const from = performance.now();
  const run = randomUUID();
  const begin: Asked<'register.importBegin'> = {
    run,
    mapping,
    file: { name: 'large.csv', rows: ROWS, columns: file.columns.length, encoding: 'UTF-8', fingerprint: 'bench' },
  };
  fine(await ask(counting, 'register.importBegin', begin));
  await send(counting, run, file.rows);
  const sent = performance.now();
  const looked = await through(run);
  const seen = performance.now();
  fine(await ask(counting, 'register.importApply', { run, vanished: 'mark' }));
  const done = await through(run);
  const whole = performance.now() - from;
  const over = whole > BUDGET_MS || longest.ms > CALL_LIMIT_MS;
  if (over) process.exitCode = 1;
  const s = (ms: number): string => `${(ms / 1_000).toFixed(0)} s`;
  console.log(
    `${over ? 'OVER  ' : 'within'} ${name}, ${String(ROWS)} rows: ${s(whole)} of ${s(BUDGET_MS)} (sent ${s(sent - from)}, looked at ${s(seen - sent)}, written and read back ${s(whole - (seen - from))}); ` +
      `${String(calls)} calls, the longest ${(longest.ms / 1_000).toFixed(1)} s of 25 (${((longest.ms / CALL_LIMIT_MS) * 100).toFixed(0)} %, ${longest.name}); ` +
      `create ${String(looked.counts.create)}, update ${String(looked.counts.update)}, leave ${String(looked.counts.leave)}, refused ${String(looked.counts.wrong)}; same when read back ${String(done.compared.same)}`,
  );
  return done;
}

try {
  const first = await bring('a new file');
  if (first.written.created !== ROWS || first.compared.same !== ROWS) throw new Error(JSON.stringify(first).slice(0, 2_000));
  const again = await bring('the same file again');
  if (again.written.created + again.written.updated !== 0 || again.counts.leave !== ROWS) throw new Error(JSON.stringify(again).slice(0, 2_000));
  const from = performance.now();
  let items = 0;
  let after: string | undefined;
  do {
    const answer = fine(
      registerImportCalls['register.export'].answer.parse(await lotte.invoke('usm', 'register.export', after === undefined ? {} : { after })),
    );
    items += answer.items.length;
    after = answer.after;
  } while (after !== undefined);
  console.log(`${String(items)} items go out in ${((performance.now() - from) / 1_000).toFixed(0)} s`);
} finally {
  await stop();
}
