/** People at work while everything fails that can fail. Nobody knows beforehand what the site will say; what must hold is asked afterwards. */
import { setTimeout as pause } from 'node:timers/promises';
import { fieldsOf } from '../../../sandbox/demo/acts';
import { Refused, type Visitor } from '../../../sandbox/demo/client';
import { SPACE, type World } from '../../../sandbox/demo/world';
import type { FaultsInput } from '../../../sandbox/hosting/faults';
import { asksOf, judgedIn } from '../../model/rules';
import { blockingFrom, isImprove, type Status, type Transition, type Type, TYPES, WORKFLOWS } from '../../model/tables';
import type { Case, Item, Person, Value } from '../../model/things';
import type { FreshSite } from '../../scenarios/site';
import { CALLED, people } from './sides';
import { type Dice, hasField, START, valueFor } from './wanderer';

interface Looked {
  key: string;
  fields: Record<string, unknown> & {
    status: { name: Status };
    issuetype: { name: Type };
    reporter: { accountId: string } | null;
    issuelinks: { outwardIssue?: { key: string } }[];
  };
}

/** What can go wrong, each with a name for the table. `after` and `issue-changed` are the app's ears; `resolver` its dialog. */
const FAULTS: Record<string, (dice: Dice) => FaultsInput> = {
  'news lost': (dice) => ({
    functions: ['after', 'issue-changed'].map((name) => ({
      match: { function: name },
      end: 'kill' as const,
      times: 5 + Math.floor(dice.next() * 15),
    })),
  }),
  'killed between two writes': (dice) => ({
    functions: ['after', 'issue-changed', 'resolver', 'due'].map((name) => ({
      match: { function: name },
      killAfterRequests: 1 + Math.floor(dice.next() * 9),
      performed: dice.chance(0.5),
      times: 4,
    })),
  }),
  'the gate dies': () => ({ functions: [{ match: { function: 'gate' }, end: 'kill', atRequest: 1, times: 3 }] }),
  'SQL is down': () => ({ sql: [{ answer: { code: 'UNKNOWN_ERROR' }, times: 25 }] }),
  'SQL loses answers': () => ({ sql: [{ match: { statement: '^(INSERT|UPDATE)' }, answer: { lostAfter: true }, times: 4 }] }),
  'Jira answers 429': () => ({ rules: [{ answer: { rateLimit: 'jira-burst-based', retryAfter: 0 }, times: 20 }] }),
  'Jira answers 503': () => ({ rules: [{ answer: { status: 503 }, times: 12 }] }),
  'Jira loses answers': () => ({ rules: [{ match: { method: 'POST' }, answer: { lostAfter: true }, times: 4 }] }),
};

export interface Told {
  steps: number;
  taken: number;
  refused: number;
  failed: number;
  created: number;
  deleted: number;
  atOnce: number;
  dialogs: number;
  faults: Map<string, number>;
}

const forkOf = (type: Type): Transition | undefined => WORKFLOWS[type].find((one) => one.fork);
const ENDS = new Set(['Cancelled', 'Waiting', 'Closed']);

export class Chaos {
  /** Keys of all that people made or met; the deleted ones are gone. */
  readonly keys = new Set<string>();
  readonly deleted = new Set<string>();
  readonly told: Told = { steps: 0, taken: 0, refused: 0, failed: 0, created: 0, deleted: 0, atOnce: 0, dialogs: 0, faults: new Map() };
  private readonly ids = new Map<string, string>();
  private readonly accounts = new Map<string, Person>();
  private readonly active: { keys: string[]; left: number }[] = [];
  private team = '';
  private words = 0;
  private untilFault = 10;

  constructor(
    private readonly fresh: FreshSite,
    private readonly world: World,
    private readonly dice: Dice,
  ) {}

  private visitor = (person: Person): Visitor => this.world.people[person.key as keyof World['people']];

  async begin(): Promise<void> {
    for (const person of people) {
      const { accountId } = await this.visitor(person).ask<{ accountId: string }>('GET', '/rest/api/3/myself');
      this.accounts.set(accountId, person);
    }
  }

  private value(name: string): Value {
    this.words += 1;
    return valueFor(name, this.words, this.dice, this.dice.chance(0.9));
  }

  private inJira(values: ReadonlyMap<string, Value>): Record<string, unknown> {
    return Object.assign(
      {},
      ...[...values].map(([name, value]) =>
        name === 'Review date' && value instanceof Date
          ? { [this.world.fields.get(name) ?? name]: value.toISOString().slice(0, 10) }
          : fieldsOf(this.world, { [name]: value }),
      ),
    ) as Record<string, unknown>;
  }

  private async create(): Promise<{ keys: string[]; left: number }> {
    const { dice } = this;
    const type = dice.one(TYPES);
    const values = new Map<string, Value>(
      START.filter(
        (name) =>
          hasField({ type } as Item, name) &&
          name !== 'People it is about' &&
          (name !== 'Items to change' || type === 'Request for Change' || dice.chance(0.2)),
      ).map((name) => [name, this.value(name)]),
    );
    const { key } = await this.visitor(dice.one(people)).ask<{ key: string }>('POST', '/rest/api/3/issue', {
      fields: { project: { key: SPACE.key }, issuetype: { id: this.world.workTypes.get(type) }, summary: `Chaos ${type}`, ...this.inJira(values) },
    });
    this.keys.add(key);
    this.told.created += 1;
    return { keys: [key], left: 60 + Math.floor(dice.next() * 60) };
  }

  private async look(key: string): Promise<Looked | undefined> {
    const { status, body } = await this.world.admin.send('GET', `/rest/api/3/issue/${key}`);
    return status === 200 ? (body as Looked) : undefined;
  }

  /** Somebody else's worries begin or end. */
  private worry(): void {
    this.untilFault -= 1;
    if (this.untilFault > 0) return;
    const { dice } = this;
    const calm = dice.chance(0.4);
    this.untilFault = 5 + Math.floor(dice.next() * 20);
    if (calm) return this.fresh.site.faults.set({});
    const name = dice.one(Object.keys(FAULTS));
    this.told.faults.set(name, (this.told.faults.get(name) ?? 0) + 1);
    this.fresh.site.faults.set(FAULTS[name]?.(dice) ?? {});
  }

  /** One act of somebody, somewhere. */
  async act(): Promise<void> {
    const { dice, told } = this;
    told.steps += 1;
    this.worry();
    this.fresh.site.clock.advance(500 + Math.floor(dice.next() * 4_000));
    if (this.active.length < 8) this.active.push(await this.create());
    const family = dice.one(this.active);
    family.left -= 1;
    if (family.left <= 0) this.active.splice(this.active.indexOf(family), 1);
    const seen = await this.pick(family.keys);
    if (!seen) {
      this.active.splice(this.active.indexOf(family), 1);
      return;
    }
    const { key } = seen;
    for (const { outwardIssue } of seen.fields.issuelinks) {
      if (!outwardIssue || family.keys.includes(outwardIssue.key)) continue;
      family.keys.push(outwardIssue.key);
      this.keys.add(outwardIssue.key);
    }
    if (family.keys.indexOf(key) > 0 && dice.chance(0.01)) return this.remove(key, family.keys);
    await this.move(seen);
  }

  /** A work item of the family on which something can be done; whoever only waits for others is seldom looked at. */
  private async pick(keys: readonly string[]): Promise<Looked | undefined> {
    let found: Looked | undefined;
    for (const key of [...keys].reverse()) {
      const seen = await this.look(key);
      if (!seen || seen.fields.status.name === 'Closed' || seen.fields.status.name === 'Cancelled') continue;
      found ??= seen;
      const waits = seen.fields.status.name === 'Realising' && blockingFrom(seen.fields.issuetype.name).length > 0;
      if (!waits && this.dice.chance(0.7)) return seen;
    }
    return found;
  }

  private async remove(key: string, family: string[]): Promise<void> {
    await this.world.admin.ask('DELETE', `/rest/api/3/issue/${key}`);
    family.splice(family.indexOf(key), 1);
    this.deleted.add(key);
    this.told.deleted += 1;
  }

  private personFor(seen: Looked, transition: Transition): Person | undefined {
    const { dice } = this;
    const field = (name: string): Person | undefined =>
      this.accounts.get((seen.fields[this.world.fields.get(name) ?? ''] as { accountId: string } | null | undefined)?.accountId ?? '');
    const of = (...profiles: string[]): Person => dice.one(people.filter((one) => profiles.includes(one.profile)));
    switch (transition.who[0]) {
      case 'asked':
        return field('Asked by');
      case 'REQ':
        return field('Asked by') ?? this.accounts.get(seen.fields.reporter?.accountId ?? '');
      case 'CO':
        return of('coordinator');
      case 'SM':
        return of('service manager');
      case 'OP':
        return of('operator');
      case 'PM':
        return of('process manager');
      case 'approver':
      case 'acceptor':
        return of('process manager', 'coordinator');
      default:
        return of('coordinator');
    }
  }

  private choose({ fields }: Looked): Transition | undefined {
    const type = fields.issuetype.name;
    const status = fields.status.name;
    const ways = WORKFLOWS[type].filter((one) => one.from.includes(status) && one.name !== 'Work failed');
    if (ways.length === 0) return undefined;
    return this.dice.weighted(
      ways.map((what) => {
        const ends = ENDS.has(what.to) || what.name === 'Accept risk' || what.name.startsWith('Reopen') || what.name.startsWith('Rework');
        return { what, weight: ends ? 0.04 : what.name === 'Work returned' || what.name === 'Roll back' ? 0.1 : 3 };
      }),
    );
  }

  private async move(seen: Looked): Promise<void> {
    const { dice, told } = this;
    const type = seen.fields.issuetype.name;
    const fork = forkOf(type);
    const status = seen.fields.status.name;
    if (fork && ((fork.from.includes(status) && dice.chance(0.5)) || (status === 'Realising' && dice.chance(0.1)))) return this.dialog(seen, fork);
    if (status === 'Waiting') return this.resume(seen.key);
    const transition = this.choose(seen);
    const person = transition && this.personFor(seen, transition);
    if (!transition || !person) return;
    const way = await this.wayOf(seen, person, transition);
    if (!way) return;
    const given = await this.prepare(seen, person, transition, way.screen);
    const fields = this.inJira(given);
    const post = (who: Person) =>
      this.visitor(who).send('POST', `/rest/api/3/issue/${seen.key}/transitions`, { transition: { id: way.id }, ...(given.size > 0 && { fields }) });
    const atOnce = dice.chance(0.05);
    if (atOnce) told.atOnce += 1;
    const answers = await Promise.all(atOnce ? [post(person), post(this.personFor(seen, transition) ?? person)] : [post(person)]);
    for (const answer of answers) {
      if (answer.status === 204) told.taken += 1;
      else if (answer.status < 500) told.refused += 1;
      else throw new Error(`${transition.name} on ${seen.key}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    }
  }

  /** Records what the step asks; answers what its screen asks. At times all of it is forgotten. */
  private async prepare(seen: Looked, person: Person, transition: Transition, screen: readonly string[]): Promise<Map<string, Value>> {
    const type = seen.fields.issuetype.name;
    const asks = asksOf({ item: { type } } as Case, judgedIn(transition)).filter((ask) => !ask.startsWith('-'));
    const given = new Map<string, Value>();
    const set = new Map<string, Value>();
    for (const ask of this.dice.chance(0.1) ? [] : asks) {
      if (ask === 'Assignee' || (ask === 'Hand over to' && blockingFrom(type).length === 0)) continue;
      (screen.includes(ask) ? given : set).set(ask, ask === 'Hand over to' ? this.target(seen) : this.value(ask));
    }
    if (asks.includes('Assignee')) {
      const { accountId } = await this.visitor(person).ask<{ accountId: string }>('GET', '/rest/api/3/myself');
      await this.world.admin.send('PUT', `/rest/api/3/issue/${seen.key}`, { fields: { assignee: { accountId } } });
    }
    if (set.size > 0) await this.visitor(person).send('PUT', `/rest/api/3/issue/${seen.key}`, { fields: this.inJira(set) });
    return given;
  }

  /** Back to where it came from; of all ways Jira offers the one. */
  private async resume(key: string): Promise<void> {
    const { amira } = this.world.people;
    const { transitions } = await amira.ask<{ transitions: { id: string; name: string }[] }>('GET', `/rest/api/3/issue/${key}/transitions`);
    const back = transitions.find((one) => one.name.startsWith('Resume'));
    const answer = back && (await amira.send('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: back.id } }));
    if (answer?.status === 204) this.told.taken += 1;
    else this.told.refused += 1;
  }

  private target({ fields }: Looked): Value {
    const allowed = blockingFrom(fields.issuetype.name);
    const touches = JSON.stringify(fields[this.world.fields.get('What it touches') ?? ''] ?? '');
    const items = fields[this.world.fields.get('Items to change') ?? ''];
    if (isImprove(fields.issuetype.name) && touches.includes('Agreement')) return ['Wish'];
    if (Array.isArray(items) && items.length > 0 && allowed.includes('Request for Change')) return ['Request for Change'];
    return [isImprove(fields.issuetype.name) ? 'Service Request' : this.dice.one(allowed)];
  }

  private async wayOf(seen: Looked, person: Person, transition: Transition): Promise<{ id: string; screen: readonly string[] } | undefined> {
    const at = `${seen.fields.issuetype.name}: ${transition.name} ${transition.to} ${String(transition.who[0])}`;
    const screens = this.screens.get(at);
    const id = this.ids.get(at);
    if (id !== undefined && screens) return { id, screen: screens };
    const { transitions } = await this.visitor(person).ask<{
      transitions: { id: string; name: string; to: { name: string }; fields?: Record<string, { name: string }> }[];
    }>('GET', `/rest/api/3/issue/${seen.key}/transitions?expand=transitions.fields`);
    const found = transitions.find((one) => one.name === transition.name && one.to.name === transition.to);
    if (!found) return undefined;
    const screen = Object.values(found.fields ?? {}).map((one) => one.name);
    this.ids.set(at, found.id);
    this.screens.set(at, screen);
    return { id: found.id, screen };
  }
  private readonly screens = new Map<string, readonly string[]>();

  /** By the dialog, sometimes two people at once with the same form; faults come back in words. */
  private async dialog(seen: Looked, fork: Transition): Promise<void> {
    const { dice, told } = this;
    const person = this.personFor(seen, fork);
    const [type] = this.target(seen) as Type[];
    if (!person || !type) return;
    told.dialogs += 1;
    const facts = asksOf({ item: { type: seen.fields.issuetype.name } } as Case, judgedIn(fork)).filter(
      (ask) => !ask.startsWith('-') && ask !== 'Hand over to',
    );
    if (facts.length > 0)
      await this.visitor(person).send('PUT', `/rest/api/3/issue/${seen.key}`, {
        fields: this.inJira(new Map(facts.map((one) => [one, this.value(one)]))),
      });
    const once = async (who: Person): Promise<void> => {
      try {
        const { version = 0 } = await this.visitor(who).invoke<{ version?: number }>('usm-hand-over', 'work.handOverForm', {}, seen.key);
        const asks = [{ type: CALLED[type], team: await this.aTeam(seen.key), what: `Do it ${String(this.words)}.` }];
        const { state } = await this.visitor(who).invoke<{ state: string }>('usm-hand-over', 'work.handOver', { asks, version }, seen.key);
        if (state === 'done') told.taken += 1;
        else if (state === 'error') told.failed += 1;
        else told.refused += 1;
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        // The function was killed: the person sees an error and may try again.
        told.failed += 1;
      }
    };
    const atOnce = dice.chance(0.15);
    if (atOnce) told.atOnce += 1;
    await Promise.all(atOnce ? [once(person), once(this.personFor(seen, fork) ?? person)] : [once(person)]);
  }

  private async aTeam(key: string): Promise<string> {
    if (this.team === '') {
      const { fields } = await this.world.admin.ask<{ fields: Record<string, { allowedValues?: { id: string }[] }> }>(
        'GET',
        `/rest/api/3/issue/${key}/editmeta`,
      );
      this.team = fields[this.world.fields.get('Solution team') ?? '']?.allowedValues?.[0]?.id ?? '';
    }
    return this.team;
  }

  /** Faults off, the clock on: round after round until nothing changes any more. Answers how many rounds it took. */
  async untilQuiet(most: number, state: () => Promise<string>): Promise<number> {
    this.fresh.site.faults.set({});
    let before = '';
    let same = 0;
    for (let round = 1; round <= most; round += 1) {
      this.fresh.site.clock.advance(300_000);
      await this.settled();
      const now = await state();
      same = now === before ? same + 1 : 0;
      before = now;
      if (same === 4) return round;
    }
    throw new Error(`not quiet after ${String(most)} rounds`);
  }

  async aDayLater(): Promise<void> {
    this.fresh.site.clock.advance(25 * 3_600_000);
    await this.settled();
  }

  /** Everything on its way arrives, and what it leads to. */
  private async settled(): Promise<void> {
    const idle = { reached: false };
    const waiting = this.fresh.site.idle().then(() => void (idle.reached = true));
    for (let turns = 0; turns < 3_000; turns += 1) {
      await pause(5);
      if (idle.reached) return waiting;
      this.fresh.site.clock.advance(1_000);
    }
    throw new Error('work is still on its way');
  }
}
