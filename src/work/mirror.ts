/**
 * What the issue property `usm` says of a work item, so that JQL and boards find it: derived from the records, which stay the truth. Keys that are not
 * ours, or that nothing is known of here, stay as they are.
 */
import { isOpen, pathOf, stateByChild, STATUSES, workType, type HandoffState, type WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { agreementOf } from './agreed-records';
import { currentState, onPath, pathRootOf, pathType } from './facts';
import { type Edit, writeItem } from './jira';
import type { WorkItem } from './model';
import { chainOf, type Receipt, recordOf } from './receipts';

/** The closed panel shows no more. */
const LINE_LIMIT = 24;
const short = (text: string): string => (text.length <= LINE_LIMIT ? text : `${text.slice(0, LINE_LIMIT - 1).trimEnd()}…`);

/** Short words for the closed panel; the same for every viewer and not ageing. `answers`: how the hand-off stands that it was made for; `receipts`: what it asked for itself. */
export function lineOf(item: WorkItem, type: WorkTypeKey, answers: HandoffState | 'none', receipts: readonly Receipt[]): string {
  if (answers === 'asked') return 'Asked';
  if (answers === 'returned' || receipts.some((one) => one.state === 'returned')) return 'Returned';
  const waiting = receipts.find((one) => one.blocks && isOpen(one.state));
  if (waiting) return short(`Waits for ${waiting.team?.name ?? workType(waiting.type).name}`);
  const { path } = workType(type);
  const next = path[path.indexOf(item.status) + 1];
  return next ? `Next: ${STATUSES[next].name}` : STATUSES[item.status].name;
}

/** Of several hand-offs the one that says most about what has to happen now. */
const TELLING = ['returned', 'asked', 'accepted', 'failed', 'fulfilled'] as const satisfies readonly HandoffState[];

/** What is asked for and not made yet is asked, for whoever searches. */
const toldAs = (state: HandoffState): HandoffState => (state === 'prepared' ? 'asked' : state);

export interface Mirrored {
  v: 1;
  /** Of the whole chain; on its root only. */
  path?: string;
  /** Key of the work item the chain began with; on the others only. */
  root?: string;
  service?: string;
  /** Id of the agreement that it is done under. */
  agreement?: string;
  /** How the hand-off stands that this work item answers. */
  handoff: HandoffState | 'none';
  /** How that stands which it has handed over itself. */
  waits: HandoffState | 'none';
  fulfilment?: 'workflow' | 'process';
  line: string;
}

export interface MirrorSources {
  item: WorkItem;
  type: WorkTypeKey;
  /** Receipts of the whole chain. */
  chain: readonly Receipt[];
  operateHere: boolean;
  agreement?: string | undefined;
}

/** Keys that are ours and end with what they tell. */
const ENDING: readonly string[] = ['path', 'service', 'agreement', 'fulfilment'];

/** Pure. */
export function mirrored({ item, type, chain, operateHere, agreement }: MirrorSources): Mirrored {
  const answers = chain.find((one) => one.childId === item.id);
  const mine = chain.filter((one) => one.parentId === item.id && one.blocks).map((one) => ({ ...one, state: currentState(one, item) }));
  const rootId = pathRootOf(item.id, chain);
  const rootKey = rootId === item.id ? undefined : chain.find((one) => one.parentId === rootId)?.parentKey;
  const { service } = item.values;
  const handoff = answers ? stateByChild(answers.state, item.status) : 'none';
  return {
    v: 1,
    ...(rootId === item.id && { path: pathOf(type, onPath(rootId, chain).map(pathType), operateHere) }),
    ...(rootKey !== undefined && { root: rootKey }),
    ...(typeof service === 'string' && { service }),
    ...(agreement !== undefined && { agreement }),
    handoff,
    waits: TELLING.find((state) => mine.some((one) => toldAs(one.state) === state)) ?? 'none',
    ...((item.status === 'fulfilled' || item.status === 'closed') && { fulfilment: answers ? 'process' : 'workflow' }),
    line: lineOf(item, type, handoff, mine),
  };
}

/** The property as it becomes: what is there, with ours in it. */
export function merged(before: WorkItem['property'], ours: Mirrored, without: readonly string[] = []): Record<string, unknown> {
  const kept = Object.entries(before ?? {}).filter(([key]) => ![...ENDING, ...without].includes(key));
  return { ...Object.fromEntries(kept), ...ours };
}

const sorted = (value: Readonly<Record<string, unknown>>): string => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What the property becomes by the records; undefined where nothing is different. `item` was read with it; `without`: keys that are not its own. */
export async function newProperty(item: WorkItem, type: WorkTypeKey, without: readonly string[] = []): Promise<Record<string, unknown> | undefined> {
  const chain = await chainOf(item.id);
  const isRoot = pathRootOf(item.id, chain) === item.id;
  const operateHere = isRoot && (await recordOf(item.id)).operateHere;
  const agreement = (await agreementOf(item.id))?.agreement?.id;
  const next = merged(item.property, mirrored({ item, type, chain, operateHere, agreement }), without);
  return item.property && sorted(item.property) === sorted(next) ? undefined : next;
}

/** Brings the property of a work item in line with the records; `values`: fields that are written along. */
export async function mirror(
  item: WorkItem,
  type: WorkTypeKey,
  site: Installed,
  { without = [], values = {} }: { without?: readonly string[]; values?: Edit['values'] } = {},
): Promise<void> {
  await writeItem(item.key, { values, property: await newProperty(item, type, without) }, site);
}
