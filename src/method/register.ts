/** What the rules ask of the managed infrastructure register: V06, V07, V12, V21, V32, V36, V52, and when failures are a trend (A14). Pure. */
import { type FieldValues, filled, list, words } from './fields';

/** So many incidents on one item in so many days are a trend, for which a Preventive Action is proposed. */
export interface TrendRule {
  incidents: number;
  days: number;
}
/** Until a site says otherwise (usm-method 4.6, A14). */
export const TREND: TrendRule = { incidents: 3, days: 30 };

/** An item as a work item names it; `known` false: no item of the register has this key. */
export interface NamedItem {
  /** As Jira's field says it. */
  name: string;
  known: boolean;
  /** Retired or disposed: nobody chooses it any more (5.3 rule 10). */
  over: boolean;
  /** Something of it changes by a change alone: its class says so (1.4). */
  managed: boolean;
  /** What came of it, of an item to change or to add. */
  outcome?: 'updated' | 'noChange';
  /** It is said in detail what will change of it. */
  planned: boolean;
}

/** Another change that is to change an item as well, and is not done. */
export interface OtherWork {
  key: string;
  item: string;
  start?: number | undefined;
  end?: number | undefined;
}

/** A time in which nothing is to change. */
export interface FrozenTime {
  name: string;
  items: readonly string[];
}

/** Absent as a fact: not asked, or the register holds nothing yet; then Jira's fields are judged by themselves. */
export interface RegisterFact {
  /** By the name of Jira's field, each item that it names. */
  items: ReadonlyMap<string, NamedItem>;
  others: readonly OtherWork[];
  freezes: readonly FrozenTime[];
  /** What counts as too often on this site, and the items that failed so lately. */
  trend: TrendRule;
  failures: readonly { item: string; times: number }[];
}

interface Judged {
  met: boolean;
  says?: Record<string, string>;
  text?: string;
}

interface Asked {
  fields: FieldValues;
  register?: RegisterFact;
}

const names = (all: readonly string[]): string => (all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`);
const are = (all: readonly string[]): string => (all.length === 1 ? 'is' : 'are');

const itemsIn = ({ fields, register }: Asked, key: 'itemsToChange' | 'itemsToAdd'): NamedItem[] =>
  list(fields, key).map((name) => register?.items.get(name) ?? { name, known: false, over: false, managed: true, planned: false });

const called = (items: readonly NamedItem[]): string[] => items.map(({ name }) => name);

const notThere = (unknown: readonly string[]): string => `${names(unknown)} ${are(unknown)} not in the register.`;

/** What a work item would change of what is managed. A name that the register does not know loosens no rule. */
export interface Changing {
  items: readonly string[];
  /** Of them: not in the register. */
  unknown: readonly string[];
}

export function changing(asked: Asked): Changing {
  const items = list(asked.fields, 'itemsToChange');
  if (!asked.register) return { items, unknown: [] };
  const all = itemsIn(asked, 'itemsToChange');
  return { items: called(all.filter(({ known, managed }) => !known || managed)), unknown: called(all.filter(({ known }) => !known)) };
}

/** V06. */
export function judgeNothingManaged(asked: Asked): Judged {
  const { items, unknown } = changing(asked);
  if (items.length === 0) return { met: true };
  return unknown.length === items.length
    ? { met: false, text: `${notThere(unknown)} Correct the name. If it comes into the register, use a Request for Change.` }
    : { met: false, says: { MIC: names(items) } };
}

/** V07. */
export function judgeNamed(asked: Asked): Judged {
  const { fields, register } = asked;
  if (!register) return { met: filled(fields, 'itemsToChange') || filled(fields, 'itemsToAdd') };
  const [change, add] = [itemsIn(asked, 'itemsToChange'), itemsIn(asked, 'itemsToAdd')];
  const unknown = called(change.filter(({ known }) => !known));
  const over = called(change.filter((one) => one.over));
  const there = called(add.filter(({ known }) => known));
  const wrong = [
    ...(unknown.length > 0 ? [`${notThere(unknown)} Correct the name, or set it in Items to add if it is new.`] : []),
    ...(over.length > 0 ? [`${names(over)} ${are(over)} retired and cannot be chosen.`] : []),
    ...(there.length > 0 ? [`${names(there)} ${are(there)} in the register already. Set it in Items to change.`] : []),
  ];
  if (wrong.length > 0) return { met: false, text: wrong.join(' ') };
  const unmanaged = called(change.filter(({ managed }) => !managed));
  if (change.length > 0 && unmanaged.length === change.length && add.length === 0)
    return { met: false, text: `Nothing of ${names(unmanaged)} is managed. If nothing managed changes, use a Service Request.` };
  return { met: change.length + add.length > 0 };
}

const UPDATED = 'Updated';

/** Jira's own fields answer for all items at once, where somebody works without the panel. */
const saidForAll = (fields: FieldValues): 'updated' | 'noChange' | undefined => {
  const update = words(fields, 'registerUpdate');
  if (update === UPDATED) return 'updated';
  return update !== '' && filled(fields, 'registerReason') ? 'noChange' : undefined;
};

/** V12: of each item it is said what came of it; the word alone does not do for what was planned in detail, or was to come into the register. */
export function judgeUpdated(asked: Asked): Judged {
  const { fields, register } = asked;
  const said = saidForAll(fields);
  const all = [...list(fields, 'itemsToChange'), ...list(fields, 'itemsToAdd')];
  if (!register) return { met: all.length === 0 || said !== undefined, says: { MICs: names(all) } };
  const changed = (one: NamedItem): boolean => one.outcome !== undefined || said === 'noChange' || (said === 'updated' && one.known && !one.planned);
  const added = (one: NamedItem): boolean => one.known || one.outcome === 'noChange' || said === 'noChange';
  const left = [...itemsIn(asked, 'itemsToChange').filter((one) => !changed(one)), ...itemsIn(asked, 'itemsToAdd').filter((one) => !added(one))];
  return { met: left.length === 0, says: { MICs: names(called(left)) } };
}

const touches = (start: unknown, end: unknown, other: OtherWork): boolean =>
  typeof start === 'number' &&
  typeof end === 'number' &&
  other.start !== undefined &&
  other.end !== undefined &&
  start < other.end &&
  other.start < end;

/** V21. undefined: not asked, since the register holds nothing yet. */
export function judgeOverlap({ fields, register }: Asked): Judged | undefined {
  if (!register) return undefined;
  const [freeze] = register.freezes;
  if (freeze) return { met: false, text: `This falls into ${freeze.name} on ${names(freeze.items)}, when nothing is to change.` };
  const both = register.others.filter((other) => touches(fields.windowStart, fields.windowEnd, other));
  const of = (pick: (one: OtherWork) => string): string => names([...new Set(both.map(pick))]);
  return { met: both.length === 0, says: { keys: of(({ key }) => key), MIC: of(({ item }) => item) } };
}

/** Of V36: what came back too often. */
export const failedOften = ({ register }: Asked): string | undefined => {
  if (!register) return undefined;
  const [worst] = [...register.failures].sort((a, b) => b.times - a.times);
  return worst && `${worst.item} failed ${String(worst.times)} times in ${String(register.trend.days)} days, so the cause is still there.`;
};
