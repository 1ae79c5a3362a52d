/**
 * The list of 10,000 agreements on the site, and a file of 50,000 rows: brought in, looked at when every row is wrong, and its gate.
 * `node --import tsx bench/agreements-site.ts [agreements] [rows]`. Times are told beside their ratio to a list of ten; requests are counted.
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { makeWorld, type World } from '../sandbox/demo/world';
import { agreementCalls, IMPORT_PORTION, type ImportPart } from '../src/contract';
import { freshSite } from '../test/scenarios/site';
import { agreeable, inForceSince } from '../test/site/support/agreed';

const SIZE = Number(process.argv[2] ?? 10_000);
const ROWS = Number(process.argv[3] ?? 50_000);
const LIST_BUDGET_MS = 300;
const CALL_LIMIT_MS = 25_000;
const AGO = Date.now() - 30 * 86_400_000;

const { site, stop } = await freshSite({ limitRates: false });
const world = await makeWorld(site.url, site.administrator.email);
const lotte = (await world.people.lotte.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
const calendar = settings.calendars[0]?.id ?? '';

interface Timed<T> {
  ms: number;
  value: T;
}
async function timed<T>(run: () => Promise<T>): Promise<Timed<T>> {
  const from = performance.now();
  const value = await run();
  return { ms: performance.now() - from, value };
}
const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const { answer } = agreementCalls['agreements.import'];
async function bring(file: Partial<Record<ImportPart, object[]>>, step: 'check' | 'write', { people }: World = world) {
  const run = randomUUID();
  let longest = 0;
  const call = async (asked: object) => {
    const { ms, value } = await timed(async () => answer.parse(await people.lotte.invoke('usm', 'agreements.import', asked)));
    longest = Math.max(longest, ms);
    return value;
  };
  let calls = 0;
  for (const [part, rows = []] of Object.entries(file)) {
    for (let from = 0; from < rows.length;) {
      let portion = rows.slice(from, from + IMPORT_PORTION);
      while (JSON.stringify(portion).length > 250_000) portion = portion.slice(0, Math.ceil(portion.length / 2));
      await call({ step: 'take', run, part, from, rows: portion });
      calls += 1;
      from += portion.length;
    }
  }
  for (;;) {
    const told = await call({ step, run });
    calls += 1;
    if (told.state !== 'running' && (told.state !== 'checked' || step === 'check')) return { told, calls, longest };
  }
}

const parties = [
  { id: 'desk', name: 'Service desk', kind: 'team', inside: true },
  ...Array.from({ length: 700 }, (_, index) => ({
    id: `c${String(index)}`,
    name: `Customer ${String(index)}`,
    kind: 'customer',
    inside: false,
    representatives: [lotte],
  })),
];
const services = Array.from({ length: 500 }, (_, index) => ({ id: `s${String(index)}`, name: `Service ${String(index)}`, state: 'inUse' }));
const agreement = (index: number) => ({
  id: `SA-${String(index + 1)}`,
  kind: 'SA',
  name: `Agreement ${String(index)}`,
  provider: 'desk',
  customer: `c${String(index % 700)}`,
  owner: lotte,
  versions: [
    {
      number: 1,
      terms: agreeable(calendar, {
        services: [`s${String(Math.floor(index / 700))}`],
        validFrom: new Date(AGO).toISOString().slice(0, 10),
        validUntil: '2099-12-31',
      }),
      deeds: inForceSince(AGO, lotte),
    },
  ],
});

async function listMs(filters: object, rounds = 7): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { ms, value } = await timed(() => world.people.lotte.invoke<{ state: string }>('usm', 'agreements.list', { filters }));
    if (value.state !== 'ok') throw new Error(JSON.stringify(value));
    times.push(ms);
  }
  return median(times);
}

try {
  const few = await bring({ parties, services, agreements: Array.from({ length: 10 }, (_, index) => agreement(index)) }, 'write');
  if (few.told.state !== 'done') throw new Error(JSON.stringify(few.told));
  const ten = await listMs({});
  const whole = await timed(() => bring({ agreements: Array.from({ length: SIZE }, (_, index) => agreement(index)) }, 'write'));
  if (whole.value.told.state !== 'done') throw new Error(JSON.stringify(whole.value.told).slice(0, 2_000));
  console.log(
    `${String(SIZE)} agreements in force brought in: ${(whole.ms / 1_000).toFixed(0)} s, ${String(whole.value.calls)} calls, the longest ${(whole.value.longest / 1_000).toFixed(1)} s of 25`,
  );
  let over = whole.value.longest > CALL_LIMIT_MS;
  for (const [name, filters] of [
    ['first rows', {}],
    ['words', { search: 'Customer 69' }],
    ['one customer', { party: 'c5' }],
    ['what ends', { quick: 'lapses' }],
  ] as const) {
    const ms = await listMs(filters);
    over ||= ms > LIST_BUDGET_MS;
    console.log(
      `${ms > LIST_BUDGET_MS ? 'OVER  ' : 'within'} list, ${name}: ${ms.toFixed(0)} of ${String(LIST_BUDGET_MS)} ms, ${(ms / ten).toFixed(1)} times a list of ten`,
    );
  }
  const wrong = await timed(() =>
    bring(
      {
        agreements: Array.from({ length: ROWS }, (_, index) => ({
          ...agreement(SIZE + index),
          customer: 'nobody',
          versions: [{ number: 1, terms: { timeZone: 'UTC' }, deeds: [] }],
        })),
      },
      'check',
    ),
  );
  const { told, calls, longest } = wrong.value;
  if (told.state !== 'wrong' || told.inAll !== ROWS) throw new Error(JSON.stringify(told).slice(0, 2_000));
  over ||= longest > CALL_LIMIT_MS;
  console.log(
    `${String(ROWS)} rows, each of them wrong and told: ${(wrong.ms / 1_000).toFixed(0)} s, ${String(calls)} calls, the longest ${(longest / 1_000).toFixed(1)} s of 25`,
  );
  if (over) process.exitCode = 1;
} finally {
  await stop();
}
