/** Noordhaven Shared Services: who works there, for whom, on what. Sets the app up by its own calls, then makes people, roles and choices. */
import { Visitor } from './client';

export const SPACE = { key: 'NSS', name: 'Noordhaven Shared Services' };

/** As the setup page asks for it: every rule enforced from the start. */
const TARGET = { spaces: { kind: 'new', ...SPACE }, begin: 'enforce' };

type Profile = 'customer' | 'coordinator' | 'operator' | 'process manager' | 'service manager' | 'team coordinator' | 'line manager';

/** Everybody holds one profile and nothing else. */
export const PEOPLE = {
  sofia: { name: 'Sofia Rossi', profile: 'customer' },
  bram: { name: 'Bram Jansen', profile: 'customer' },
  amira: { name: 'Amira Haddad', profile: 'coordinator' },
  joris: { name: 'Joris van Dam', profile: 'coordinator' },
  ines: { name: 'Inês Costa', profile: 'coordinator' },
  pieter: { name: 'Pieter Bakker', profile: 'operator' },
  fatima: { name: 'Fatima Amrani', profile: 'operator' },
  daan: { name: 'Daan Visser', profile: 'operator' },
  henk: { name: 'Henk de Wit', profile: 'process manager' },
  marit: { name: 'Marit Olsen', profile: 'process manager' },
  lotte: { name: 'Lotte Smit', profile: 'service manager' },
  noor: { name: 'Noor Yilmaz', profile: 'team coordinator' },
  karel: { name: 'Karel Bos', profile: 'line manager' },
} as const satisfies Record<string, { name: string; profile: Profile }>;

export type PersonKey = keyof typeof PEOPLE;

const CHOICES = {
  Customer: ['Sint Lucas Ziekenhuis', 'Gemeente Noordhaven', 'Havencollege'],
  Service: ['Ward network', 'Workplace', 'Telephony', 'Meeting rooms', 'Building and rooms'],
  'Solution team': ['Service desk', 'Network', 'Workplace', 'Applications', 'Facilities'],
} as const;

const CATEGORIES: Record<string, string[]> = {
  Network: ['no connection', 'slow'],
  Workplace: ['device', 'account', 'printing'],
  Telephony: ['no sound', 'new number'],
  Rooms: ['equipment', 'access'],
};

export interface World {
  url: string;
  admin: Visitor;
  people: Record<PersonKey, Visitor>;
  /** By the name people read: field id, and the ids of its options. */
  fields: ReadonlyMap<string, string>;
  workTypes: ReadonlyMap<string, string>;
}

const emailOf = (key: string): string => `${key}@noordhaven.example`;

interface SetupProgress {
  state: string;
  phase?: string;
  step?: number;
  of?: number;
  left?: string[];
  text?: string;
  writes?: number;
  failed?: { text: string };
}

/** Runs the app's setup as its page does, one short call after the other. Answers how many writes it made. */
export async function setUp(admin: Visitor, onStep: (line: string) => void = () => undefined): Promise<number> {
  const plan = await admin.invoke<{ state: string; hash: string; text?: string }>('usm-setup', 'setup.plan', TARGET);
  if (plan.state !== 'ok') throw new Error(`Setup could not plan: ${plan.text ?? plan.state}`);
  for (;;) {
    const progress = await admin.invoke<SetupProgress>('usm-setup', 'setup.step', { target: TARGET, hash: plan.hash });
    if (progress.state !== 'ok' || progress.phase === 'failed')
      throw new Error(`Setup stopped: ${progress.failed?.text ?? progress.text ?? progress.state}`);
    onStep(`${String(progress.step)} of ${String(progress.of)}  ${progress.left?.[0] ?? ''}`);
    if (progress.phase === 'done') return progress.writes ?? 0;
  }
}

async function people(url: string, admin: Visitor): Promise<Record<PersonKey, Visitor>> {
  const roles = await admin.ask<Record<string, string>>('GET', `/rest/api/3/project/${SPACE.key}/role`);
  const made = {} as Record<PersonKey, Visitor>;
  for (const [key, { name, profile }] of Object.entries(PEOPLE) as [PersonKey, { name: string; profile: Profile }][]) {
    const { accountId } = await admin.ask<{ accountId: string }>('POST', '/rest/api/3/user', {
      emailAddress: emailOf(key),
      displayName: name,
      products: ['jira-software'],
    });
    const role = new URL(roles[`USM ${profile}`] ?? '', url).pathname;
    await admin.ask('POST', role, { user: [accountId] });
    made[key] = new Visitor(url, emailOf(key), name);
  }
  return made;
}

async function choices(admin: Visitor, fields: ReadonlyMap<string, string>): Promise<void> {
  const contextOf = async (name: string): Promise<string> => {
    const id = fields.get(name);
    const { values } = await admin.ask<{ values: { id: string }[] }>('GET', `/rest/api/3/field/${String(id)}/context`);
    return `/rest/api/3/field/${String(id)}/context/${String(values[0]?.id)}/option`;
  };
  for (const [name, values] of Object.entries(CHOICES)) {
    await admin.ask('POST', await contextOf(name), { options: values.map((value) => ({ value })) });
  }
  const path = await contextOf('Category');
  const { options } = await admin.ask<{ options: { id: string; value: string }[] }>('POST', path, {
    options: Object.keys(CATEGORIES).map((value) => ({ value })),
  });
  const children = options.flatMap(({ id, value }) => (CATEGORIES[value] ?? []).map((child) => ({ value: child, optionId: id })));
  await admin.ask('POST', path, { options: children });
}

/** The site as a visitor finds it, once it is filled. */
export async function enter(url: string, adminEmail: string): Promise<World> {
  const admin = new Visitor(url, adminEmail, 'Site administrator');
  const fields = await admin.ask<{ id: string; name: string }[]>('GET', '/rest/api/3/field');
  const workTypes = await admin.ask<{ id: string; name: string }[]>('GET', '/rest/api/3/issuetype');
  return {
    url,
    admin,
    people: Object.fromEntries((Object.keys(PEOPLE) as PersonKey[]).map((key) => [key, new Visitor(url, emailOf(key), PEOPLE[key].name)])) as Record<
      PersonKey,
      Visitor
    >,
    fields: new Map(fields.map((one) => [one.name, one.id])),
    workTypes: new Map(workTypes.map((one) => [one.name, one.id])),
  };
}

/** From an empty site to one that people can work on. */
export async function makeWorld(url: string, adminEmail: string, onStep?: (line: string) => void): Promise<World> {
  const admin = new Visitor(url, adminEmail, 'Site administrator');
  await setUp(admin, onStep);
  await people(url, admin);
  const world = await enter(url, adminEmail);
  await choices(admin, world.fields);
  return world;
}
