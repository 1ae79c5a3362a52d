/** The constraints on agreements (5.3: 1, 2, 8, 9, 12) and on what a draft may say, as findings: none means it may be. Pure. */
import type { Agreement, AgreementVersion, Party, Target, Terms, Underpinning } from '../contract';
import { circlesIn } from '../method';
import { upwards } from './applies';
import { CELL_NAMES, type Finding, hoursText, listText, missingCells, targetFor, targetText } from './model';
import { isAccepted } from './life';

const none = <Kind extends string>(): Finding<Kind>[] => [];
const finding = <Kind extends string>(kind: Kind, text: string, path?: string): Finding<Kind> => ({
  kind,
  text,
  ...(path !== undefined && { path }),
});

/** Both ends of an agreement (rule 8). A party that is not known is told before anything else. */
export function partyFindings(
  { kind, provider, customer }: Pick<Agreement, 'kind' | 'provider' | 'customer'>,
  parties: ReadonlyMap<string, Party>,
): Finding<'noParty' | 'oneParty' | 'outside' | 'inside'>[] {
  const [giver, taker] = [parties.get(provider), parties.get(customer)];
  if (!giver) return [finding('noParty', 'Choose who provides it: the party named is not known.', 'provider')];
  if (!taker) return [finding('noParty', 'Choose whom it is for: the party named is not known.', 'customer')];
  const found = none<'noParty' | 'oneParty' | 'outside' | 'inside'>();
  if (provider === customer) found.push(finding('oneParty', `${giver.name} cannot agree with itself. Choose two parties.`, 'customer'));
  if (kind === 'OLA') {
    for (const [one, path] of [
      [giver, 'provider'],
      [taker, 'customer'],
    ] as const) {
      if (!one.inside) {
        found.push(
          finding('outside', `${one.name} is outside the organisation, so this is no internal agreement. Make it a supplier agreement (UC).`, path),
        );
      }
    }
  }
  if (kind === 'UC' && giver.inside) {
    found.push(
      finding('inside', `${giver.name} is inside the organisation, so this is no supplier agreement. Make it an internal one (OLA).`, 'provider'),
    );
  }
  return found;
}

/** Priorities that an SA has restore targets for; 5 is what nobody waits for. */
export const RANKS = [1, 2, 3, 4] as const;

/** Why a version may not count as Agreed or In force (rule 1): parties are judged by partyFindings. An OLA or UC need not have the card. */
export function agreedFindings(
  { kind }: Pick<Agreement, 'kind'>,
  version: Pick<AgreementVersion, 'number' | 'terms' | 'deeds'>,
): Finding<'acceptance' | 'service' | 'cell' | 'target'>[] {
  const { terms, number } = version;
  const found = none<'acceptance' | 'service' | 'cell' | 'target'>();
  if (!isAccepted(version)) {
    found.push(finding('acceptance', `The customer has not accepted version ${String(number)} yet. Ask a representative to accept it.`));
  }
  if (kind !== 'SA') return found;
  if (terms.services.length === 0) found.push(finding('service', 'It names no service. Choose what it is about.', 'services'));
  const cells = missingCells(terms.card);
  if (cells.length > 0) {
    found.push(
      finding('cell', `The specification does not say ${listText(cells.map((key) => CELL_NAMES[key]))}. Fill it in.`, `card.${cells[0] ?? ''}`),
    );
  }
  const lacking = RANKS.filter((rank) => {
    const target = targetFor(terms.targets, 'incident', { rank });
    return target?.respond === undefined || target.deliver === undefined;
  });
  if (lacking.length > 0) {
    found.push(
      finding(
        'target',
        `Incidents of ${listText(lacking.map((rank) => `P${String(rank)}`))} have no times to answer and to restore. Add them.`,
        'targets',
      ),
    );
  }
  return found;
}

/** Whether what was agreed has been touched (rule 2): the stored version against the one that is to be written. */
export const frozenFindings = (stored: Pick<AgreementVersion, 'deeds' | 'terms'>, next: Pick<AgreementVersion, 'terms'>): Finding<'frozen'>[] =>
  stored.deeds.length > 0 && JSON.stringify(stored.terms) !== JSON.stringify(next.terms)
    ? [finding('frozen', 'This version has been offered, so it is not changed any more. Propose a version with what should be different.')]
    : [];

/** What is still open under an agreement that is to be ended (rule 9): work items, catalog items and managed items, by name. */
export function endFindings(open: {
  calls: readonly string[];
  items: readonly string[];
  managed: readonly string[];
}): Finding<'calls' | 'items' | 'managed'>[] {
  const few = (all: readonly string[]): string =>
    all.length > 5 ? `${all.slice(0, 5).join(', ')} and ${String(all.length - 5)} more` : listText(all);
  return [
    ...(open.calls.length > 0
      ? [finding('calls', `Work is still open under it: ${few(open.calls)}. Finish it, or move it to another agreement.`)]
      : []),
    ...(open.items.length > 0 ? [finding('items', `People can still ask for ${few(open.items)}. Take these items out of the catalog.`)] : []),
    ...(open.managed.length > 0 ? [finding('managed', `It still covers ${few(open.managed)}. Release these items.`)] : []),
  ] as Finding<'calls' | 'items' | 'managed'>[];
}

/**
 * Whether somebody may ask under an agreement (rule 12, V01): named in it, or a person of the customer: of the unit that asks, of what it is a part of, or
 * of the party that agreed.
 */
export function mayAsk(
  person: string,
  { customer, terms }: { customer: string; terms: Pick<Terms, 'requesters'> },
  agreedWith: string,
  parties: ReadonlyMap<string, Party>,
): boolean {
  if (terms.requesters.includes(person)) return true;
  const way = new Set([...upwards(customer, parties), agreedWith]);
  return [...way].some((id) => {
    const party = parties.get(id);
    return party !== undefined && (party.anyone || party.representatives.includes(person) || party.requesters.includes(person));
  });
}

/** Ids of the agreements that a tree of legs names, in order. */
export function legIds(part: Underpinning | undefined): string[] {
  if (!part || 'missing' in part) return [];
  if ('leg' in part) return [part.leg];
  return ('row' in part ? part.row : part.side).flatMap(legIds);
}

export type TermsFinding = Finding<
  'dates' | 'twice' | 'order' | 'contradiction' | 'calendar' | 'service' | 'legTwice' | 'legKind' | 'noLeg' | 'circle'
>;

export interface Known {
  calendars: ReadonlySet<string>;
  services: ReadonlySet<string>;
  /** What every agreement leans on, by id; of this one what is stored. */
  under: ReadonlyMap<string, readonly string[]>;
}

const measureKey = ({ type, for: measure }: Pick<Target, 'type' | 'for'>): string => `${type} ${String(measure)}`;

function targetFindings(targets: readonly Target[]): TermsFinding[] {
  const found: TermsFinding[] = [];
  const seen = new Set<string>();
  targets.forEach((target, index) => {
    const path = `targets.${String(index)}`;
    const { respond, deliver, type, for: measure } = target;
    if (seen.has(measureKey(target))) {
      found.push(finding('twice', `There are two lines for ${targetText(target, 'deliver')}. Keep one.`, path));
    }
    seen.add(measureKey(target));
    if (respond === undefined && deliver === undefined) {
      found.push(finding('contradiction', 'This line promises nothing. Say how soon, or take it out.', path));
    }
    if (respond !== undefined && typeof deliver === 'number' && respond > deliver) {
      found.push(
        finding('contradiction', `The answer (${hoursText(respond)}) comes after the end (${hoursText(deliver)}). Swap them.`, `${path}.respond`),
      );
    }
    if (deliver === 'agreedDate' && type === 'incident') {
      found.push(finding('contradiction', 'A failure has no agreed date. Say in how many hours it is restored.', `${path}.deliver`));
    }
    if (typeof measure !== 'number') return;
    // Longer for what is more urgent contradicts what a priority is; hours of different calendars are not compared.
    const before = targets.find(
      (one) => one.type === type && typeof one.for === 'number' && one.for < measure && one.calendar === target.calendar && slower(one, target),
    );
    if (before) {
      const rank = `P${String(before.for)}`;
      found.push(
        finding('order', `P${String(measure)} is promised sooner than ${rank}, which comes first. Give it at least the time of ${rank}.`, path),
      );
    }
  });
  return found;
}

const slower = (urgent: Target, other: Target): boolean =>
  (urgent.respond !== undefined && other.respond !== undefined && urgent.respond > other.respond) ||
  (typeof urgent.deliver === 'number' && typeof other.deliver === 'number' && urgent.deliver > other.deliver);

function dateFindings(terms: Terms): TermsFinding[] {
  const { validFrom, validUntil, reviewOn, renewal } = terms;
  const found: TermsFinding[] = [];
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom) {
    found.push(finding('dates', 'It ends before it begins. Choose a later last day.', 'validUntil'));
  }
  if (reviewOn !== undefined && ((validFrom !== undefined && reviewOn < validFrom) || (validUntil !== undefined && reviewOn > validUntil))) {
    found.push(finding('dates', 'The review is outside the time in which it is valid. Choose a day within.', 'reviewOn'));
  }
  if (renewal !== undefined && renewal.kind !== 'none' && validUntil === undefined) {
    found.push(finding('dates', 'It has no last day, so there is nothing to renew. Give it a last day, or no renewal.', 'renewal'));
  }
  return found;
}

/** What contradicts itself in what a draft says, or names what is not there. Said while somebody writes, and for every imported row. */
export function termsFindings(id: string, terms: Terms, known: Known): TermsFinding[] {
  const found = [...dateFindings(terms), ...targetFindings(terms.targets)];
  const calendars: [string, string | undefined][] = [
    ['serviceHours', terms.serviceHours],
    ['supportHours', terms.supportHours],
    ['own.hours', terms.own.hours],
    ...terms.targets.map(({ calendar }, index): [string, string] => [`targets.${String(index)}.calendar`, calendar]),
  ];
  for (const [path, calendar] of calendars) {
    if (calendar !== undefined && !known.calendars.has(calendar)) {
      found.push(finding('calendar', `The calendar "${calendar}" is not in the settings. Choose one that is.`, path));
    }
  }
  terms.services.forEach((service, index) => {
    if (!known.services.has(service)) {
      found.push(finding('service', `The service "${service}" is not known. Choose one that is.`, `services.${String(index)}`));
    }
  });
  const legs = legIds(terms.under);
  for (const leg of new Set(legs)) {
    if (legs.filter((one) => one === leg).length > 1) found.push(finding('legTwice', `${leg} stands twice in the chain. Keep it once.`, 'under'));
    if (leg.startsWith('SA-')) found.push(finding('legKind', `${leg} is a promise to a customer. What lies under one is an OLA or a UC.`, 'under'));
    if (leg !== id && !known.under.has(leg)) found.push(finding('noLeg', `${leg} is not there. Choose an agreement that is.`, 'under'));
  }
  const circle = circlesIn(new Map([[id, legs], ...[...known.under].filter(([other]) => other !== id)])).find((one) => one.includes(id));
  if (circle)
    found.push(finding('circle', `It would lean on itself: ${[...circle, circle[0] ?? id].join(', ')}. Take one of them out of the chain.`, 'under'));
  return found;
}
