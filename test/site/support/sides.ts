/** The site and the model of the method side by side: every act is done on both, and what they then say is compared. */
import { isDeepStrictEqual } from 'node:util';
import { fieldsOf, idle, waysFor } from '../../../sandbox/demo/acts';
import type { Answer } from '../../../sandbox/demo/client';
import { PEOPLE, SPACE, type PersonKey, type World } from '../../../sandbox/demo/world';
import { caseOf, childrenOf, edit, forkOf, newItem, offered, type Outcome, pathOf, settle, take } from '../../model/machine';
import { unmet } from '../../model/rules';
import { type Transition, type Type, TYPES, WORKFLOWS } from '../../model/tables';
import type { Item, Person, Value } from '../../model/things';
import type { FreshSite } from '../../scenarios/site';

export const people: readonly (Person & { key: PersonKey })[] = (Object.keys(PEOPLE) as PersonKey[]).map((key) => ({
  key,
  profile: PEOPLE[key].profile,
}));

/** Model and site disagree. */
export class Difference extends Error {}

/** Work types as the app's own calls name them. */
export const CALLED: Record<Type, string> = {
  Wish: 'wish',
  'Request for Change': 'rfc',
  Incident: 'incident',
  'Service Request': 'serviceRequest',
  Complaint: 'complaint',
  Improvement: 'improvement',
  'Preventive Action': 'preventiveAction',
  Optimization: 'optimization',
};

interface LinkSeen {
  type: { name: string };
  outwardIssue?: { id: string; key: string; fields: { issuetype: { name: string } } };
}
interface Seen {
  id: string;
  key: string;
  fields: Record<string, unknown> & { status: { name: string }; resolution: { name: string } | null; issuelinks: LinkSeen[] };
}

const HANDS_OVER = 'USM hand-off';
const RECLASSIFIED = 'USM reclassification';
const BESIDES = 'USM follow-up';

/** Taken over by the asked side, so that nobody types twice. */
const INHERITED = ['Customer', 'Service', 'Category', 'Impact', 'Urgency'];

/** An answer of Jira as the model knows values. */
function valueOf(raw: unknown): Value | undefined {
  if (raw === null || raw === undefined || raw === '') return undefined;
  if (typeof raw === 'number') return raw;
  if (typeof raw === 'string') return /^\d{4}-\d\d-\d\d/.test(raw) ? new Date(raw) : raw;
  if (Array.isArray(raw))
    return raw.length === 0 ? undefined : raw.map((one) => (typeof one === 'string' ? one : String((one as { value?: string }).value)));
  const chosen = raw as { value?: string; child?: { value: string } };
  if (chosen.value === undefined) return JSON.stringify(raw);
  return chosen.child ? [chosen.value, chosen.child.value] : chosen.value;
}

const givenToJira = (world: World, values: ReadonlyMap<string, Value | null>, accounts: ReadonlyMap<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    [...values].flatMap(([name, value]) => {
      if (name === 'Review date' && value instanceof Date) return [[world.fields.get(name) ?? name, value.toISOString().slice(0, 10)]];
      if (name === 'People it is about' && Array.isArray(value))
        return [[world.fields.get(name) ?? name, (value as string[]).map((key) => ({ accountId: accounts.get(key) ?? '' }))]];
      if (value !== null) return Object.entries(fieldsOf(world, { [name]: value }));
      return [[world.fields.get(name) ?? name, null]];
    }),
  );

/** By the gate with a reference, by an expression without. */
const SAID = /\(USM ([V\d, ]+)(?:\. Reference|\))/g;
const WAITING_RULE = 'Say who we are waiting for and until when.';

/** Ids of the rules that refused, as the refusal names them; undefined when it names none. */
export function refusedBy({ body }: Answer): string[] | undefined {
  const text = JSON.stringify(body ?? '');
  const said = [...text.matchAll(SAID)].flatMap((one) => one[1]?.split(', ') ?? []);
  const all = [...new Set([...(text.includes(WAITING_RULE) ? ['V16'] : []), ...said])];
  return all.length > 0 ? all.sort() : undefined;
}

export interface Coverage {
  /** `type: transition` -> how often it was taken. */
  taken: Map<string, number>;
  refused: Map<string, number>;
  steps: number;
  notOffered: number;
  made: number;
}
export const noCoverage = (): Coverage => ({ taken: new Map(), refused: new Map(), steps: 0, notOffered: 0, made: 0 });
const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

/** Long enough after which nothing is reopened any more (five working days). */
export const LONG_MS = 15 * 86_400_000;
const WINDOW_MS = 10 * 86_400_000;
const TICK_MS = 1_000;

export class Sides {
  /** Everything of this walk, by its key on the site. */
  items = new Map<string, Item>();
  trail: string[] = [];
  private readonly ids = new Map<string, string>();
  private readonly screens = new Map<string, readonly string[]>();
  private readonly names: ReadonlyMap<string, string>;
  private teams: Promise<string> | undefined;
  private readonly accounts = new Map<string, string>();

  constructor(
    private readonly fresh: FreshSite,
    readonly world: World,
    readonly coverage: Coverage,
  ) {
    this.names = new Map([...world.fields].map(([name, id]) => [id, name]));
  }

  now(): number {
    return this.fresh.site.clock.now().getTime();
  }

  private at = () => ({ now: this.now(), reopenUntil: (item: Item): number => item.fulfilledAt + WINDOW_MS });

  caseOf = (item: Item, transition: Transition, person: Person, given: ReadonlyMap<string, Value> = new Map()) =>
    caseOf(item, transition, person, given, this.at());

  pass(ms: number): void {
    this.fresh.site.clock.advance(ms);
  }

  begin(): void {
    this.items = new Map();
    this.trail = [];
  }

  fail(what: string, model: unknown, site: unknown): never {
    throw new Difference(`${what}\n  model: ${JSON.stringify(model)}\n  site:  ${JSON.stringify(site)}\nThe walk:\n  ${this.trail.join('\n  ')}`);
  }

  private agree(what: string, model: unknown, site: unknown): void {
    if (!isDeepStrictEqual(model, site)) this.fail(what, model, site);
  }

  private visitor(person: Person) {
    return this.world.people[person.key as PersonKey];
  }

  async create(type: Type, person: Person, values: ReadonlyMap<string, Value>): Promise<Item> {
    for (const one of this.accounts.size === 0 ? people : []) {
      this.accounts.set(one.key, (await this.visitor(one).ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId);
    }
    const { key } = await this.visitor(person).ask<{ key: string }>('POST', '/rest/api/3/issue', {
      fields: {
        project: { key: SPACE.key },
        issuetype: { id: this.world.workTypes.get(type) },
        summary: `Walk of ${type}`,
        ...givenToJira(this.world, values, this.accounts),
      },
    });
    this.trail.push(`${person.key} creates ${type} ${key} with ${[...values].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}`);
    const item = newItem(key, type, person.key, new Map(values));
    this.items.set(key, item);
    return item;
  }

  async fillIn(item: Item, person: Person, values: ReadonlyMap<string, Value | null>): Promise<void> {
    if (values.size === 0) return;
    this.pass(TICK_MS);
    this.trail.push(`${person.key} fills in ${item.name}: ${[...values].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}`);
    await this.visitor(person).ask('PUT', `/rest/api/3/issue/${item.name}`, { fields: givenToJira(this.world, values, this.accounts) });
    edit(item, values);
  }

  async assign(item: Item, person: Person): Promise<void> {
    this.pass(TICK_MS);
    this.trail.push(`${item.name} is assigned to ${person.key}`);
    const { accountId } = await this.visitor(person).ask<{ accountId: string }>('GET', '/rest/api/3/myself');
    await this.world.admin.ask('PUT', `/rest/api/3/issue/${item.name}`, { fields: { assignee: { accountId } } });
    item.assignee = person.key;
  }

  /** Names of the fields on the transition's screen. */
  async screenOf(item: Item, person: Person, { name, to }: Transition): Promise<readonly string[]> {
    const at = `${item.type}: ${name}`;
    const known = this.screens.get(at);
    if (known) return known;
    const { transitions } = await this.visitor(person).ask<{
      transitions: { name: string; to: { name: string }; fields?: Record<string, { name: string }> }[];
    }>('GET', `/rest/api/3/issue/${item.name}/transitions?expand=transitions.fields`);
    const found = transitions.find((one) => one.name === name && one.to.name === to);
    if (!found) this.fail(`${name} on ${item.name} for ${person.key}`, 'offered', 'not offered');
    const fields = Object.values(found.fields ?? {}).map((one) => one.name);
    this.screens.set(at, fields);
    return fields;
  }

  /** What a person is offered, on both sides. Answers the ids of it. */
  async offers(item: Item, person: Person): Promise<Map<string, string>> {
    const ways = await waysFor(this.visitor(person), item.name);
    const names = (all: readonly { name: string }[]): string[] => all.map((one) => one.name).sort();
    this.agree(`${item.name} (${item.type}, ${item.status}) offers ${person.key} (${person.profile})`, names(offered(item, person)), names(ways));
    for (const way of ways) this.ids.set(`${item.type}: ${way.name}`, way.id);
    return new Map(ways.map((one) => [one.name, one.id]));
  }

  async step(item: Item, person: Person, transition: Transition, given: ReadonlyMap<string, Value>): Promise<Outcome> {
    const { coverage } = this;
    this.pass(TICK_MS);
    const told = `${person.key} takes ${transition.name} on ${item.name} (${item.status})${[...given].map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join(',')}`;
    const id = (await this.offers(item, person)).get(transition.name);
    if (id === undefined) this.fail(told, 'offered', 'not offered');
    const fields = givenToJira(this.world, given, this.accounts);
    const answer = await this.visitor(person).send('POST', `/rest/api/3/issue/${item.name}/transitions`, {
      transition: { id },
      ...(Object.keys(fields).length > 0 && { fields }),
    });
    const outcome = take(this.caseOf(item, transition, person, given));
    this.trail.push(`${told}: ${outcome.refused.join(' ') || 'done'}`);
    coverage.steps += 1;
    this.agree(told, [...outcome.refused].sort(), answer.status === 204 ? [] : (refusedBy(answer) ?? JSON.stringify(answer)));
    for (const rule of outcome.refused) count(coverage.refused, rule);
    if (outcome.refused.length === 0) count(coverage.taken, `${item.type}: ${transition.name}`);
    await this.follow(item, outcome, person);
    return outcome;
  }

  /** A step this person is not offered, asked for by its id all the same: refused, and nothing changes. */
  async illegal(item: Item, person: Person, transition: Transition): Promise<void> {
    const id = this.ids.get(`${item.type}: ${transition.name}`);
    if (id === undefined) return;
    const answer = await this.visitor(person).send('POST', `/rest/api/3/issue/${item.name}/transitions`, { transition: { id } });
    this.trail.push(`${person.key} asks for ${transition.name} on ${item.name} (${item.status}) unoffered`);
    this.coverage.steps += 1;
    this.coverage.notOffered += 1;
    this.agree(`${transition.name} on ${item.name} unoffered to ${person.key}`, 400, answer.status);
    await this.compare();
  }

  /** The app's own dialog, by its own call. */
  async handOver(item: Item, person: Person, asked: readonly Type[]): Promise<void> {
    this.pass(TICK_MS);
    const fork = forkOf(item.type);
    if (!fork) return;
    const team = await (this.teams ??= this.aTeam(item));
    const { version = 0 } = await this.visitor(person).invoke<{ version?: number }>('usm-hand-over', 'work.handOverForm', {}, item.name);
    const asks = asked.map((type) => ({ type: CALLED[type], team, what: `Please do this as ${type}.` }));
    const answer = await this.visitor(person).invoke<{ state: string; text?: string }>(
      'usm-hand-over',
      'work.handOver',
      { asks, version },
      item.name,
    );
    const more = item.status === 'Realising';
    const one = caseOf(item, fork, person, new Map(), this.at(), asked);
    const may = more ? fork.who.some(() => mayFork(item, person, fork)) : offered(item, person).includes(fork);
    const refused = may && !more ? unmet(one) : [];
    const told = `${person.key} hands ${item.name} (${item.type}, ${item.status}) over to ${asked.join(' and ')} in the dialog`;
    this.trail.push(`${told}: ${answer.state} ${answer.text ?? ''}`);
    this.coverage.steps += 1;
    this.agree(told, may && refused.length === 0, answer.state === 'done');
    if (refused.length > 0) this.agree(`${told}, refused`, [...refused].sort(), refusedBy({ status: 400, body: answer.text }) ?? answer.text);
    if (!may || refused.length > 0) {
      for (const rule of refused) count(this.coverage.refused, rule);
      return this.compare();
    }
    if (more)
      return this.follow(item, { refused: [], makes: childrenOf(item.type, asked).map((child) => ({ ...child, reclassified: false })) }, person);
    const outcome = take(one);
    count(this.coverage.taken, `${item.type}: ${fork.name}`);
    return this.follow(item, outcome, person);
  }

  private async aTeam(item: Item): Promise<string> {
    const { fields } = await this.world.admin.ask<{ fields: Record<string, { allowedValues?: { id: string; value: string }[] }> }>(
      'GET',
      `/rest/api/3/issue/${item.name}/editmeta`,
    );
    return fields[this.world.fields.get('Solution team') ?? '']?.allowedValues?.[0]?.id ?? '';
  }

  private async look(keys: readonly string[], fields = ['status', 'resolution', 'issuelinks']): Promise<Map<string, Seen>> {
    const { issues } = await this.world.admin.ask<{ issues: Seen[] }>('POST', '/rest/api/3/issue/bulkfetch', {
      issueIdsOrKeys: keys,
      fields,
    });
    return new Map(issues.map((one) => [one.key, one]));
  }

  /** Everything that follows the step has happened; its children are met, and both sides say the same. */
  private async follow(item: Item, { makes }: Outcome, person: Person): Promise<void> {
    await idle(this.world);
    if (makes.length > 0) await this.meet(item, makes, person);
    for (const { item: moved, name } of settle(item)) {
      this.trail.push(`the app takes ${name} on ${moved.name}`);
      count(this.coverage.taken, `${moved.type}: ${name}`);
    }
    await this.compare();
  }

  private async meet(item: Item, makes: Outcome['makes'], person: Person): Promise<void> {
    const seen = (await this.look([item.name])).get(item.name);
    const verb = ({ blocks, reclassified }: Outcome['makes'][number]): string => (reclassified ? RECLASSIFIED : blocks ? HANDS_OVER : BESIDES);
    const found = (seen?.fields.issuelinks ?? []).flatMap(({ type, outwardIssue }) =>
      outwardIssue && !this.items.has(outwardIssue.key) ? [{ link: type.name, key: outwardIssue.key, type: outwardIssue.fields.issuetype.name }] : [],
    );
    const told = (all: { link: string; type: string }[]): string[] => all.map(({ link, type }) => `${link} ${type}`).sort();
    this.agree(`${item.name} makes`, told(makes.map((one) => ({ link: verb(one), type: one.type }))), told(found));
    const details = await this.look(
      found.map((one) => one.key),
      ['*all'],
    );
    for (const make of makes) {
      const at = found.findIndex((one) => one.link === verb(make) && one.type === make.type);
      const [met] = found.splice(at, 1);
      const detail = met && details.get(met.key);
      if (!met || !detail) throw new Error(`${item.name}: what it made is gone`);
      this.join(item, make, met.key, this.valuesOf(detail), person);
      this.coverage.made += 1;
    }
  }

  private valuesOf({ fields }: Seen): Map<string, Value> {
    return new Map(
      Object.entries(fields).flatMap(([id, raw]): [string, Value][] => {
        const name = this.names.get(id);
        const value = id.startsWith('customfield_') ? valueOf(raw) : undefined;
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    );
  }

  private join(item: Item, { type, blocks, reclassified }: Outcome['makes'][number], key: string, values: Map<string, Value>, person: Person): void {
    const child = newItem(key, type, reclassified ? item.reporter : person.key, values);
    child.askedBy = reclassified ? (item.askedBy ?? item.requester ?? item.reporter) : person.key;
    this.items.set(key, child);
    this.trail.push(`${item.name} makes ${type} ${key}`);
    for (const name of INHERITED) {
      const own = item.fields.get(name);
      if (own !== undefined && (type !== 'Preventive Action' || (name !== 'Impact' && name !== 'Urgency'))) {
        this.agree(`${key} takes over ${name}`, own, values.get(name));
      }
    }
    item.linked.push(type);
    child.linked.push(item.type);
    if (reclassified) return;
    const handoff = { parent: item, child, blocks, earlier: false };
    item.handoffs.push(handoff);
    child.parent = blocks ? handoff : undefined;
  }

  /** Status, resolution and children of every work item of the walk. */
  private async compare(): Promise<void> {
    const seen = await this.look([...this.items.keys()]);
    const model = [...this.items.values()].map((one) => ({
      key: one.name,
      status: one.status,
      resolution: one.resolution ?? null,
      children: one.handoffs
        .filter(({ blocks }) => blocks)
        .map(({ child }) => child.name)
        .sort(),
    }));
    const site = [...this.items.keys()].map((key) => {
      const fields = seen.get(key)?.fields;
      const children = (fields?.issuelinks ?? []).flatMap((one) => (one.type.name === HANDS_OVER ? (one.outwardIssue?.key ?? []) : []));
      return { key, status: fields?.status.name, resolution: fields?.resolution?.name ?? null, children: children.sort() };
    });
    this.agree('status, resolution and children', model, site);
  }

  /** Path code of every work item, and that nothing is left to do for the app. */
  async paths(): Promise<void> {
    for (const item of this.items.values()) {
      const panel = await this.world.people.karel.invoke<{ state: string; path?: { code: string }; may?: { retry: boolean } }>(
        'usm-process',
        'work.process',
        {},
        item.name,
      );
      this.agree(`path of ${item.name}, and nothing to try again`, [pathOf(item), false], [panel.path?.code, panel.may?.retry]);
    }
  }
}

const mayFork = (item: Item, person: Person, fork: Transition): boolean =>
  offered({ ...item, status: fork.from[0] ?? item.status }, person).some((one) => one.name === fork.name);

/** What can never be taken, and why. */
export const NEVER = new Map([
  ['Service Request: Work returned', 'A Service Request hands nothing over (4.5), so nothing comes back.'],
  ['Service Request: Work failed', 'Neither can it fail.'],
]);

export const allTransitions = (): string[] =>
  TYPES.flatMap((type) => [...new Set(WORKFLOWS[type].map((one) => `${type}: ${one.name}`))]).filter((one) => !NEVER.has(one));
