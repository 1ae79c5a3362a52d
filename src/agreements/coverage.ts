/**
 * Coverage: is every service that is used agreed with everybody who uses it, and can it be kept. Services by customers, one cell each, and what is to be
 * done, heaviest first. Pure.
 */
import type { Agreement } from '../contract';
import type { FitState } from '../method';

/** As the map shows them; empty: neither used nor agreed. */
export const CELL_STATES = ['cannot', 'missing', 'expired', 'notAgreed', 'lapses', 'tight', 'unknown', 'unused', 'draft', 'holds', 'empty'] as const;
export type CellState = (typeof CELL_STATES)[number];

export interface Used {
  service: string;
  customer: string;
  /** Calls of the period, and how many of them had an agreement in force when they were reported. */
  calls: number;
  covered: number;
}

/** What is agreed for a cell at the moment of the map. */
export interface Agreed {
  agreement: Agreement;
  state: 'inForce' | 'expired' | 'draft';
  /** The stored verdict, with the leg that binds and how many promises are wholly underpinned. */
  fit?: { state: FitState; binding?: string; targets: number; underpinned: number };
  /** What ends within the time looked ahead: the agreement itself or a leg of it, and the moment. */
  lapses?: { id: string; at: number };
}

export interface CoverageInput {
  services: readonly { id: string; owner?: string | undefined; inUse: boolean }[];
  customers: readonly string[];
  /** By service and customer; what is agreed for the customer's party or the wider service is given for each of its cells. */
  agreed(service: string, customer: string): Agreed | undefined;
  used: readonly Used[];
}

export interface CoverageCell {
  service: string;
  customer: string;
  state: CellState;
  calls: number;
  agreement?: string;
}

/** In the order in which they weigh. */
export const COVERAGE_KINDS = [
  'cannot',
  'missing',
  'expired',
  'notAgreed',
  'lapses',
  'lapsesBeneath',
  'tight',
  'unknown',
  'unused',
  'noOwner',
] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

export interface CoverageFinding {
  kind: CoverageKind;
  service: string;
  /** Of the cells it is about; none for a service without an owner. */
  customers: readonly string[];
  calls: number;
  agreement?: string;
  /** What binds, or what ends. */
  leg?: string;
  /** When it ends, for what lapses. */
  at?: number;
}

export interface Coverage {
  cells: readonly CoverageCell[];
  findings: readonly CoverageFinding[];
  /** K13: n of all. */
  totals: { calls: { of: number; n: number }; cells: { of: number; n: number }; targets: { of: number; n: number }; uncovered: number };
}

function stateOf(agreed: Agreed | undefined, calls: number): CellState {
  if (!agreed || agreed.state !== 'inForce') {
    if (agreed?.state === 'expired' && calls > 0) return 'expired';
    if (calls > 0) return 'notAgreed';
    return agreed?.state === 'draft' ? 'draft' : 'empty';
  }
  const fit = agreed.fit?.state ?? 'unknown';
  if (fit === 'cannot' || fit === 'missing') return fit;
  if (agreed.lapses) return 'lapses';
  if (fit === 'tight') return 'tight';
  if (calls === 0) return 'unused';
  return fit === 'unknown' ? 'unknown' : 'holds';
}

/** What a state is found as; those without a finding need nobody. */
const foundAs = (state: CellState, there: Agreed | undefined): CoverageKind | undefined => {
  if (state === 'holds' || state === 'draft' || state === 'empty') return undefined;
  return state === 'lapses' && there?.lapses?.id !== there?.agreement.id ? 'lapsesBeneath' : state;
};

type Group = CoverageFinding & { customers: string[] };
type Totals = Coverage['totals'];

function addUp(totals: Totals, there: Agreed | undefined, { calls, covered }: Pick<Used, 'calls' | 'covered'>): void {
  totals.calls.of += calls;
  totals.calls.n += covered;
  totals.uncovered += calls - covered;
  if (calls === 0) return;
  totals.cells.of += 1;
  if (there?.state === 'inForce') totals.cells.n += 1;
}

/** The leg that a finding is about, where it is about one. */
function legOf(kind: CoverageKind, there: Agreed | undefined): string | undefined {
  if (kind === 'lapsesBeneath') return there?.lapses?.id;
  return kind === 'cannot' || kind === 'tight' ? there?.fit?.binding : undefined;
}

function findingOf(kind: CoverageKind, service: string, there: Agreed | undefined): Group {
  const leg = legOf(kind, there);
  return {
    kind,
    service,
    customers: [],
    calls: 0,
    ...(there && { agreement: there.agreement.id }),
    ...(leg !== undefined && { leg }),
    ...(there?.lapses && { at: there.lapses.at }),
  };
}

/** The map at a moment. Cells that are neither used nor agreed are left out. One finding for what one agreement has in several cells. */
export function coverageOf({ services, customers, agreed, used }: CoverageInput): Coverage {
  const usage = new Map(used.map((one) => [`${one.service}\n${one.customer}`, one]));
  const cells: CoverageCell[] = [];
  const groups = new Map<string, Group>();
  const promises = new Map<string, { targets: number; underpinned: number }>();
  const totals = { calls: { of: 0, n: 0 }, cells: { of: 0, n: 0 }, targets: { of: 0, n: 0 }, uncovered: 0 };

  const look = (service: string, customer: string): void => {
    const { calls = 0, covered = 0 } = usage.get(`${service}\n${customer}`) ?? {};
    const there = agreed(service, customer);
    addUp(totals, there, { calls, covered });
    if (there?.state === 'inForce' && there.fit) promises.set(there.agreement.id, there.fit);
    const state = stateOf(there, calls);
    if (state === 'empty') return;
    cells.push({ service, customer, state, calls, ...(there && { agreement: there.agreement.id }) });
    const kind = foundAs(state, there);
    if (!kind) return;
    const key = [kind, service, there?.agreement.id ?? customer].join('\n');
    const group = groups.get(key) ?? findingOf(kind, service, there);
    group.customers.push(customer);
    group.calls += calls;
    groups.set(key, group);
  };

  for (const { id: service, owner, inUse } of services) {
    if (inUse && owner === undefined) groups.set(`noOwner\n${service}`, findingOf('noOwner', service, undefined));
    for (const customer of customers) look(service, customer);
  }
  for (const { targets, underpinned } of promises.values()) {
    totals.targets.of += targets;
    totals.targets.n += underpinned;
  }
  const weight = ({ kind }: CoverageFinding): number => COVERAGE_KINDS.indexOf(kind);
  const findings = [...groups.values()].sort((a, b) => weight(a) - weight(b) || b.calls - a.calls || a.service.localeCompare(b.service));
  return { cells, findings, totals };
}
