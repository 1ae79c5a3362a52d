/** Somebody who tries things on both sides: at random, but drawn to what was not seen yet. */
import { offered } from '../../model/machine';
import { asksOf, JUDGED, unmet } from '../../model/rules';
import { blockingFrom, isImprove, type Transition, type Type, TYPES, WORKFLOWS } from '../../model/tables';
import type { Item, Person, Value } from '../../model/things';
import { LONG_MS, people, type Sides } from './sides';

/** A die that falls the same way for the same seed. */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  one<T>(all: readonly T[]): T {
    const found = all[Math.floor(this.next() * all.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  weighted<T>(all: readonly { weight: number; what: T }[]): T {
    let left = this.next() * all.reduce((sum, { weight }) => sum + weight, 0);
    for (const { weight, what } of all) if ((left -= weight) <= 0) return what;
    return this.one(all).what;
  }
}

const LATER = new Date('2030-01-07T12:00:00.000Z');
/** The first of each is enough for every rule. */
const CHOICES: Record<string, readonly Value[]> = {
  Customer: ['Havencollege', 'Sint Lucas Ziekenhuis'],
  Service: ['Workplace', 'Telephony'],
  Category: [
    ['Workplace', 'device'],
    ['Network', 'slow'],
  ],
  Impact: ['Medium', 'High', 'Low', 'Nil'],
  Urgency: ['High', 'Medium', 'Low'],
  Effect: ['High', 'Medium', 'Low', 'Nil'],
  Likelihood: ['High', 'Medium', 'Low'],
  'Solution team': ['Network', 'Workplace'],
  'Recovery route': ['Change', 'Operate', 'Change and operate'],
  Workaround: ['No', 'Yes'],
  'Change category': ['Normal', 'Standard', 'Significant', 'Emergency'],
  'Register updated': ['Updated', 'No change after all'],
  'Test result': ['All passed', 'Accepted with deviations'],
  'When it happened': ['In the past', 'In the past', 'It is happening now'],
  Finding: ['Founded', 'Partly founded', 'Unfounded'],
  Source: ['Trend', 'Idea'],
  'What it touches': [['Technology'], ['People', 'Process'], ['Agreement']],
  'Kind of cause': ['Technology', 'Process'],
  'Remaining effect': ['Low', 'High', 'Medium', 'Nil'],
  'Remaining likelihood': ['High', 'Medium', 'Low'],
  Reason: ['Other', 'No longer needed'],
  'Waiting for': ['Customer', 'Supplier', 'Date'],
  'Reclassify as': TYPES,
  'Confirmed how': ['By phone', 'By mail', 'In person'],
  'Items to change': [['PC-12'], ['PC-12', 'SW-3']],
  'Items to add': [['AP-1']],
  Evaluation: [
    ['Handled properly', 'Recorded well enough', 'No lesson', 'No candidate for a standard', 'Nothing to improve elsewhere'],
    ['Handled properly', 'Recorded well enough', 'A lesson', 'No candidate for a standard', 'Nothing to improve elsewhere'],
    ['Handled properly', 'Not handled properly', 'No lesson'],
  ],
  'Window start': [LATER],
  'Window end': [new Date(LATER.getTime() + 3_600_000), new Date(LATER.getTime() + 7_200_000), new Date(LATER.getTime() - 3_600_000)],
  'Planned for': [LATER],
};
const MOMENTS = ['Waiting until', 'Confirmed at', 'Ready by'];
const NUMBERS = ['Value today', 'Target value', 'Value achieved'];
/** Steps that end a work item early or lead beside the way: taken seldom once they have been seen. */
const ENDS = new Set(['Reclassify', 'Decline', 'Withdraw', 'No agreement', 'Accept risk']);
const BESIDE = new Set(['Pause', 'Roll back', 'Reopen', 'Test failed', 'Revise offer', 'Back to investigation', 'Escalate dispute', 'Rework']);

/** Rules that nothing a person fills in can meet. */
export const NO_FIELD = new Set(['V09', 'V33', 'V34']);

export type Way = { item: Item; person: Person; transition: Transition };

const hasField = (item: Item, name: string): boolean => {
  if (name === 'Items to add') return item.type === 'Request for Change';
  if (name === 'Items to change') return item.type !== 'Wish' && item.type !== 'Complaint';
  if (name === 'Observed' || name === 'Agreed') return item.type === 'Incident';
  if (name === 'Impact' || name === 'Urgency') return item.type !== 'Preventive Action';
  if (name === 'Effect' || name === 'Likelihood') return item.type === 'Preventive Action';
  if (name === 'When it happened') return item.type === 'Complaint';
  if (name === 'Source' || name === 'What it touches') return isImprove(item.type);
  return true;
};
const START = [
  'Customer',
  'Service',
  'Category',
  'Impact',
  'Urgency',
  'Effect',
  'Likelihood',
  'Items to change',
  'Observed',
  'Agreed',
  'When it happened',
  'Source',
  'What it touches',
];
/** Facts that somebody may record at any time. */
const FACTS = ['Items to change', 'Impact', 'Urgency', 'Effect', 'Likelihood', 'Category', 'Evaluation', 'Service', 'What it touches'];

export class Wanderer {
  private words = 0;
  /** Everybody knows the right answer, and gives it. */
  sure = false;

  constructor(
    readonly sides: Sides,
    readonly dice: Dice,
  ) {}

  value(name: string): Value {
    const choices = CHOICES[name];
    if (choices) return this.sure && choices[0] !== undefined ? choices[0] : this.dice.one(choices);
    // Within the year that an accepted risk may last.
    if (name === 'Review date') return new Date(this.sides.now() + 180 * 86_400_000);
    this.words += 1;
    if (MOMENTS.includes(name)) return new Date(LATER.getTime() + this.words * 60_000);
    if (NUMBERS.includes(name)) return this.words;
    return `Word ${String(this.words)}.`;
  }

  /** Anything may be handed over to, forbidden ones at times. */
  askFor(item: Item): Type[] {
    const { dice } = this;
    const allowed = blockingFrom(item.type);
    const touches = item.fields.get('What it touches');
    const needed: Type | undefined =
      isImprove(item.type) && Array.isArray(touches) && touches.includes('Agreement')
        ? 'Wish'
        : item.fields.has('Items to change') && allowed.includes('Request for Change')
          ? 'Request for Change'
          : isImprove(item.type)
            ? 'Service Request'
            : undefined;
    if (this.sure) return [needed ?? allowed[allowed.length - 1] ?? 'Service Request'];
    const main = needed !== undefined && dice.chance(0.85) ? needed : dice.one(allowed);
    const beside = item.type === 'Complaint' && dice.chance(0.3) ? [dice.one(TYPES.filter(isImprove))] : [];
    const second = dice.chance(0.25) ? [dice.one(allowed)] : [];
    return [...new Set([main, ...second, ...beside])];
  }

  async begin(type: Type): Promise<Item> {
    const { dice, sides } = this;
    sides.begin();
    const forget = !this.sure && dice.chance(0.4) ? 0.3 : 0;
    const person = dice.one(people.filter(({ profile }) => profile === 'customer' || dice.chance(0.1)));
    const item = { type } as Item;
    const rarely = (name: string): number => (name === 'Items to change' && type !== 'Request for Change' ? (this.sure ? 1 : 0.7) : forget);
    const values = new Map<string, Value>(
      START.filter((name) => hasField(item, name) && !dice.chance(rarely(name))).map((name) => [name, this.value(name)]),
    );
    return sides.create(type, person, values);
  }

  /** One act of somebody, anywhere in the chain. False when nothing is left to do. */
  async act(): Promise<boolean> {
    const { dice, sides } = this;
    const items = [...sides.items.values()];
    if (dice.chance(0.05)) {
      await this.illegal(dice.one(items));
      return true;
    }
    const person = dice.one(people);
    const open = items.filter(({ status }) => status !== 'Closed' && status !== 'Cancelled');
    if (open.length === 0) return false;
    if (dice.chance(0.05)) {
      const item = dice.one(open);
      const name = dice.one(FACTS.filter((one) => hasField(item, one)));
      await sides.fillIn(item, person, new Map([[name, name === 'Items to change' && dice.chance(0.5) ? null : this.value(name)]]));
      return true;
    }
    if (await this.dialog(open)) return true;
    const way = this.choose(open);
    if (!way) return false;
    if (way.transition.name.startsWith('Reopen') && (sides.coverage.refused.get('V33') ?? 0) === 0 && !way.item.parent) sides.pass(LONG_MS);
    if (dice.chance(0.25)) await sides.offers(dice.one(items), person);
    await this.take(way);
    return true;
  }

  private async illegal(item: Item): Promise<void> {
    const person = this.dice.one(people);
    const may = offered(item, person).map((one) => one.name);
    const others = WORKFLOWS[item.type].filter((one) => !may.includes(one.name));
    if (others.length > 0) await this.sides.illegal(item, person, this.dice.one(others));
  }

  private async dialog(open: readonly Item[]): Promise<boolean> {
    const { dice, sides } = this;
    const item = dice.one(open);
    const fork = WORKFLOWS[item.type].find((one) => one.fork);
    if (!fork || !dice.chance(0.25)) return false;
    if (item.status !== 'Realising' && !fork.from.includes(item.status)) return false;
    const may = people.filter((person) => offered({ ...item, status: fork.from[0] ?? item.status }, person).some((one) => one.name === fork.name));
    const person = dice.chance(0.8) ? dice.one(may) : dice.one(people);
    await sides.handOver(
      item,
      person,
      this.askFor(item).filter((type) => blockingFrom(item.type).includes(type)),
    );
    return true;
  }

  /** Everything anybody is offered here; what was not seen yet draws most. */
  private choose(open: readonly Item[]): Way | undefined {
    const { taken, refused } = this.sides.coverage;
    const ways = open.flatMap((item) => people.flatMap((person) => offered(item, person).map((transition) => ({ item, person, transition }))));
    if (ways.length === 0) return undefined;
    return this.dice.weighted(
      ways.map((what) => {
        const { item, transition } = what;
        const { name } = transition;
        const seen = taken.has(`${item.type}: ${name}`);
        const news = unmet(this.sides.caseOf(item, transition, what.person)).some((id) => !refused.has(id));
        const asked = item.handoffs.some(({ blocks, child }) => blocks && !['Fulfilled', 'Closed', 'Cancelled'].includes(child.status));
        const usual = ENDS.has(name)
          ? 0.05
          : name.startsWith('Resume')
            ? 3
            : [...BESIDE].some((one) => name.startsWith(one))
              ? 0.4
              : name === 'Close'
                ? 1
                : 5;
        const drawn = seen ? usual : ENDS.has(name) || name === 'Close' ? 3 : 15;
        return { weight: (drawn + (news ? 10 : 0)) * (asked ? 0.3 : 1), what };
      }),
    );
  }

  /** Takes a step; answers the rules that refused. */
  async take({ item, person, transition }: Way): Promise<string[]> {
    const { dice, sides } = this;
    const screen = await sides.screenOf(item, person, transition);
    const first = unmet(sides.caseOf(item, transition, person));
    const news = first.some((id) => !sides.coverage.refused.has(id));
    const forgetful = news ? this.sure || dice.chance(0.9) : !this.sure && dice.chance(0.15);
    const given = new Map<string, Value>();
    if (!forgetful) await this.prepare({ item, person, transition }, screen, given);
    else if (!this.sure)
      for (const name of screen)
        if (dice.chance(0.3) && !['Reclassify as', 'Hand over to', 'Ready by', 'Review date'].includes(name)) given.set(name, this.value(name));
    return (await sides.step(item, person, transition, given)).refused;
  }

  /** Fills in what the step asks, on its screen where it has one. What is chosen by chance may still be wrong. */
  private async prepare({ item, person, transition }: Way, screen: readonly string[], given: Map<string, Value>): Promise<void> {
    const { dice, sides } = this;
    const set = new Map<string, Value | null>();
    const put = (name: string, value: Value): void => void (screen.includes(name) ? given : set).set(name, value);
    for (let round = 0; round < 2; round += 1) {
      const missing = unmet(sides.caseOf(item, transition, person, given)).filter((id) => !NO_FIELD.has(id));
      if (missing.length === 0) break;
      const asks = asksOf(sides.caseOf(item, transition, person, given), missing);
      for (const ask of asks) {
        if (ask.startsWith('-')) {
          if (this.sure || dice.chance(0.5)) set.set(ask.slice(1), null);
        } else if (ask === 'Assignee') await sides.assign(item, dice.one(people.filter(({ profile }) => profile === 'operator')));
        else if (ask === 'Hand over to') {
          if (blockingFrom(item.type).length === 0) continue;
          put('Hand over to', this.askFor(item));
          put('What is asked', 'Please do this. It works.');
          if (screen.includes('Solution team')) given.set('Solution team', this.value('Solution team'));
        } else if (ask === 'Reclassify as') put(ask, dice.one(TYPES.filter((type) => !this.sure || type !== item.type)));
        else put(ask, this.value(ask));
      }
      await sides.fillIn(item, person, set);
      set.clear();
    }
    if (screen.includes('Reason') && !given.has('Reason') && dice.chance(0.5)) given.set('Reason', this.value('Reason'));
  }
}

/** Rules that were not refused yet, transitions that were not taken yet. */
export const missingRules = (sides: Sides): string[] => JUDGED.filter((id) => !sides.coverage.refused.has(id));
