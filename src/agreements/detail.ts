/** One agreement as its page shows it, put together from what was read. */
import { createHash } from 'node:crypto';
import {
  type AgreementChain,
  type AgreementDetail,
  type AgreementFinding,
  AGREEMENT_DEEDS,
  type AgreementLine,
  type AgreementVersion,
  type Calendar,
  LAPSES_WITHIN_DAYS,
  type Party,
  type Person,
  type Terms,
} from '../contract';
import { type Fit, formulaOf, type Line, OWN, remediesOf } from '../method';
import { lineText, uncovered } from './chain';
import { legIds } from './checks';
import { shownOf } from './columns';
import { compareTerms } from './compare';
import { calendarsById, type Calendars, type Judged, type Loaded } from './judge';
import { DEED_FROM, DEED_NAMES, dueOf, lifeLine, mayEdit, nextReview, noticeBy, periodEnd, statusAt } from './life';
import { dayText, hoursText, listText, termsLack } from './model';
import { against, type Against, type Grounds } from './possible';
import type { leanersOf, Stored, StoredVersion } from './store';

/** Who looks, and what the page needs of the site. */
export interface Looking {
  accountId: string;
  keeps: boolean;
  calendars: Calendars;
  /** Names by account id; whoever is not known any more is left out. */
  names(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Keys of the work items that are open under an agreement, some of them where there are many. Absent: nobody is asked to end one. */
  openWork?(agreement: string): Promise<readonly string[]>;
}

const UNKNOWN_PERSON = 'somebody who has left';

/** Of the text alone, as somebody can read it out: 7c1e 90ab. */
export function fingerprint(terms: Terms): string {
  const hash = createHash('sha256').update(JSON.stringify(terms)).digest('hex');
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
}

const named = (id: string, names: ReadonlyMap<string, { name: string }>): { id: string; name: string } => ({ id, name: names.get(id)?.name ?? id });

const percent = (value: number): string => `${String(Math.round(value * 100) / 100)} %`;

/** What is left of a line, in its own unit. */
function leftText({ kind, state, left, missing, binding, sum }: Line): string {
  if (state === 'unknown')
    return missing.length > 0 ? `nothing agreed with ${listText(missing.map((id) => (id === OWN ? 'ourselves' : id)))}` : 'not calculated';
  if (kind === 'hours') return state === 'holds' ? 'everybody needed is there' : `${binding ?? ''} is closed at times`;
  if (kind === 'until') {
    if (state === 'holds') return 'holds to the end';
    return state === 'cannot' ? `${binding ?? ''} does not hold from the beginning on` : `${binding ?? ''} ends on ${dayOf(sum)}`;
  }
  const say = kind === 'availability' ? percent : (minutes: number): string => `${hoursText(minutes)} h`;
  return `${say(Math.abs(left ?? 0))} ${(left ?? 0) < 0 ? 'over' : 'left'}`;
}

const dayOf = (end: number | undefined): string => (end === undefined ? '' : dayText(new Date(end - 1).toISOString().slice(0, 10)));

export const linesOf = (fit: Fit, { targets }: Pick<Terms, 'targets'>): AgreementLine[] =>
  fit.lines.map((line) => {
    const { gap: _gap, ...rest } = line;
    return { ...rest, missing: [...line.missing], label: lineText(line, targets), text: leftText(line) };
  });

type LegRow = AgreementDetail['legs'][number];

/** How each leg bears on the promise. */
function legsOf({ legs, parties }: Loaded, { terms }: AgreementVersion, { fit }: Judged, at: number): LegRow[] {
  return legIds(terms.under).flatMap((id): LegRow[] => {
    const leg = legs.get(id);
    if (!leg) return [];
    const version = shownOf(leg.versions, at);
    const lines = fit.lines.filter(({ binding, state }) => binding === id && (state === 'cannot' || state === 'tight'));
    const worst = lines.find(({ state }) => state === 'cannot') ?? lines[0];
    const lacking = fit.lines.find(({ missing }) => missing.includes(id));
    const state = worst?.state ?? (lacking ? 'unknown' : 'holds');
    const text = worst ? `binds ${lineText(worst, terms.targets)}` : lacking ? `says nothing of ${lineText(lacking, terms.targets)}` : 'fits';
    return [
      {
        id,
        name: leg.agreement.name,
        kind: leg.agreement.kind,
        party: named(leg.agreement.provider, parties),
        ...(version && { version: version.number, status: statusAt(version, at, leg.versions) }),
        state,
        text,
      },
    ];
  });
}

type Message = NonNullable<AgreementDetail['message']>;

/** The heaviest thing to be known. */
function messageOf({ stored }: Loaded, version: StoredVersion, { fit, verdict }: Judged, at: number): Message | undefined {
  const status = statusAt(version, at, stored.versions);
  if (status === 'ended') return undefined;
  if (status === 'expired') {
    const { lastDay } = periodEnd(version, at);
    const on = lastDay === undefined ? '' : ` on ${dayText(lastDay)}`;
    return { tone: 'danger', text: `It expired${on}, so nothing is promised any more. Extend it, or draft another version.` };
  }
  if (verdict.state === 'cannot') {
    return { tone: 'danger', text: uncovered(fit, version.terms)[0] ?? `It cannot be kept: ${verdict.reason}.` };
  }
  if (verdict.state === 'missing') return { tone: 'warning', text: `A leg is missing: ${verdict.reason}. Agree it, or take it out of the chain.` };
  const due = dueOf(version, at, LAPSES_WITHIN_DAYS, stored.versions).find((one) => one.kind !== 'review' || one.overdue);
  if (due?.kind === 'review') return { tone: 'warning', text: `The review was due on ${dayText(due.on)}. Start it.` };
  if (due?.kind === 'expiry') return { tone: 'warning', text: `It ends on ${dayText(due.on)}. Extend it, or tell everybody that it ends.` };
  if (due?.kind === 'notice') return { tone: 'information', text: `Until ${dayText(due.on)} notice can be given; after that it goes on.` };
  return undefined;
}

export const sidesOf = (accountId: string, { stored, parties }: Loaded): ('customer' | 'provider')[] =>
  (['customer', 'provider'] as const).filter((side) => parties.get(stored.agreement[side])?.representatives.includes(accountId) ?? false);

/** A deed as it would be done now, to see what stands against it. */
function wouldBe(kind: (typeof AGREEMENT_DEEDS)[number], done: { at: number; by: string }): Parameters<typeof against>[1] {
  switch (kind) {
    case 'accept':
    case 'notice':
      return { kind, ...done, side: 'customer' };
    case 'renew':
      // Some day after every other; which one is the person's choice.
      return { kind, ...done, until: '9999-12-31' };
    case 'end':
      // On some later day; at once is judged when it is asked.
      return { kind, ...done, on: '9999-12-31', why: '' };
    default:
      return { kind, ...done };
  }
}

function deedsOf(grounds: Grounds, { accountId, keeps }: Looking, at: number): AgreementDetail['deeds'] {
  const { stored, version } = grounds;
  const status = statusAt(version, at, stored.versions);
  const sides = sidesOf(accountId, grounds);
  const may = (kind: (typeof AGREEMENT_DEEDS)[number]): boolean => (kind === 'accept' ? sides.length > 0 : keeps);
  return AGREEMENT_DEEDS.filter((kind) => DEED_FROM[kind].includes(status) && may(kind)).map((kind) => {
    const { refused, warned }: Against = against(grounds, wouldBe(kind, { at, by: accountId }));
    return {
      kind,
      name: DEED_NAMES[kind],
      refused,
      warned,
      ...(kind === 'accept' && { sides }),
      ...(kind === 'notice' && { sides: ['customer', 'provider'] }),
    };
  });
}

const latest = (version: StoredVersion): number => version.deeds.at(-1)?.at ?? version.draftedAt;

export const diffOf = (
  before: AgreementVersion,
  after: AgreementVersion,
  calendars: ReadonlyMap<string, { name: string }>,
  services: ReadonlyMap<string, { name: string }>,
): NonNullable<AgreementDetail['diff']> => ({
  from: before.number,
  to: after.number,
  lines: compareTerms(before.terms, after.terms, { calendar: (id) => calendars.get(id)?.name ?? id, service: (id) => services.get(id)?.name ?? id }),
});

export const calendarNames = (calendars: Calendars): ReadonlyMap<string, Calendar> => new Map(Object.entries(calendarsById(calendars)));

const calendarsIn = ({ targets, serviceHours, supportHours, own }: Terms): string[] => [
  ...new Set([...targets.map(({ calendar }) => calendar), serviceHours ?? '', supportHours ?? '', own.hours ?? ''].filter((id) => id !== '')),
];

/** The people that a page names. */
export function peopleOf({ stored, parties }: Loaded, version: AgreementVersion): string[] {
  const { agreement } = stored;
  const representatives = [agreement.provider, agreement.customer].flatMap((id) => parties.get(id)?.representatives.slice(0, 20) ?? []);
  return [agreement.owner ?? '', ...version.deeds.map(({ by }) => by), ...representatives].filter((id) => id !== '');
}

export interface Shown {
  grounds: Grounds;
  services: ReadonlyMap<string, { name: string }>;
  people: ReadonlyMap<string, string>;
  /** Keys of the work items that see to what is due, by `kind day`. */
  upkeep: ReadonlyMap<string, string>;
  at: number;
}

export function detailOf({ grounds, services, people, upkeep, at }: Shown, looking: Looking): AgreementDetail {
  const { stored, version, judged, parties } = grounds;
  const { agreement, versions } = stored;
  const { terms, deeds } = version;
  const person = (accountId: string): Person => ({ accountId, name: people.get(accountId) ?? UNKNOWN_PERSON });
  const calendars = calendarNames(looking.calendars);
  const { lastDay, renews } = periodEnd(version, at);
  const notice = noticeBy(version, at);
  const review = nextReview(version);
  const message = messageOf(grounds, version, judged, at);
  const newest = [...versions].sort((a, b) => b.number - a.number);
  const representatives = (party: Party | undefined): Person[] => party?.representatives.slice(0, 20).map(person) ?? [];
  return {
    state: 'ok',
    agreement,
    rowVersion: stored.rowVersion,
    provider: named(agreement.provider, parties),
    customer: named(agreement.customer, parties),
    ...(agreement.owner !== undefined && { owner: person(agreement.owner) }),
    services: terms.services.map((id) => named(id, services)),
    version: version.number,
    status: statusAt(version, at, versions),
    terms,
    editable: mayEdit(version),
    life: lifeLine(version, at, version.draftedAt, versions),
    ...(message && { message }),
    lacks: agreement.kind === 'SA' ? termsLack(terms) : [],
    findings: grounds.terms.map((one): AgreementFinding => ({ ...one })),
    verdict: judged.verdict,
    lines: linesOf(judged.fit, terms),
    acceptance: deeds.flatMap((deed) => (deed.kind === 'accept' ? [{ side: deed.side, person: person(deed.by), at: deed.at }] : [])),
    fingerprint: fingerprint(terms),
    dates: {
      ...(terms.validFrom !== undefined && { validFrom: terms.validFrom }),
      ...(lastDay !== undefined && { validUntil: lastDay }),
      renews,
      ...(notice !== undefined && { noticeBy: notice }),
      ...(review !== undefined && { nextReview: review }),
      due: dueOf(version, at, LAPSES_WITHIN_DAYS, versions).map((one) => {
        const item = upkeep.get(`${one.kind} ${one.on}`);
        return item === undefined ? one : { ...one, item };
      }),
    },
    versions: newest.map((one) => ({ number: one.number, status: statusAt(one, at, versions), at: latest(one) })),
    history: deeds.map((deed) => ({ deed, name: DEED_NAMES[deed.kind], by: person(deed.by) })),
    ...(newest[0] && newest[1] && { diff: diffOf(newest[1], newest[0], calendars, services) }),
    legs: legsOf(grounds, version, judged, at),
    calendars: calendarsIn(terms).map((id) => named(id, calendars)),
    representatives: { customer: representatives(parties.get(agreement.customer)), provider: representatives(parties.get(agreement.provider)) },
    deeds: deedsOf(grounds, looking, at),
    keeps: looking.keeps,
    asOf: at,
  };
}

const MOST_LEANERS = 100;
export const LEANERS_READ = MOST_LEANERS + 1;

export function chainOfDetail(
  loaded: Loaded,
  version: StoredVersion,
  judged: Judged,
  leaners: Awaited<ReturnType<typeof leanersOf>>,
  calendars: Calendars,
  at: number,
): AgreementChain {
  const { stored, legs, parties } = loaded;
  const { agreement } = stored;
  const { terms } = version;
  const { chain, fit } = judged;
  const hours = calendarNames(calendars);
  const ids = legIds(terms.under);
  const leg = (id: string, other: Stored | undefined): AgreementChain['legs'][number] => {
    const counted = other && shownOf(other.versions, at);
    const open = counted?.terms.supportHours ?? (id === OWN ? (terms.own.hours ?? terms.supportHours) : undefined);
    const until = counted && periodEnd(counted, at).lastDay;
    return {
      id,
      party: named(other?.agreement.provider ?? agreement.provider, parties).name,
      ...(other && { kind: other.agreement.kind }),
      name: other?.agreement.name ?? '',
      ...(open !== undefined && { hours: hours.get(open)?.name ?? open }),
      ...(until !== undefined && { validUntil: until }),
      ...(other && counted && { status: statusAt(counted, at, other.versions) }),
    };
  };
  const others = leaners.filter(({ id }) => id !== agreement.id);
  const promises = chain.promises;
  return {
    state: 'ok',
    id: agreement.id,
    version: version.number,
    name: agreement.name,
    customer: named(agreement.customer, parties),
    status: statusAt(version, at, stored.versions),
    chain,
    fit,
    verdict: judged.verdict,
    lines: linesOf(fit, terms),
    formulas: promises.flatMap((promise) => {
      const formula = formulaOf(chain, promise);
      return formula ? [{ key: promise.key, formula }] : [];
    }),
    remedies: fit.lines
      .flatMap(({ key, state }) => (state === 'cannot' ? [{ key, remedies: remediesOf(chain, key) }] : []))
      .filter((one) => one.remedies.length > 0),
    legs: [leg(OWN, undefined), ...ids.flatMap((id) => (legs.has(id) ? [leg(id, legs.get(id))] : []))],
    ...(terms.under && { tree: terms.under }),
    leaners: others
      .slice(0, MOST_LEANERS)
      .flatMap((one) =>
        one.legs.flatMap((id) => (ids.includes(id) ? [{ leg: id, id: one.id, name: one.name, customer: one.customer, verdict: one.verdict }] : [])),
      ),
    moreLeaners: others.length > MOST_LEANERS,
    asOf: at,
  };
}
