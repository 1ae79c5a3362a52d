/**
 * How fast 10,000 agreements are judged: each with its legs resolved, its times added up, its hours compared over a year, and its validity.
 * Times are of the processor. `node --import tsx bench/agreements.ts [agreements]`. The hours are compared once per pair of calendars: the ratio tells what that is worth.
 */
import { agreed } from '../src/agreements/applies';
import { type Around, chainOf, type Lying } from '../src/agreements/chain';
import { agreement, agreementVersion, type AgreementKind } from '../src/contract';
import { circlesIn, coverFrom, fit, type WorkingCalendar } from '../src/method';

const SIZE = Number(process.argv[2] ?? 10_000);
const BUDGET_MS = 1_000;
const AT = Date.parse('2026-11-20T08:15Z');
const ROUNDS = 3;

/** The same numbers on every run. */
let state = 42;
const below = (limit: number): number => {
  state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return Math.floor((state / 4_294_967_296) * limit);
};

const ZONES = ['Europe/Amsterdam', 'Europe/London', 'America/New_York', 'Asia/Kathmandu'];
const calendars: Record<string, WorkingCalendar> = Object.fromEntries(
  Array.from({ length: 12 }, (_, index): [string, WorkingCalendar] => {
    const day =
      index % 3 === 0 ? [{ from: '00:00', to: '24:00' }] : [{ from: `0${String(7 + (index % 2))}:00`, to: `${String(17 + (index % 5))}:00` }];
    const weekend = index % 3 === 2 ? [] : day;
    const holidays = index % 3 === 0 ? [] : [{ date: '2026-12-25' }, { date: '2027-01-01' }, { date: `2027-04-${String(10 + index)}` }];
    return [`c${String(index)}`, { timeZone: ZONES[index % 4] ?? 'UTC', week: [day, day, day, day, day, weekend, weekend], holidays }];
  }),
);

function make(kind: AgreementKind, index: number, legs: readonly string[]): Lying {
  const id = `${kind}-${String(index)}`;
  const hard = kind === 'SA' ? 4 : 1;
  // Most legs are there day and night, as most have to be.
  const hours = (): string => `c${String(kind !== 'SA' && below(8) > 0 ? 0 : below(12))}`;
  const terms = {
    services: [`service-${String(index % 500)}`],
    timeZone: ZONES[index % 4],
    supportHours: hours(),
    availability: { percent: 99 + below(90) / 100, window: 'month' },
    targets: [1, 2, 3, 4].map((rank) => ({
      type: 'incident',
      for: rank,
      respond: 15 * rank,
      deliver: (60 + below(60)) * rank * hard,
      calendar: hours(),
      percent: 95,
    })),
    own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] },
    validFrom: '2026-01-01',
    validUntil: `202${String(7 + below(3))}-12-31`,
    ...(legs.length > 0 && { under: { side: [{ row: legs.slice(0, 2).map((leg) => ({ leg })) }, ...legs.slice(2).map((leg) => ({ leg }))] } }),
  };
  const done = { at: AT - 1e9, by: 'lotte' };
  const deeds = [
    { kind: 'offer', ...done },
    { kind: 'accept', ...done, side: 'customer' },
    { kind: 'agree', ...done },
    { kind: 'confirm', ...done },
  ];
  return {
    agreement: agreement.parse({ id, kind, name: id, provider: 'desk', customer: `customer-${String(index % 700)}` }),
    name: id,
    versions: [agreementVersion.parse({ agreement: id, number: 1, terms, deeds })],
  };
}

const legs = Array.from({ length: Math.floor(SIZE / 2) }, (_, index) => make(index % 2 ? 'UC' : 'OLA', index, []));
const promises = Array.from({ length: SIZE - legs.length }, (_, index) =>
  make(
    'SA',
    index,
    [0, 1, 2].map((step) => legs[(index * 3 + step * 7) % legs.length]?.agreement.id ?? ''),
  ),
);
const all = new Map([...legs, ...promises].map((one) => [one.agreement.id, one]));

/** Time of the processor, so that a busy machine makes nothing slower. */
const best = (act: () => void): number => {
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
};

const around: Around = { lying: (id) => all.get(id), provider: 'Service desk', calendars, at: AT };
const counts = new Map<string, number>();
const judge = (some: Iterable<Lying>, shared: boolean): void => {
  counts.clear();
  const cover = shared ? coverFrom(calendars, AT) : undefined;
  for (const { versions } of some) {
    for (const version of versions) {
      const { state: found } = fit(chainOf(version, around), AT, cover);
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  }
};

const FEW = 10;
const each = best(() => {
  judge(promises.slice(0, FEW), false);
});
const whole = best(() => {
  judge(all.values(), true);
});
const found = [...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ');
const circles = best(() => {
  circlesIn(new Map(promises.map(({ agreement: { id } }, index) => [id, legs.slice(index % 100, (index % 100) + 3).map((leg) => leg.agreement.id)])));
});
const none = new Map<string, { parent?: string }>();
const index = agreed({ kept: [...all.values()], services: none, parties: none });
const lookUps = best(() => {
  for (let one = 0; one < SIZE; one += 1) index.at(`service-${String(one % 500)}`, `customer-${String(one % 700)}`, AT);
});

console.log(`${String(SIZE)} agreements judged      ${whole.toFixed(0)} ms (${found})`);
console.log(`the same without sharing hours ${((each / FEW) * SIZE).toFixed(0)} ms, ${(((each / FEW) * SIZE) / whole).toFixed(0)} times as long`);
console.log(`circles among them             ${circles.toFixed(0)} ms`);
console.log(`${String(SIZE)} look-ups                ${lookUps.toFixed(0)} ms`);
if (whole > BUDGET_MS) {
  console.error(`Over the budget of ${String(BUDGET_MS)} ms.`);
  process.exitCode = 1;
}
