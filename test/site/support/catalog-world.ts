/** A site on which something is agreed and can be asked for: made by the app's own calls, as people make it. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ManualClock } from '../../../sandbox/clock';
import type { Visitor } from '../../../sandbox/demo/client';
import { makeWorld, type World } from '../../../sandbox/demo/world';
import type { SiteOptions } from '../../../sandbox/site';
import { type AgreementDetail, agreementCalls, catalogCalls, type CatalogEntry, type Terms } from '../../../src/contract';
import { type FreshSite, freshSite } from '../../scenarios/site';

const calls = { ...agreementCalls, ...catalogCalls };
type Calls = typeof calls;
export type Answer<Name extends keyof Calls> = z.infer<Calls[Name]['answer']>;
export type Asked<Name extends keyof Calls> = z.input<Calls[Name]['request']>;

/** As a page of this person asks; `key`: the page stands on this work item. */
export async function ask<Name extends keyof Calls>(who: Visitor, name: Name, payload: Asked<Name>, key?: string): Promise<Answer<Name>> {
  return calls[name].answer.parse(await who.invoke(key === undefined ? 'usm' : 'usm-process', name, payload, key)) as Answer<Name>;
}

/** The answer as it is when all went well. */
export function ok<T extends { state: string }>(answer: T): Extract<T, { state: 'ok' }> {
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { state: 'ok' }>;
}

/** What was refused, by kind; or that it was not. */
export const wrong = (answer: { state: string; wrong?: readonly { kind: string; rule?: string | undefined }[] }): string[] =>
  answer.state === 'refused' ? (answer.wrong ?? []).map(({ rule, kind }) => rule ?? kind) : [`not refused: ${answer.state}`];

export const accountId = async (who: Visitor): Promise<string> => (await who.ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;

const cell = (text: string) => ({ text, lines: [] });
export const CARD = {
  facilityWhat: cell('Staff and visitors go online.'),
  facilityHow: cell('Fast enough for images at the bed.'),
  supportWhat: cell('Report a failure, add a desk.'),
  supportHow: cell('Day and night for wards.'),
};

export interface Catalog {
  fresh: FreshSite;
  world: World;
  calendar: string;
  clock: ManualClock;
}

export async function catalogSite(clock: ManualClock, options: Partial<SiteOptions> = {}): Promise<Catalog> {
  const fresh = await freshSite({ clock, limitRates: false, ...options });
  const world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  return { fresh, world, clock, calendar: settings.calendars[0]?.id ?? '' };
}

/** The desk, two customers with their people, and what they use. */
export async function records({ world }: Catalog): Promise<void> {
  const { lotte, sofia, bram } = world.people;
  const party = async (id: string, name: string, kind: string, inside: boolean, more: object = {}) =>
    ok(
      await ask(lotte, 'records.saveParty', {
        record: { id, name, kind, inside, representatives: [], requesters: [], ...more } as Asked<'records.saveParty'>['record'],
        rowVersion: 0,
      }),
    );
  await party('desk', 'Service desk', 'team', true, { representatives: [await accountId(lotte)] });
  await party('lucas', 'Sint Lucas Ziekenhuis', 'customer', false, { representatives: [await accountId(sofia)] });
  await party('ward', 'Ward 3B', 'customer', false, { parent: 'lucas', requesters: [await accountId(bram)] });
  await party('brug', 'Scholengroep De Brug', 'customer', false);
  for (const [id, name] of [
    ['workplace', 'Workplace'],
    ['wifi', 'Internet on the wards'],
  ] as const) {
    ok(await ask(lotte, 'records.saveService', { record: { id, name, state: 'inUse', blocks: [], value: '', readiness: '' }, rowVersion: 0 }));
  }
}

const deed = async (world: World, seen: AgreementDetail, kind: 'offer' | 'agree' | 'confirm') =>
  ok(
    await ask(world.people.lotte, 'agreements.deed', {
      id: seen.agreement.id,
      version: seen.version,
      rowVersion: seen.rowVersion,
      deed: { kind },
    }),
  );

/** A service agreement in force that lists these items. */
export async function inForce(
  { world, calendar, clock }: Catalog,
  standards: readonly string[],
  more: Partial<Terms> = {},
  customer = 'lucas',
): Promise<AgreementDetail> {
  const { lotte, sofia } = world.people;
  const header = { name: 'Workplaces', provider: 'desk', customer };
  const made = ok(await ask(lotte, 'agreements.new', { request: randomUUID(), kind: 'SA', header, timeZone: 'Europe/Amsterdam' }));
  const terms = {
    ...made.terms,
    services: ['workplace'],
    card: CARD,
    readiness: 'It starts.',
    price: { kind: 'included' as const },
    targets: [1, 2, 3, 4].map((rank) => ({ type: 'incident' as const, for: rank, respond: 60, deliver: 480, calendar, percent: 95 })),
    own: { handling: [{ type: 'incident' as const, for: 'all' as const, respond: 5, deliver: 30 }] },
    supportHours: calendar,
    validFrom: '2026-11-01',
    validUntil: '2027-12-31',
    standards: [...standards],
    ...more,
  };
  const draft = ok(await ask(lotte, 'agreements.save', { id: made.agreement.id, version: 1, rowVersion: made.rowVersion, header, terms }));
  const offered = await deed(world, draft, 'offer');
  const accepted = ok(
    await ask(sofia, 'agreements.accept', {
      id: offered.agreement.id,
      version: offered.version,
      side: 'customer',
      fingerprint: offered.fingerprint,
    }),
  );
  const done = await deed(world, await deed(world, accepted, 'agree'), 'confirm');
  // A function's clock runs on while the site's stands still; whoever looks next looks later than that.
  clock.advance(2_000);
  return done;
}

type Item = Asked<'catalog.save'>['item'];
export const PASSWORD: Item = {
  id: 'password',
  title: 'New password',
  what: 'Get back in, day and night.',
  alsoCalled: ['reset', 'forgotten code'],
  service: 'workplace',
  type: 'serviceRequest',
  category: { parent: 'Workplace', child: 'account' },
  rating: { impact: 'Low', urgency: 'Medium' },
  fields: [{ label: 'For which system', kind: 'choice', required: true, choices: ['Ward systems', 'Mail'] }],
  delivery: { kind: 'hours', hours: 0.25 },
  team: 'Service desk',
  automatic: true,
};
export const DESK: Item = {
  id: 'desk-port',
  title: 'A desk with a network point',
  what: 'One more desk, with a socket that is tested and labelled.',
  service: 'workplace',
  type: 'rfc',
  category: { parent: 'Workplace', child: 'device' },
  rating: { impact: 'Medium', urgency: 'Low' },
  fields: [
    { label: 'Where', kind: 'text', required: true },
    { label: 'How many', kind: 'number' },
  ],
  delivery: { kind: 'days', days: 5 },
  price: { kind: 'amount', amount: 84, currency: 'EUR', unit: 'each desk', per: 'month' },
  team: 'Workplace',
  plan: 'Pull a cable, fit the socket.',
  tests: 'The socket answers.\nThe label is right.',
  deployment: 'On the day that was chosen.',
  backOut: 'Take the cable out.',
  adds: ['DESK-NEW'],
};
export const WORKPLACE: Item = {
  id: 'ward-workplace',
  title: 'A ward workplace',
  what: 'A desk, a computer and access to the ward systems, ready to use.',
  service: 'workplace',
  type: 'serviceRequest',
  approver: { kind: 'representative', role: 'ward manager' },
  delivery: { kind: 'days', days: 5 },
  automatic: true,
};

/** Written and approved by the service manager. */
export async function approved({ world }: Catalog, item: Item): Promise<CatalogEntry> {
  const { lotte } = world.people;
  const saved = ok(await ask(lotte, 'catalog.save', { item, rowVersion: 0 }));
  return ok(await ask(lotte, 'catalog.deed', { id: item.id, rowVersion: saved.rowVersion, kind: 'approve' }));
}

interface Issue {
  id: string;
  key: string;
  fields: Record<string, unknown> & { summary: string; status: { name: string }; issuetype: { name: string }; reporter: { displayName: string } };
}
/** A work item by the names of its fields. */
export async function look({ world }: Catalog, key: string): Promise<Issue & { field(name: string): unknown }> {
  const issue = await world.admin.ask<Issue>('GET', `/rest/api/3/issue/${key}`);
  return { ...issue, field: (name) => issue.fields[world.fields.get(name) ?? name] };
}
