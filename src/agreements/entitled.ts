/** What is agreed for a person: for which customers they may ask, and which version applies to a service there. */
import { z } from 'zod';
import type { Agreement, AgreementVersion, Party } from '../contract';
import { party } from '../contract';
import { select } from '../platform/sql';
import { agreed, upwards } from './applies';
import { likeText, namesOfKind } from './records';
import { candidates, promised, storedWith } from './store';

export interface Entitled {
  customer: { id: string; name: string };
  agreement: Agreement;
  version: AgreementVersion;
}

export interface Entitlement {
  /** Customers that this person may ask for, by name. */
  customers: { id: string; name: string }[];
  /** By id of a service: for each of those customers what applies there, the customer's own units first. */
  of(service: string): readonly Entitled[];
  /** Every version that may apply to something. */
  versions: readonly AgreementVersion[];
  /** Whom this person represents. */
  represents: ReadonlySet<string>;
}

/** Parties whose text names this person, and those that are open to everybody who may use Jira. */
async function partiesOf(accountId: string): Promise<Party[]> {
  const rows = await select(
    z.object({ body: z.string() }),
    `SELECT body FROM agreement_record WHERE kind = 'party' AND (body LIKE ? OR body LIKE '%"anyone":true%') ORDER BY name, id LIMIT 500`,
    likeText(JSON.stringify(accountId)),
  );
  return rows
    .map(({ body }) => party.parse(JSON.parse(body)))
    .filter((one) => one.kind === 'customer' && (one.anyone || one.representatives.includes(accountId) || one.requesters.includes(accountId)));
}

export async function entitledTo(accountId: string, at: number): Promise<Entitlement> {
  const [own, parties, services] = await Promise.all([partiesOf(accountId), namesOfKind('party'), namesOfKind('service')]);
  const above = new Set(own.flatMap(({ id }) => upwards(id, parties)));
  const kept = await promised([...above], accountId);
  const judged = agreed({ kept, services, parties });
  const named = (id: string) => ({ id, name: parties.get(id)?.name ?? id });
  // Whoever is named in an agreement may ask under it, whoever they belong to.
  const byName = kept.filter(({ versions }) => versions.some(({ terms }) => terms.requesters.includes(accountId)));
  const customers = new Map([...own.map(({ id }) => id), ...byName.map(({ agreement }) => agreement.customer)].map((id) => [id, named(id)]));
  const belongs = new Set(own.map(({ id }) => id));
  const known = new Map<string, readonly Entitled[]>();
  const find = (service: string): readonly Entitled[] =>
    [...customers.values()].flatMap((customer): Entitled[] => {
      const applies = judged.at(service, customer.id, at);
      if ('none' in applies) return [];
      const { agreement, version } = applies;
      return belongs.has(customer.id) || version.terms.requesters.includes(accountId) ? [{ customer, agreement, version }] : [];
    });
  return {
    customers: [...customers.values()],
    of(service) {
      const found = known.get(service) ?? find(service);
      known.set(service, found);
      return found;
    },
    versions: kept.flatMap(({ versions }) => versions),
    represents: new Set(own.filter(({ representatives }) => representatives.includes(accountId)).map(({ id }) => id)),
  };
}

/** Who represents the customer of this name, or what it is a part of. */
export async function representativesOf(name: string): Promise<ReadonlySet<string>> {
  const parties = await namesOfKind('party');
  const id = [...parties].find(([, one]) => one.name.toLowerCase() === name.trim().toLowerCase())?.[0];
  if (id === undefined) return new Set();
  const ids = upwards(id, parties);
  const rows = await select(
    z.object({ body: z.string() }),
    `SELECT body FROM agreement_record WHERE kind = 'party' AND id IN (${ids.map(() => '?').join(', ')})`,
    ...ids,
  );
  return new Set(rows.flatMap(({ body }) => party.parse(JSON.parse(body)).representatives));
}

const IN_USE = ['offered', 'inUse', 'ending'];

/** Names that a work item may need: services that are offered or used, and customers. */
export async function namesInUse(): Promise<{ services: string[]; customers: string[] }> {
  const rows = await select(
    z.object({ kind: z.enum(['service', 'party']), name: z.string() }),
    `SELECT kind, name FROM agreement_record WHERE (kind = 'service' AND JSON_UNQUOTE(JSON_EXTRACT(body, '$.state')) IN (${IN_USE.map(() => '?').join(', ')}))
       OR (kind = 'party' AND JSON_UNQUOTE(JSON_EXTRACT(body, '$.kind')) = 'customer') ORDER BY kind, name LIMIT 20000`,
    ...IN_USE,
  );
  const of = (kind: 'service' | 'party') => rows.filter((one) => one.kind === kind).map(({ name }) => name);
  return { services: of('service'), customers: of('party') };
}

/** Customers that this person represents, with every unit below them. */
export async function representedBy(accountId: string): Promise<ReadonlySet<string>> {
  const [own, parties] = await Promise.all([partiesOf(accountId), namesOfKind('party')]);
  const heads = new Set(own.filter(({ representatives }) => representatives.includes(accountId)).map(({ id }) => id));
  return new Set([...parties.keys()].filter((id) => upwards(id, parties).some((one) => heads.has(one))));
}

export interface Promised {
  /** Id of the service. */
  service: string;
  customer: { id: string; name: string };
  agreement: Agreement;
  version: AgreementVersion;
}

/** What is promised of a service to a customer as people name them, whole: with the card and the list of standard calls. */
export async function promisedFor(service: string, customer: string, at: number): Promise<Promised | undefined> {
  const found = await candidates(service, customer);
  if (found.service === undefined || found.customer === undefined) return undefined;
  const applies = agreed(found).at(found.service, found.customer, at);
  if ('none' in applies) return undefined;
  const { agreement, version } = applies;
  const whole = (await storedWith(agreement.id))?.versions.find(({ number }) => number === version.number);
  return whole && { service: found.service, customer: { id: found.customer, name: customer }, agreement, version: whole };
}
