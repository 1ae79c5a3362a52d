/** The tab "USM history": the work item with its changelog is read as the person first, which is the permission check; then the ledger, and names. */
import { bulkFetchIssues, getIssue } from 'jira.js/cloud';
import { z } from 'zod';
import {
  ANOMALIES,
  HANDOFF_EVENTS,
  HISTORY_FILTERS,
  type HistoryFilter,
  type HistoryLine,
  type Person,
  type Trouble,
  type WorkHistory,
} from '../contract';
import { jira, JiraError } from '../jira/client';
import { RULES, WORKFLOWS, workType } from '../method';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { attachments } from './deeds/proof';
import { type GroupEvent, groupEvents, linkHistory } from './history-groups';
import { historyOf, type HistoryPlace, type HistoryRow } from './ledger';
import { anomalyText } from './ledger-status';
import { instant, typeWithId } from './model';
import { namesOf } from './people';

const LINES_A_PAGE = 30;
/** A step that let rules pass is in the changelog within this time, and a clock may be a little behind. */
const STEP_WITHIN_MS = 120_000;
const CLOCKS_MS = 2_000;

const subject = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    issuetype: z.object({ id: z.string(), name: z.string() }),
    created: instant,
    reporter: z.object({ accountId: z.string() }).nullish(),
    creator: z.object({ accountId: z.string() }).nullish(),
    attachment: attachments,
  }),
  changelog: z.object({ histories: z.array(linkHistory) }),
});
type Subject = z.infer<typeof subject>;

async function subjectOf(itemId: string): Promise<Subject | undefined> {
  try {
    const fields = ['issuetype', 'created', 'reporter', 'creator', 'attachment'];
    return subject.parse(await getIssue(jira('person'), { issueIdOrKey: itemId, fields, expand: 'changelog' }));
  } catch (thrown) {
    if (thrown instanceof JiraError && (thrown.status === 404 || thrown.status === 403)) return undefined;
    throw thrown;
  }
}

/** Keys of the other work items, as far as this person may see them; asked by id, or by a key. */
async function keysOf(idsOrKeys: readonly string[]): Promise<Map<string, string>> {
  const others = [...new Set(idsOrKeys)];
  if (others.length === 0) return new Map();
  const answer = await bulkFetchIssues(jira('person'), { issueIdsOrKeys: others, fields: ['summary'] });
  const { issues } = z.object({ issues: z.array(z.object({ id: z.string(), key: z.string() })) }).parse(answer);
  return new Map(issues.flatMap(({ id, key }) => [[id, key] as const, [key, key] as const]));
}

const transitionName = (key: string): string =>
  Object.values(WORKFLOWS)
    .flatMap(({ transitions }) => transitions)
    .find((one) => one.key === key)?.name ?? key;

type Judged = Extract<HistoryRow, { rules: unknown }>;

/** Who took the step that let rules pass, from the changelog: a gate is not told. */
function stepBehind(row: Judged, rows: readonly HistoryRow[]): string | undefined {
  const to = Object.values(WORKFLOWS)
    .flatMap(({ transitions }) => transitions)
    .filter((one) => one.key === row.transition)
    .map((one) => one.to);
  return rows
    .filter((one) => one.kind === 'status' && one.to !== undefined && to.includes(one.to))
    .filter((one) => one.at >= row.at - CLOCKS_MS && one.at <= row.at + STEP_WITHIN_MS)
    .flatMap((one) => ('actor' in one && one.actor !== undefined ? one.actor : []))
    .at(-1);
}

interface Known {
  itemId: string;
  names: ReadonlyMap<string, string>;
  keys: ReadonlyMap<string, string>;
  /** Names of the work item's files, by id. */
  files: ReadonlyMap<string, string>;
  rows: readonly HistoryRow[];
}

const one = <T extends string>(among: readonly T[], text: string | undefined): T | undefined => among.find((each) => each === text);

const byWhom = (accountId: string | undefined, names: Known['names']): { by?: Person } =>
  accountId === undefined ? {} : { by: { accountId, name: names.get(accountId) || 'Somebody who is no longer here' } };

/** Pure. */
function groupLine({ id, at, actor, happened, side, key: named }: GroupEvent, { names, keys }: Pick<Known, 'names' | 'keys'>): HistoryLine {
  const key = keys.get(named);
  return { id, at, kind: 'group', happened, side, ...(key !== undefined && { key }), ...byWhom(actor, names) };
}

/** Pure. Undefined for a line that says nothing here. */
export function lineOf(row: HistoryRow, { itemId, names, keys, files, rows }: Known): HistoryLine | undefined {
  const { id, at } = row;
  const by = (accountId: string | undefined): { by?: Person } => byWhom(accountId, names);
  if ('rules' in row) {
    const rules = row.rules.map((rule) => ({ rule, text: RULES[rule].fact }));
    const transition = transitionName(row.transition);
    if (row.kind === 'refusal') return { id, at, kind: 'refusal', transition, rules, reference: row.reference };
    return { id, at, kind: 'override', transition, rules, paused: row.paused, ...by(row.actor ?? stepBehind(row, rows)) };
  }
  if (row.kind === 'status') return row.to && { id, at, kind: 'status', to: row.to, ...(row.from && { from: row.from }), ...by(row.actor) };
  if (row.kind === 'proof') {
    const file = files.get(row.otherId ?? '');
    // A file may have the id of another work item.
    return row.itemId === itemId ? { id, at, kind: 'proof', ...(file !== undefined && { file }), ...by(row.actor) } : undefined;
  }
  if (row.kind === 'anomaly') {
    const happened = one(ANOMALIES, row.happened);
    return happened && { id, at, kind: 'anomaly', happened, text: anomalyText(happened, row.from, row.to), ...by(row.actor) };
  }
  const happened = one(HANDOFF_EVENTS, row.happened);
  if (!happened || !row.type) return undefined;
  const side = row.itemId === itemId ? ('asks' as const) : ('asked' as const);
  const key = keys.get((side === 'asks' ? row.otherId : row.itemId) ?? '');
  const team = row.team === undefined ? {} : { team: row.team };
  return { id, at, kind: 'handoff', happened, side, typeName: workType(row.type).name, ...team, ...(key !== undefined && { key }), ...by(row.actor) };
}

/** The beginning, which no changelog tells. */
const registered = ({ id, fields }: Subject, known: Known): HistoryLine | undefined =>
  lineOf(
    {
      id: `${id}:registered`,
      itemId: id,
      at: fields.created,
      kind: 'status',
      from: undefined,
      to: 'registered',
      actor: (fields.creator ?? fields.reporter)?.accountId,
      happened: undefined,
      otherId: undefined,
      type: undefined,
      team: undefined,
    },
    known,
  );

/** The latest first; of one moment in the order of their names, as the ledger is read. */
const isBefore = (one: HistoryPlace, other: HistoryPlace): boolean => one.at < other.at || (one.at === other.at && one.id < other.id);

/** Those that belong between what was shown before and the last line of this part. */
const within = (events: readonly GroupEvent[], after: HistoryPlace | undefined, last: HistoryPlace | undefined): GroupEvent[] =>
  events.filter((one) => (!after || isBefore(one, after)) && (!last || !isBefore(one, last)));

export async function workHistory(
  itemId: string,
  { kind, after }: { kind?: HistoryFilter | undefined; after?: HistoryPlace | undefined },
  site: Installed,
): Promise<WorkHistory | Trouble> {
  const found = await subjectOf(itemId);
  if (!found) return { state: 'forbidden', text: 'You may not see this work item. Ask a project administrator for access.' };
  const read = await historyOf(found.id, kind ? [kind] : HISTORY_FILTERS, after, LINES_A_PAGE + 1);
  const rows = read.slice(0, LINES_A_PAGE);
  const isUsm = typeWithId(site, found.fields.issuetype.id) !== undefined;
  // What was USM's keeps its history; what never was has none.
  if (!isUsm && rows.length === 0 && !after) return { state: 'notUsm', typeName: found.fields.issuetype.name };
  const end = read.length <= LINES_A_PAGE;
  const last = rows.at(-1);
  const grouping = (kind ?? 'group') === 'group' ? within(groupEvents(found.changelog.histories), after, end ? undefined : last) : [];
  const people = [
    ...[...rows, ...grouping].flatMap((row) => ('actor' in row ? (row.actor ?? []) : [])),
    (found.fields.creator ?? found.fields.reporter)?.accountId ?? [],
  ];
  const others = rows.flatMap((row) => (row.kind === 'handoff' ? [row.itemId, row.otherId ?? []].flat().filter((id) => id !== found.id) : []));
  const [names, keys] = await Promise.all([namesOf(people.flat()), keysOf([...others, ...grouping.map((one) => one.key)])]);
  const files = new Map((found.fields.attachment ?? []).map((one) => [one.id, one.filename]));
  const known: Known = { itemId: found.id, names, keys, files, rows };
  const lines = [...rows.flatMap((row) => lineOf(row, known) ?? []), ...grouping.map((one) => groupLine(one, known))].sort((one, other) =>
    isBefore(one, other) ? 1 : -1,
  );
  const first = end && (kind ?? 'status') === 'status' ? registered(found, known) : undefined;
  return {
    state: 'ok',
    key: found.key,
    lines: first ? [...lines, first] : lines,
    ...(!end && last && { after: { at: last.at, id: last.id } }),
    asOf: now(),
  };
}
