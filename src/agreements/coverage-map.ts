/** The map of coverage from what is stored: services by customers, from the rows of the list alone. */
import { type CoverageMap, LAPSES_WITHIN_DAYS, MOST_COVERED, type Service } from '../contract';
import { now } from '../platform/clock';
import { upwards } from './applies';
import { type Agreed, coverageOf } from './coverage';
import { customersOf, servicesOf } from './records';
import { type CoveredRow, coveredRows } from './store';

const DAY = 86_400_000;
const MOST_FINDINGS = 500;
const LIVE: readonly CoveredRow['status_now'][] = ['inForce', 'underReview'];
const IN_USE: readonly Service['state'][] = ['offered', 'inUse', 'ending'];

const stateOf = ({ status_now: status }: CoveredRow): Agreed['state'] | undefined => {
  if (LIVE.includes(status)) return 'inForce';
  if (status === 'expired') return 'expired';
  return status === 'ended' ? undefined : 'draft';
};
const WEIGHT: readonly Agreed['state'][] = ['inForce', 'expired', 'draft'];

/** What ends first of the agreement and what lies under it. */
function lapsing(one: CoveredRow, byId: ReadonlyMap<string, CoveredRow>, at: number): Agreed['lapses'] {
  const soon = [one, ...one.legs.flatMap((id) => byId.get(id) ?? [])].flatMap(({ id, lapses_at: ends, status_now: status }) =>
    ends !== null && LIVE.includes(status) && ends > at && ends <= at + LAPSES_WITHIN_DAYS * DAY ? [{ id, at: ends }] : [],
  );
  return soon.sort((a, b) => a.at - b.at)[0];
}

export async function coverage(): Promise<CoverageMap> {
  const at = now();
  const [rows, services, customers] = await Promise.all([
    coveredRows(at),
    servicesOf(IN_USE, MOST_COVERED.services + 1),
    customersOf(MOST_COVERED.customers + 1),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byPair = new Map<string, Agreed>();
  for (const row of rows) {
    const state = row.kind === 'SA' ? stateOf(row) : undefined;
    if (!state) continue;
    const { id, kind, name, provider, customer, verdict, binding, targets, underpinned } = row;
    const lapses = lapsing(row, byId, at);
    const agreed: Agreed = {
      agreement: { id, kind, name, provider, customer },
      state,
      fit: { state: verdict, ...(binding !== null && { binding }), targets, underpinned },
      ...(lapses && { lapses }),
    };
    for (const service of row.services) {
      const key = `${service}\n${customer}`;
      const there = byPair.get(key);
      if (!there || WEIGHT.indexOf(state) < WEIGHT.indexOf(there.state)) byPair.set(key, agreed);
    }
  }
  const serviceParents = new Map(services.map((one) => [one.id, one]));
  const partyParents = new Map(customers.map((one) => [one.id, one]));
  const agreed = (service: string, customer: string): Agreed | undefined => {
    const parties = upwards(customer, partyParents);
    for (const one of upwards(service, serviceParents)) {
      for (const party of parties) {
        const found = byPair.get(`${one}\n${party}`);
        if (found) return found;
      }
    }
    return undefined;
  };
  const shown = services.slice(0, MOST_COVERED.services);
  const units = customers.slice(0, MOST_COVERED.customers);
  // Calls are not counted yet: what is agreed counts as used, so that nothing is called unused that nobody has looked at.
  const used = shown.flatMap(({ id: service }) =>
    units.flatMap(({ id: customer }) => (agreed(service, customer)?.state === 'inForce' ? [{ service, customer, calls: 1, covered: 1 }] : [])),
  );
  const map = coverageOf({
    services: shown.map(({ id, owner }) => ({ id, owner, inUse: true })),
    customers: units.map(({ id }) => id),
    agreed,
    used,
  });
  const none = { n: 0, of: 0 };
  return {
    state: 'ok',
    services: shown.map(({ id, name, parent, owner }) => ({ id, name, ...(parent !== undefined && { parent }), owner: owner !== undefined })),
    customers: units.map(({ id, name, parent }) => {
      const whole = parent === undefined ? undefined : partyParents.get(parent);
      return { id, name, ...(whole && { parent: { id: whole.id, name: whole.name } }) };
    }),
    cells: map.cells.flatMap(({ state, ...cell }) => (state === 'empty' ? [] : [{ ...cell, state, calls: 0 }])),
    findings: map.findings.slice(0, MOST_FINDINGS).map(({ customers: of, ...one }) => ({ ...one, customers: [...of], calls: 0 })),
    totals: { calls: none, cells: none, targets: map.totals.targets, uncovered: 0 },
    counted: false,
    more: services.length > shown.length || customers.length > units.length,
    asOf: at,
  };
}
