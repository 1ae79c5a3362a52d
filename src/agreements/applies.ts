/**
 * Which agreement applies to a service, a customer and a moment (V03), or why none does. Asked for thousands of work items, so the agreements are put in
 * order once. Pure.
 */
import type { Agreement, AgreementKind, AgreementVersion, Party, Service } from '../contract';
import { dayAt } from './days';
import { inForceOf, type InForce, statusAt } from './life';
import { dayText, type Finding } from './model';

export interface Kept {
  agreement: Agreement;
  versions: readonly AgreementVersion[];
}

interface Entry extends InForce<AgreementVersion> {
  agreement: Agreement;
}

/** Why there is none: nobody has agreed; it has expired, ended or not begun; it is not agreed yet; it is agreed with others alone. */
export type None =
  | { kind: 'expired' | 'ended'; agreement: Agreement; on: string }
  | { kind: 'notYet'; agreement: Agreement; from: string }
  | { kind: 'notAgreed'; agreement: Agreement }
  | { kind: 'otherCustomer'; agreement: Agreement }
  | { kind: 'none' };

export type Applying = { agreement: Agreement; version: AgreementVersion } | { none: None };

export interface Agreed {
  /** Ids of service and customer, ms since the epoch. */
  at(service: string, customer: string, moment: number): Applying;
  /** Every version that was or will be in force for exactly these, in order of time. */
  of(service: string, customer: string): readonly Entry[];
}

/** Itself first, then what it is a part of. A circle, or a parent that is not there, ends it. */
export function upwards(id: string, parents: ReadonlyMap<string, { parent?: string | undefined }>): string[] {
  const way: string[] = [];
  for (let one: string | undefined = id; one !== undefined && !way.includes(one); one = parents.get(one)?.parent) way.push(one);
  return way;
}

const pairKey = (service: string, customer: string): string => `${service}\n${customer}`;

export interface Records {
  kept: readonly Kept[];
  services: ReadonlyMap<string, Pick<Service, 'parent'>>;
  parties: ReadonlyMap<string, Pick<Party, 'parent'>>;
  /** Only agreements of these kinds; absent: SA alone, since what lies under a promise is not promised to the customer. */
  kinds?: readonly AgreementKind[];
}

/** The service counts before the customer: what is agreed for the service itself, then for what it is a part of; each for the unit, then for its party. */
export function agreed({ kept, services, parties, kinds = ['SA'] }: Records): Agreed {
  const byPair = new Map<string, Entry[]>();
  const unborn = new Map<string, Kept>();
  const byService = new Map<string, Agreement>();
  for (const one of kept) {
    const { agreement, versions } = one;
    if (!kinds.includes(agreement.kind)) continue;
    const periods = inForceOf(versions);
    for (const period of periods) {
      for (const service of period.version.terms.services) {
        const key = pairKey(service, agreement.customer);
        const there = byPair.get(key);
        if (there) there.push({ ...period, agreement });
        else byPair.set(key, [{ ...period, agreement }]);
        if (!byService.has(service)) byService.set(service, agreement);
      }
    }
    if (periods.length > 0) continue;
    for (const { terms } of versions) for (const service of terms.services) unborn.set(pairKey(service, agreement.customer), one);
  }
  for (const entries of byPair.values()) entries.sort((a, b) => a.from - b.from);

  const why = (pairs: readonly string[], way: readonly string[], moment: number): None => {
    for (const key of pairs) {
      const entries = byPair.get(key) ?? [];
      // The last of those that are over says more than one that will begin some day.
      const over = entries.filter(({ until = Infinity }) => until <= moment).sort((a, b) => (b.until ?? 0) - (a.until ?? 0))[0];
      if (over) {
        const { agreement, version, until = 0, why: how } = over;
        return { kind: how === 'ended' ? 'ended' : 'expired', agreement, on: dayAt(version.terms.timeZone, until - 1) };
      }
      const [soon] = entries;
      if (soon) return { kind: 'notYet', agreement: soon.agreement, from: dayAt(soon.version.terms.timeZone, soon.from) };
    }
    const draft = pairs.flatMap((key) => unborn.get(key) ?? [])[0];
    const open = draft?.versions.some((version) => ['draft', 'offered', 'agreed'].includes(statusAt(version, moment, draft.versions)));
    if (draft && open) return { kind: 'notAgreed', agreement: draft.agreement };
    const other = way.flatMap((service) => byService.get(service) ?? [])[0];
    return other ? { kind: 'otherCustomer', agreement: other } : { kind: 'none' };
  };

  return {
    of: (service, customer) => byPair.get(pairKey(service, customer)) ?? [],
    at(service, customer, moment) {
      const way = upwards(service, services);
      const customers = upwards(customer, parties);
      const pairs = way.flatMap((one) => customers.map((other) => pairKey(one, other)));
      for (const key of pairs) {
        const entry = byPair.get(key)?.find(({ from, until = Infinity }) => from <= moment && moment < until);
        if (entry) return { agreement: entry.agreement, version: entry.version };
      }
      return { none: why(pairs, way, moment) };
    },
  };
}

/** V03 in words, naming the agreement where there is one (A25). Names as people know them. */
export function noneText(none: None, service: string, customer: string): string {
  const choose = 'Register a Wish, or choose the agreement that applies.';
  const of = ({ agreement }: { agreement: Agreement }): string => `${agreement.id}, ${agreement.name},`;
  switch (none.kind) {
    case 'expired':
      return `${service} has no agreement in force with ${customer}: ${of(none)} expired on ${dayText(none.on)}. Extend it, or register a Wish.`;
    case 'ended':
      return `${service} has no agreement in force with ${customer}: ${of(none)} ended on ${dayText(none.on)}. ${choose}`;
    case 'notYet':
      return `${service} has no agreement in force with ${customer}: ${of(none)} starts on ${dayText(none.from)}. ${choose}`;
    case 'notAgreed':
      return `${service} has no agreement in force with ${customer}: ${of(none)} is not in force yet. Put it in force, or register a Wish.`;
    case 'otherCustomer':
      return `${service} has no agreement in force with ${customer}: ${of(none)} is with another customer. ${choose}`;
    case 'none':
      return `${service} has no agreement in force with ${customer}. ${choose}`;
  }
}

/** Other agreements that promise the same service to the same customer at the same time, from a moment on (5.3 rule 2). Several may lie under one. */
export function overlaps(candidate: Kept, kept: readonly Kept[], at: number): Finding<'overlap'>[] {
  const far = Infinity;
  const mine = inForceOf(candidate.versions).filter(({ until = far }) => until > at);
  return kept.flatMap(({ agreement, versions }): Finding<'overlap'>[] => {
    if (agreement.id === candidate.agreement.id || agreement.customer !== candidate.agreement.customer) return [];
    if (agreement.kind !== 'SA' || candidate.agreement.kind !== 'SA') return [];
    const clash = inForceOf(versions).find((other) =>
      mine.some(
        (own) =>
          own.from < (other.until ?? far) &&
          other.from < (own.until ?? far) &&
          own.version.terms.services.some((service) => other.version.terms.services.includes(service)),
      ),
    );
    const text = `${agreement.id} promises the same service to the same customer at the same time. End one of both first, or leave the service out.`;
    return clash ? [{ kind: 'overlap', text }] : [];
  });
}
