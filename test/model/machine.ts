/** One site in memory: work items, who may do what with them, and what becomes of them. Time and people come from outside. */
import { unmet } from './rules';
import { besidesFrom, blockingFrom, ended, isImprove, type Actor, type Status, type Transition, type Type, TYPES, WORKFLOWS } from './tables';
import type { Case, Item, Person, Value } from './things';

const PROFILES: Partial<Record<Actor, readonly string[]>> = {
  CO: ['coordinator'],
  SM: ['service manager'],
  PM: ['process manager'],
  OP: ['operator'],
  approver: ['coordinator', 'process manager'],
  acceptor: ['coordinator', 'operator', 'process manager'],
};

const isActor = (actor: Actor, person: Person, item: Item): boolean => {
  if (actor === 'asked') return item.askedBy === person.key;
  if (actor === 'REQ') return item.askedBy === person.key || item.reporter === person.key;
  return PROFILES[actor]?.includes(person.profile) === true;
};

export const mayTake = (item: Item, person: Person, transition: Transition): boolean =>
  transition.from.includes(item.status) &&
  (transition.origin === undefined || item.origin === transition.origin) &&
  transition.who.some((actor) => isActor(actor, person, item));

export const offered = (item: Item, person: Person): Transition[] => WORKFLOWS[item.type].filter((one) => mayTake(item, person, one));

/** Who may hand over from here: by the step, or in Realising for more. */
export const forkOf = (type: Type): Transition | undefined => WORKFLOWS[type].find((one) => one.fork);
export const mayAskMore = (item: Item, person: Person): boolean => {
  const fork = forkOf(item.type);
  return fork !== undefined && item.status === 'Realising' && fork.who.some((actor) => isActor(actor, person, item));
};

export function newItem(name: string, type: Type, reporter: string, fields: Map<string, Value>): Item {
  return {
    name,
    type,
    status: 'Registered',
    resolution: undefined,
    fields,
    fresh: new Set(),
    origin: undefined,
    assignee: undefined,
    reporter,
    askedBy: undefined,
    requester: undefined,
    linked: [],
    handoffs: [],
    parent: undefined,
    fulfilledAt: 0,
    operateHere: false,
    took: new Map(),
  };
}

const sameValue = (a: Value | undefined, b: Value | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const isEmpty = (value: Value | null | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Somebody fills in or empties fields. What stays the same is no news. */
export function edit(item: Item, values: ReadonlyMap<string, Value | null>): void {
  for (const [name, value] of values) {
    const next = isEmpty(value) ? undefined : (value as Value);
    if (sameValue(item.fields.get(name), next)) continue;
    item.fresh.add(name);
    if (next === undefined) item.fields.delete(name);
    else item.fields.set(name, next);
  }
}

const askedIn = (fields: ReadonlyMap<string, Value>, fresh: ReadonlySet<string>): Type[] => {
  const value = fields.get('Hand over to');
  return fresh.has('Hand over to') && Array.isArray(value) ? TYPES.filter((type) => (value as string[]).includes(type)) : [];
};

/** `dialog`: asked for in the app's own dialog, not by the field. */
export function caseOf(
  item: Item,
  transition: Transition,
  person: Person,
  given: ReadonlyMap<string, Value>,
  world: Pick<Case, 'now' | 'reopenUntil'>,
  dialog: readonly Type[] = [],
): Case {
  const fields = new Map([...item.fields, ...given]);
  const fresh = new Set([...item.fresh, ...given.keys()]);
  return { item, transition, person, fields, fresh, given: new Set(given.keys()), asked: [...dialog, ...askedIn(fields, fresh)], ...world };
}

/** What the next process is asked for: in the order of the matrix, blocking first. */
export interface Asked {
  type: Type;
  blocks: boolean;
}
export const childrenOf = (from: Type, asked: readonly Type[]): Asked[] =>
  asked.flatMap((type): Asked[] => {
    if (blockingFrom(from).includes(type)) return [{ type, blocks: true }];
    return besidesFrom(from).includes(type) ? [{ type, blocks: false }] : [];
  });

function enter(item: Item, to: Status): void {
  if (to === 'Realising' && item.status !== 'Waiting') for (const one of item.handoffs) one.earlier = ended(one.child.status);
  // A step that stays where it is enters nothing.
  if (to === item.status) return;
  item.origin = to === 'Waiting' ? item.status : undefined;
  item.status = to;
  item.fresh = new Set();
}

export interface Outcome {
  refused: string[];
  /** What is made besides: hand-offs in their order, then what a reclassified call really is. */
  makes: (Asked & { reclassified: boolean })[];
}

/** Takes the step, or is refused by rules. */
export function take(one: Case): Outcome {
  const refused = unmet(one);
  if (refused.length > 0) return { refused, makes: [] };
  const { item, transition, person } = one;
  for (const [name, value] of one.fields) item.fields.set(name, value);
  item.took.set(transition.name, person.key);
  enter(item, transition.to);
  if (transition.resolution !== undefined) item.resolution = transition.resolution ?? undefined;
  if (transition.to === 'Fulfilled') item.fulfilledAt = one.now;
  if (transition.name === 'Accept') item.askedBy ??= item.requester ?? item.reporter;
  if (transition.name === 'Fix on the spot') item.operateHere = true;
  if (transition.origin !== undefined) for (const name of ['Waiting for', 'Waiting until']) item.fields.delete(name);
  // A confirmation belongs to one delivery.
  if (/^Re(work|open)/.test(transition.name)) for (const name of ['Confirmed how', 'Confirmed at', 'Words of confirmation']) item.fields.delete(name);
  // Results of the last test do not count for this one.
  if (transition.name === 'Offer for test') for (const name of ['Test result', 'Why deviations are accepted']) item.fields.delete(name);
  const makes: Outcome['makes'] = [];
  if (transition.fork) {
    makes.push(...childrenOf(item.type, one.asked).map((each) => ({ ...each, reclassified: false })));
    for (const name of ['Hand over to', 'What is asked', 'Ready by']) item.fields.delete(name);
  }
  if (transition.name === 'Reclassify') {
    const to = TYPES.find((type) => type === one.fields.get('Reclassify as'));
    if (to) makes.push({ type: to, blocks: false, reclassified: true });
  }
  return { refused, makes };
}

/** T11 and T12, up the chain; answers the steps the app takes, by work item. Call it once all children of the step are known. */
export function settle(item: Item): { item: Item; name: string }[] {
  const moved: { item: Item; name: string }[] = [];
  const below = item.handoffs.filter((one) => one.blocks);
  for (const one of below) if (!ended(one.child.status)) one.earlier = false;
  const round = below.filter((one) => !one.earlier);
  if (item.status === 'Realising' && round.length > 0) {
    const failed = WORKFLOWS[item.type].find((one) => one.name === 'Work failed');
    if (failed && round.some(({ child }) => child.status === 'Cancelled')) {
      enter(item, failed.to);
      moved.push({ item, name: 'Work failed' });
    } else if (round.every(({ child }) => ended(child.status))) {
      enter(item, 'Reviewing');
      moved.push({ item, name: 'Work returned' });
    }
  }
  return item.parent?.blocks ? [...moved, ...settle(item.parent.parent)] : moved;
}

const rootOf = (item: Item): Item => (item.parent?.blocks ? rootOf(item.parent.parent) : item);

/** Hand-offs that were really made: what failed, and what was handed over below it, is not on the way. */
const below = (item: Item): Type[] =>
  item.handoffs.filter((one) => one.blocks && one.child.status !== 'Cancelled').flatMap(({ child }) => [child.type, ...below(child)]);

/** The method's own workflow (3.2): root process and furthest fork. */
export function pathOf(item: Item): string {
  const root = rootOf(item);
  const any = (type: Type): boolean => below(root).includes(type);
  if (root.type === 'Wish') return 'W1';
  if (root.type === 'Request for Change') return 'W2';
  if (root.type === 'Service Request') return 'W5';
  if (root.type === 'Complaint') return any('Wish') ? 'W1' : 'W1-answer';
  if (isImprove(root.type)) return any('Wish') ? 'W6' : any('Request for Change') ? 'W7' : any('Service Request') ? 'W8' : 'open';
  if (any('Request for Change')) return 'W3';
  return any('Service Request') || root.operateHere ? 'W4' : 'open';
}
