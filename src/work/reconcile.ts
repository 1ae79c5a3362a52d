/**
 * The ledger against Jira's changelogs: all of them when an administrator asks for it, the changed ones once a day. What is missing is added, what no
 * changelog has is reported. Every page is kept as a place to go on from; a page looked at twice changes nothing.
 */
import { getBulkChangelogs, countIssues, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import { moment, type LedgerProgress, type LedgerRebuild } from '../contract';
import { jira, JiraError } from '../jira/client';
import type { FieldValues } from '../method';
import { now } from '../platform/clock';
import { remainingMs } from '../platform/environment';
import { asFault, newReference, platformFault } from '../platform/errors';
import { setting } from '../platform/kvs';
import { lease } from '../platform/lease';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { childrenOf, type LedgerLine, record, stepsOf, toldByReceipts } from './ledger';
import { mirror } from './mirror';
import { type Change, changesOf, decodeValue, history, instant, PROPERTY, statusOf, typeWithId } from './model';
import { forgetNames, namesIn, tellSearched, tiedAmong, TOLD } from './named';
import { typeOf } from './settle';
import { isUsmSpace, standsAsTold, type Walker, walkOf } from './walk';

/** Work items of one page; their changelogs are one or a few requests. */
const PAGE = 100;
/** Receipts of one look. */
const RECEIPTS = 200;
/** Kept back to write down how far it came and to answer. */
const RESERVE_MS = 8_000;
/** A page of which nobody heard takes its time: each work item of it is mended. */
const RESERVE_OF_A_DAY_MS = 60_000;
/** Pages of one call of the page, and of one day: 10,000 work items, about 20,000 of the 65,000 points an hour of all customers. */
const PAGES_A_STEP = 20;
const PAGES_A_DAY = 100;
/** A search may be behind by so long, and JQL knows minutes only. */
const OVERLAP_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
/** Before somebody else's page is told how far it is. */
const BUSY_PAUSE_MS = 1_000;
/** So many strays are named in the log. */
const NAMED = 20;

const counts = { seen: z.number().int(), added: z.number().int(), strays: z.number().int() };
const NOTHING = { seen: 0, added: 0, strays: 0 };
type Counts = typeof NOTHING;

const plus = (a: Counts, b: Counts): Counts => ({ seen: a.seen + b.seen, added: a.added + b.added, strays: a.strays + b.strays });

const rebuildState = z.object({
  version: z.literal(1),
  phase: z.enum(['items', 'receipts', 'failed', 'done']),
  /** When it began: what is in Jira by then is in the ledger when it is done. */
  began: moment,
  total: z.number().int(),
  ...counts,
  /** Of the next page; absent: the first. */
  token: z.string().optional(),
  /** The last receipt looked at. */
  receipt: z.string().optional(),
  at: moment,
  failed: z.object({ text: z.string(), reference: z.string() }).optional(),
});
type RebuildState = z.infer<typeof rebuildState>;

const dailyState = z.object({
  version: z.literal(1),
  /** What changed before this was looked at. */
  place: moment,
  /** Everything up to this moment was looked at. */
  complete: moment.optional(),
  /** The last run. */
  at: moment,
  ...counts,
});
type DailyState = z.infer<typeof dailyState>;

const rebuildStore = setting('ledger.rebuild', rebuildState);
const dailyStore = setting('ledger.daily', dailyState);

const foundItem = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    status: z.object({ id: z.string() }),
    issuetype: z.object({ id: z.string() }),
    project: z.object({ id: z.string() }),
    created: instant,
    updated: instant,
  }),
  properties: z.record(z.string(), z.unknown()).optional(),
});
type FoundItem = z.infer<typeof foundItem>;

/** Before this, in ms, there was no Jira: a smaller number counts seconds, as in the example of the OpenAPI document (getBulkChangelogs). */
const FIRST_MS = 100_000_000_000;
const bulkInstant = z.union([z.number(), instant]).transform((moment) => (moment < FIRST_MS ? moment * 1000 : moment));
const bulkHistory = history.extend({ created: bulkInstant });

const searchAnswer = z.object({ issues: z.array(foundItem).default([]), nextPageToken: z.string().nullish() });
const changelogAnswer = z.object({
  issueChangeLogs: z.array(z.object({ issueId: z.string(), changeHistories: z.array(bulkHistory).default([]) })).default([]),
  nextPageToken: z.string().nullish(),
});

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data;
}

/** What follows USM, and what did: whoever leaves takes the property along. Ids only, so nothing has to be quoted. */
const followers = ({ projects, workTypes }: Installed): string =>
  `((project in (${projects.map((one) => one.id).join(', ')}) AND issuetype in (${Object.values(workTypes).join(', ')}))` +
  ` OR issue.property[${PROPERTY}].handoff is not EMPTY)`;

async function pageOf(jql: string, token: string | undefined, site: Installed): Promise<z.infer<typeof searchAnswer>> {
  const fields = ['status', 'issuetype', 'project', 'created', 'updated', ...TOLD.map((key) => site.fields[key])];
  const request = { jql, fields, properties: [PROPERTY], maxResults: PAGE, ...(token !== undefined && { nextPageToken: token }) };
  return read(searchAnswer, await searchAndReconsileIssuesUsingJqlPost(jira('app'), request));
}

/** Entries of the changelogs that tell of steps, work types and spaces, by work item. */
async function changelogsOf(ids: readonly string[], site: Installed): Promise<Map<string, Change[]>> {
  const entries = new Map<string, z.infer<typeof history>[]>();
  let token: string | undefined;
  do {
    const request = { issueIdsOrKeys: [...ids], fieldIds: ['status', 'issuetype', 'project'], ...(token !== undefined && { nextPageToken: token }) };
    const page = read(changelogAnswer, await getBulkChangelogs(jira('app'), request));
    for (const { issueId, changeHistories } of page.issueChangeLogs) entries.set(issueId, [...(entries.get(issueId) ?? []), ...changeHistories]);
    token = page.nextPageToken ?? undefined;
  } while (token !== undefined);
  return new Map([...entries].map(([id, found]) => [id, changesOf(found, site)]));
}

const walkerOf = ({ id, fields }: FoundItem, changes: readonly Change[], site: Installed): Walker => ({
  id,
  typeId: fields.issuetype.id,
  spaceId: fields.project.id,
  created: fields.created,
  status: statusOf(site, fields.status.id),
  changes,
});

const receiptIn = ({ properties }: FoundItem): string | undefined =>
  z.object({ receipt: z.string() }).safeParse(properties?.[PROPERTY]).data?.receipt;

/** Copies of work items that were handed over: the receipt in their property was answered by another one. */
async function copiesIn(items: readonly FoundItem[]): Promise<Map<FoundItem, LedgerLine>> {
  const children = await childrenOf(items.flatMap((one) => receiptIn(one) ?? []));
  return new Map(
    items.flatMap((item): [FoundItem, LedgerLine][] => {
      const made = children.get(receiptIn(item) ?? '');
      if (made === undefined || made === item.id) return [];
      return [[item, { id: `${item.id}:cloned`, itemId: item.id, at: item.fields.created, kind: 'anomaly', happened: 'cloned' }]];
    }),
  );
}

/** A status that no entry of the changelog leads to; a search may be behind, so only what rests is judged. */
function standsStrangely({ id, fields }: FoundItem, walker: Walker, site: Installed): LedgerLine[] {
  const rests = fields.updated < now() - OVERLAP_MS && fields.updated >= site.applied.at;
  if (!rests || standsAsTold(walker)) return [];
  return [{ id: `${id}:stands:${walker.status ?? ''}`, itemId: id, at: fields.updated, kind: 'anomaly', happened: 'noWay', to: walker.status }];
}

/** The property of a work item as the records say, where the news that would have done it were lost, or where it is a copy's. */
async function mend({ id, key }: FoundItem, without: readonly string[], site: Installed): Promise<void> {
  try {
    const item = await readItem('app', id, site);
    const type = isUsmSpace(site, item.projectId) && typeOf(item, site);
    if (type) await mirror(item, type, site, { without });
  } catch (thrown) {
    log.error('ledger.notMirrored', thrown, { key });
  }
}

/** What they name, as the search knows it: it may be behind, and then it is older than what the register has heard. */
async function compareNames(items: readonly FoundItem[], site: Installed): Promise<void> {
  const told = await tiedAmong(items.map(({ id }) => id));
  for (const { id, key, fields } of items) {
    const [type, status] = [isUsmSpace(site, fields.project.id) && typeWithId(site, fields.issuetype.id), statusOf(site, fields.status.id)];
    if (!type || !status) {
      if (told.has(id)) await forgetNames(id);
      continue;
    }
    const values: FieldValues = Object.fromEntries(TOLD.map((name) => [name, decodeValue(name, fields[site.fields[name]])]));
    if (told.has(id) || namesIn(values).length > 0) await tellSearched({ id, key, status, values, created: fields.created }, type, fields.updated);
  }
}

/** Compares these work items; the ledger is read first, so that whatever it holds by then is in the changelogs. `mends`: their properties too. */
async function compare(items: readonly FoundItem[], site: Installed, mends: boolean): Promise<Counts> {
  if (items.length === 0) return NOTHING;
  const ids = items.map((one) => one.id);
  const held = new Set((await stepsOf(ids)).map((one) => one.id));
  const changelogs = await changelogsOf(ids, site);
  const copies = await copiesIn(items);
  const lines: LedgerLine[] = [...copies.values()];
  const told = new Set<string>();
  const behind: FoundItem[] = [];
  for (const item of items) {
    const walker = walkerOf(item, changelogs.get(item.id) ?? [], site);
    const { steps, anomalies } = walkOf(walker, site);
    for (const one of steps) told.add(one.id);
    if (steps.some((one) => !held.has(one.id))) behind.push(item);
    lines.push(...steps.filter((one) => !held.has(one.id)), ...anomalies, ...standsStrangely(item, walker, site));
  }
  const added = await record(lines);
  await compareNames(items, site);
  const strays = [...held].filter((id) => !told.has(id));
  if (strays.length > 0) log.warn('ledger.strays', { number: strays.length, lines: strays.slice(0, NAMED).join(' ') });
  if (mends) {
    for (const item of copies.keys()) await mend(item, ['receipt', 'root'], site);
    for (const item of behind) if (!copies.has(item)) await mend(item, [], site);
  }
  return { seen: items.length, added, strays: strays.length };
}

/** Hand-offs that receipts tell of, and whose lines a kill has cost. Answers the last receipt looked at; nothing: there are no more. */
async function compareReceipts(since: number, after: string): Promise<{ added: number; last: string | undefined }> {
  const told = await toldByReceipts(since, after, RECEIPTS);
  const added = await record(told.flatMap((one) => one.lines));
  return { added, last: told.length < RECEIPTS ? undefined : told.at(-1)?.id };
}

const keep = async (state: RebuildState): Promise<RebuildState> => {
  await rebuildStore.write(state);
  return state;
};

async function begun(site: Installed): Promise<RebuildState> {
  const { count } = read(z.object({ count: z.coerce.number() }), await countIssues(jira('app'), { jql: followers(site) }));
  const at = now();
  return keep({ version: 1, phase: 'items', began: at, total: count, ...NOTHING, at });
}

/** The next page, or the next receipts. */
async function advance(state: RebuildState, site: Installed): Promise<RebuildState> {
  const { token: _token, receipt: _receipt, ...rest } = state;
  if (state.phase === 'receipts') {
    const { added, last } = await compareReceipts(0, state.receipt ?? '');
    return { ...rest, at: now(), added: state.added + added, ...(last === undefined ? { phase: 'done' } : { receipt: last }) };
  }
  const page = await pageOf(`${followers(site)} ORDER BY created ASC, key ASC`, state.token, site).catch((thrown: unknown) => {
    // Tokens do not last for ever. From the first page on nothing is doubled.
    if (state.token !== undefined && thrown instanceof JiraError && thrown.status === 400) return undefined;
    throw thrown;
  });
  if (!page) return { ...rest, ...NOTHING, added: state.added, at: now() };
  const counted = plus(state, await compare(page.issues, site, false));
  return { ...rest, ...counted, at: now(), ...(page.nextPageToken ? { token: page.nextPageToken } : { phase: 'receipts' }) };
}

async function run(first: RebuildState, site: Installed): Promise<RebuildState> {
  let state = first;
  try {
    for (let pages = 0; pages < PAGES_A_STEP && state.phase !== 'done' && remainingMs() > RESERVE_MS; pages += 1)
      state = await keep(await advance(state, site));
    return state;
  } catch (thrown) {
    const reference = newReference();
    log.error('ledger.step', thrown, { reference });
    // The next call goes on from the last page that was kept.
    return keep({ ...state, at: now(), failed: { text: asFault(thrown).text, reference } });
  }
}

export function rebuildProgress(state: RebuildState | undefined): LedgerRebuild {
  if (!state) return { phase: 'none', total: 0, ...NOTHING };
  const { seen, total, added, strays, at, failed } = state;
  const phase = failed ? 'failed' : state.phase === 'done' ? 'done' : 'running';
  return { phase, seen, total: Math.max(total, seen), added, strays, at, ...(failed && { failed }) };
}

const answer = (state: RebuildState | undefined): LedgerProgress => ({ state: 'ok', rebuild: rebuildProgress(state) });

/** Looks at the next work items. One call at a time: whoever comes meanwhile is told how far it is. */
export async function rebuildStep(begin: boolean, site: Installed): Promise<LedgerProgress> {
  const held = lease('ledger');
  if (!(await held.take())) {
    await new Promise((done) => setTimeout(done, BUSY_PAUSE_MS));
    return answer(await rebuildStore.read());
  }
  try {
    const stored = await rebuildStore.read();
    if (stored && stored.phase !== 'done') {
      const { failed: _failed, ...state } = stored;
      return answer(await run(state, site));
    }
    return begin ? answer(await run(await begun(site), site)) : answer(stored);
  } finally {
    await held.release();
  }
}

/** Once a day: the work items that have changed since the last time. Bounded; what is left is for the next day. */
export async function reconcile(site: Installed): Promise<void> {
  const former = await dailyStore.read();
  const began = now();
  const from = former?.place ?? site.applied.at;
  const since = `updated >= "-${String(Math.ceil((began - from + OVERLAP_MS) / MINUTE_MS))}m"`;
  let state: DailyState = { version: 1, place: from, at: began, ...NOTHING, ...(former?.complete !== undefined && { complete: former.complete }) };
  let token: string | undefined;
  for (let pages = 0; pages < PAGES_A_DAY && remainingMs() > RESERVE_OF_A_DAY_MS; pages += 1) {
    const page = await pageOf(`${followers(site)} AND ${since} ORDER BY updated ASC, key ASC`, token, site);
    state = { ...state, ...plus(state, await compare(page.issues, site, true)), place: page.issues.at(-1)?.fields.updated ?? state.place };
    token = page.nextPageToken ?? undefined;
    if (token === undefined) {
      const added = await allReceipts(from - OVERLAP_MS);
      state = { ...state, added: state.added + added, place: began, complete: began };
    }
    await dailyStore.write(state);
    if (token === undefined) break;
  }
  const { seen, added, strays, complete } = state;
  log.info('ledger.reconciled', { seen, added, strays, behind: complete !== began });
}

async function allReceipts(since: number): Promise<number> {
  let [total, after]: [number, string | undefined] = [0, ''];
  while (after !== undefined) {
    const { added, last } = await compareReceipts(since, after);
    total += added;
    after = last;
  }
  return total;
}

/** How far both are. */
export async function comparisons() {
  const [rebuild, daily] = await Promise.all([rebuildStore.read(), dailyStore.read()]);
  const done = rebuild?.phase === 'done' ? [rebuild.began] : [];
  const complete = [...done, ...(daily?.complete === undefined ? [] : [daily.complete])];
  return { rebuild, daily, ...(complete.length > 0 && { complete: Math.max(...complete) }) };
}
