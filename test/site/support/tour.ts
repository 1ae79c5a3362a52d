/** A directed tour: whatever random walks have not met yet is gone to on purpose, by the shortest way. */
import { offered } from '../../model/machine';
import { OF_THE_PERSON, unmet } from '../../model/rules';
import { ended, type Status, type Transition, type Type, TYPES, WORKFLOWS } from '../../model/tables';
import type { Item, Value } from '../../model/things';
import { allTransitions, LONG_MS, people } from './sides';
import { missingRules, NO_FIELD, type Wanderer } from './wanderer';

const HANDS_OVER = (type: Type): boolean => WORKFLOWS[type].some((one) => one.fork);
/** Steps a tour takes from one status to the next; ends are no way to anywhere. */
const usable = (type: Type, one: Transition): boolean =>
  one.to !== 'Cancelled' &&
  one.to !== 'Waiting' &&
  one.origin === undefined &&
  one.name !== 'Work failed' &&
  one.name !== 'Accept risk' &&
  one.name !== 'Start standard change' &&
  (one.name !== 'Work returned' || HANDS_OVER(type));

/** The steps from one status to another, fewest first. */
function wayTo(type: Type, from: Status, to: Status): Transition[] | undefined {
  const ways = new Map<Status, Transition[]>([[from, []]]);
  for (const [status, way] of ways) {
    if (status === to) return way;
    for (const one of WORKFLOWS[type]) if (one.from.includes(status) && usable(type, one) && !ways.has(one.to)) ways.set(one.to, [...way, one]);
  }
  return undefined;
}

/** What has to be wrong for a rule to refuse, where leaving fields empty is not enough. */
const SPOILT: Record<string, Record<string, Value | null>> = {
  V02: { Service: null },
  V04: { Category: null },
  V06: { 'Items to change': ['PC-12'] },
  V07: { 'Items to change': null, 'Items to add': null },
  V27: { 'When it happened': 'It is happening now' },
  V40: { Service: null },
  V49: { Observed: null },
  V53: { Source: null },
  V12: { 'Register updated': null },
  V14: { Evaluation: null },
  V20: { Plan: null },
  V30: { 'Change category': 'Emergency', Plan: null },
  V36: { Workaround: 'Yes', 'Why no Preventive Action': null },
  V42: { 'Value achieved': null, 'Why not measurable': null },
  V52: { 'Items to change': ['PC-12'] },
  V54: { 'Remaining effect': 'High', 'Remaining likelihood': 'High' },
};

export class Tour {
  constructor(private readonly wanderer: Wanderer) {}

  private get sides() {
    return this.wanderer.sides;
  }

  /** Somebody who may takes the step, with all it asks. The first try may be there to be refused. */
  private async take(item: Item, transition: Transition): Promise<boolean> {
    const wrong = new Set<string>();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const person = people.find((one) => !wrong.has(one.key) && offered(item, one).includes(transition));
      if (!person) return false;
      const refused = await this.wanderer.take({ item, person, transition });
      if (refused.length === 0) return true;
      // Nothing that is filled in helps; somebody else may.
      if (attempt > 0 && refused.every((id) => OF_THE_PERSON.includes(id))) wrong.add(person.key);
      if (refused.some((id) => NO_FIELD.has(id))) return false;
    }
    return false;
  }

  private open = (item: Item): Item[] => item.handoffs.flatMap(({ blocks, child }) => (blocks && !ended(child.status) ? [child] : []));

  async goTo(item: Item, to: Status): Promise<boolean> {
    for (let steps = 0; item.status !== to && steps < 25; steps += 1) {
      if (item.status === 'Waiting') {
        const back = WORKFLOWS[item.type].find((one) => one.origin !== undefined && one.origin === item.origin);
        if (!back || !(await this.take(item, back))) return false;
        continue;
      }
      const [next] = wayTo(item.type, item.status, to) ?? [];
      if (!next) return false;
      if (next.name === 'Work returned' && this.open(item).length > 0) {
        for (const child of this.open(item)) if (!(await this.goTo(child, 'Fulfilled'))) return false;
        continue;
      }
      // Nothing came back in this round: the dialog asks for more.
      if (next.name === 'Work returned') {
        const person = people.find((one) => offered({ ...item, status: forkFrom(item.type) }, one).some(({ fork }) => fork));
        if (!person) return false;
        await this.sides.handOver(item, person, this.wanderer.askFor(item));
        continue;
      }
      if (!(await this.take(item, next))) return false;
    }
    return item.status === to;
  }

  private length(item: Item, goal: Transition): number {
    const from = goal.origin ?? goal.from[0] ?? 'Registered';
    const way = item.status === 'Waiting' ? [] : wayTo(item.type, item.status, from);
    const ends = goal.to === 'Cancelled' || goal.to === 'Closed' ? 20 : 0;
    return way ? way.length * (way.some((one) => one.name === 'Work returned') ? 3 : 1) + ends : 1_000;
  }

  private async reach(item: Item, goal: Transition): Promise<void> {
    const { type } = item;
    const pause = WORKFLOWS[type].find((one) => one.name === 'Pause');
    const from = goal.origin ?? goal.from.find((one) => wayTo(type, item.status, one)?.length === 0) ?? goal.from[0];
    if (!from || !(await this.goTo(item, from))) return;
    if (goal.name === 'Work returned' || goal.name === 'Work failed') {
      if (this.open(item).length === 0) {
        const person = people.find((one) => offered({ ...item, status: forkFrom(type) }, one).some(({ fork }) => fork));
        if (person) await this.sides.handOver(item, person, this.wanderer.askFor(item));
      }
      if (goal.name === 'Work returned') await this.goTo(item, 'Reviewing');
      else
        for (const child of this.open(item)) {
          const end = WORKFLOWS[child.type].find((one) => one.name === 'Withdraw');
          if (end && item.status === 'Realising') await this.take(child, end);
        }
      return;
    }
    // Nothing may be open: that is so after Reopen, before more is asked for.
    if (goal.name === 'Roll back' && this.open(item).length > 0 && !((await this.goTo(item, 'Fulfilled')) && (await this.goTo(item, from)))) return;
    if (goal.origin !== undefined && pause && !(await this.take(item, pause))) return;
    await this.take(item, goal);
  }

  /** Every transition that was not taken yet, as far as `enough` allows. */
  async transitions(enough: () => boolean): Promise<void> {
    const { taken } = this.sides.coverage;
    for (const type of TYPES) {
      const left = (): Transition[] =>
        WORKFLOWS[type].filter((one) => allTransitions().includes(`${type}: ${one.name}`) && !taken.has(`${type}: ${one.name}`));
      for (let tries = 0; left().length > 0 && tries < 15 && !enough(); tries += 1) {
        const item = await this.wanderer.begin(type);
        const tried = new Set<Transition>();
        for (let goals = 0; goals < 40 && !isOver(item) && !enough(); goals += 1) {
          const [goal] = left()
            .filter((one) => !tried.has(one))
            .sort((a, b) => this.length(item, a) - this.length(item, b));
          if (!goal || this.length(item, goal) >= 1_000) break;
          tried.add(goal);
          await this.reach(item, goal);
        }
        await this.sides.paths();
      }
    }
  }

  /** Every refusal that was not met yet. */
  async refusals(): Promise<void> {
    for (const rule of missingRules(this.sides)) {
      const type = TYPES.find((one) => WORKFLOWS[one].some(({ rules }) => rules.includes(rule)));
      const goal = type && WORKFLOWS[type].find(({ rules }) => rules.includes(rule));
      if (!type || !goal) continue;
      const item = await this.wanderer.begin(type);
      const [from] = goal.from;
      if (!from || !(await this.goTo(item, from)) || this.sides.coverage.refused.has(rule)) continue;
      const may = people.filter((one) => offered(item, one).includes(goal));
      const person = (OF_THE_PERSON.includes(rule) && may.find((one) => unmet(this.sides.caseOf(item, goal, one)).includes(rule))) || may[0];
      if (!person) continue;
      if (rule === 'V39') await this.sides.fillIn(item, person, new Map([['People it is about', [person.key]]]));
      await this.sides.fillIn(item, person, new Map(Object.entries(SPOILT[rule] ?? {})));
      if (rule === 'V33') this.sides.pass(LONG_MS);
      await this.sides.step(item, person, goal, new Map());
    }
  }
}

const isOver = (item: Item): boolean => item.status === 'Closed' || item.status === 'Cancelled';
const forkFrom = (type: Type): Status => WORKFLOWS[type].find((one) => one.fork)?.from[0] ?? 'Registered';
