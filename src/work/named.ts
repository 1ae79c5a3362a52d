/** The items that a work item names: what the register says of them, for the rules, and the register told of what the work item names. */
import type { TieRole } from '../contract';
import { type FieldKey, type FieldValues, isJudged, list, type RegisterFact, type RuleId, type Transition, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import type { Question } from '../platform/sql';
import * as register from '../register/service';
import { reportedAt } from './agreed';
import type { WorkItem } from './model';

/** Jira's fields that name items. */
export const NAMING: Readonly<Record<TieRole, FieldKey>> = { concerned: 'itemsConcerned', toChange: 'itemsToChange', toAdd: 'itemsToAdd' };
const FIELDS_NAMING = Object.values(NAMING);

/** What else of a work item its ties say, or has to be answered by it. */
export const TOLD: readonly FieldKey[] = [...FIELDS_NAMING, 'windowStart', 'windowEnd', 'registerUpdate', 'reportTime'];

/** Rules that look at the register; only they cost a read of it, and only where something is named. */
const LOOK_AT_REGISTER: readonly RuleId[] = ['V06', 'V07', 'V12', 'V21', 'V32', 'V36', 'V52'];

export const namesIn = (values: FieldValues): string[] => [...new Set(FIELDS_NAMING.flatMap((key) => list(values, key)))];

/** undefined: no rule of these steps asks the register. */
export function registerQuestion(id: string, values: FieldValues, transitions: readonly Pick<Transition, 'rules'>[]): Question | undefined {
  const names = namesIn(values);
  const asked = transitions.some(({ rules }) => rules.some((rule) => LOOK_AT_REGISTER.includes(rule) && isJudged(rule)));
  return asked && names.length > 0 ? register.knownQuestion({ workId: id, names, since: register.trendSince(now()) }) : undefined;
}

/** A window is looked at before a plan is agreed alone. */
const asksWindow = (transitions: readonly Pick<Transition, 'rules'>[]): boolean => transitions.some(({ rules }) => rules.includes('V21'));

export function registerFrom(
  known: register.Known,
  values: FieldValues,
  transitions: readonly Pick<Transition, 'rules'>[],
): Promise<RegisterFact | undefined> {
  const window = { start: moment(values.windowStart), end: moment(values.windowEnd) };
  const names = [...list(values, NAMING.toChange), ...list(values, NAMING.toAdd)];
  return register.factFrom(known, namesIn(values), asksWindow(transitions) ? { names, window } : undefined);
}

/** What judging these steps has to know of it, read by itself. */
export async function readRegister(
  { id, values }: Pick<WorkItem, 'id' | 'values'>,
  transitions: readonly Pick<Transition, 'rules'>[],
): Promise<RegisterFact | undefined> {
  if (!registerQuestion(id, values, transitions)) return undefined;
  const known = await register.readKnown({ workId: id, names: namesIn(values), since: register.trendSince(now()) });
  return registerFrom(known, values, transitions);
}

const moment = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** How new this reading is. */
const heardOf = ({ changes, created }: Pick<WorkItem, 'changes' | 'created'>): string => {
  const last = changes.at(-1);
  return last ? register.heardOf(last.at, last.id) : register.heardOf(created);
};

/** Whether it names an item, or ever has. */
const concerns = ({ values, changes }: WorkItem): boolean =>
  namesIn(values).length > 0 || changes.some(({ fields }) => fields.some((key) => FIELDS_NAMING.includes(key)));

type Read = Pick<WorkItem, 'id' | 'key' | 'status' | 'values' | 'created'>;

/** What a work item tells the register. */
export const namingOf = ({ id, key, status, values, created }: Read, type: WorkTypeKey, heard: string): register.Naming => ({
  work: { id, key },
  type,
  status,
  reportedAt: reportedAt({ values, created }),
  window: { start: moment(values.windowStart), end: moment(values.windowEnd) },
  names: {
    concerned: list(values, NAMING.concerned),
    toChange: list(values, NAMING.toChange),
    toAdd: list(values, NAMING.toAdd),
  },
  heard,
});

/** Whoever has read a work item tells the register; it costs Jira nothing. */
export async function tellRegister(item: WorkItem, type: WorkTypeKey): Promise<void> {
  if (concerns(item)) await register.sync(namingOf(item, type, heardOf(item)));
}

/** A change of what the register follows has to be read: it has begun, and nobody has told it of this change or a later one. */
export const hasToTell = async (itemId: string, changeId: string | undefined): Promise<boolean> =>
  (await register.holdsItems()) && (changeId === undefined || !(await register.hasHeard(itemId, changeId)));

/** As a search found it. */
export const tellSearched = (read: Read, type: WorkTypeKey, updated: number): Promise<void> =>
  register.sync(namingOf(read, type, register.heardOf(updated)));

/** Those of them that the register knows something of. */
export const tiedAmong = (ids: readonly string[]): Promise<ReadonlySet<string>> => register.tiedAmong(ids);

export const forgetNames = (itemId: string): Promise<void> => register.forgetWork(itemId);
