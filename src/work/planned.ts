/**
 * What the app does by itself when a moment comes: a work item that waited goes on (T6), a delivered request that nobody answered counts as confirmed
 * (T8, A22). A moment is kept when its status is entered; when it comes, the work item is read anew, and what has moved on meanwhile is left alone.
 */
import { z } from 'zod';
import { toAdf } from '../jira/adf';
import { BY_SILENCE, NOTICE_TEXTS, type NoticeKind, type StatusKey, transitionOf, words, WORKFLOWS, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import { change, type Migration, select, sqlMoment, toSql } from '../platform/sql';
import type { Installed } from '../setup/model';
import { asMoment, editItem, move, readItem, writeItem } from './jira';
import { keepPromise, remind } from './keep-promise';
import { make } from './make';
import type { Manners } from './manners';
import { coordinatorOf, entry, requesterOf, type WorkItem } from './model';
import { handlersOf } from './notify';
import { prepare, receiptOfChild, receiptsOfAct } from './receipts';
import { typeOf } from './settle';
import { tell } from './tell';

export const plannedMigrations: Migration[] = [
  {
    name: 'v021_planned',
    statement: `CREATE TABLE IF NOT EXISTS planned (
      item_id VARCHAR(20) NOT NULL,
      kind VARCHAR(12) NOT NULL,
      at DATETIME(3) NOT NULL,
      PRIMARY KEY (item_id, kind),
      KEY planned_at (at)
    )`,
  },
];

/** wake: out of Waiting at the date given. silent: no answer counts as a yes. review: an accepted risk is looked at again. promise: it comes at risk, or late. */
const KINDS = ['wake', 'silent', 'review', 'promise'] as const;
type Kind = (typeof KINDS)[number];

const plan = (itemId: string, kind: Kind, at: number): Promise<number> =>
  change('INSERT INTO planned (item_id, kind, at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE at = VALUES(at)', itemId, kind, toSql(at));

/** When the promise of a work item is looked at again; undefined: no more. */
export const planPromise = (itemId: string, at: number | undefined): Promise<number> =>
  at === undefined ? change(`DELETE FROM planned WHERE item_id = ? AND kind = 'promise'`, itemId) : plan(itemId, 'promise', at);

const row = z.object({ item_id: z.string(), kind: z.enum(KINDS), at: sqlMoment });
type Planned = z.infer<typeof row>;

const A_ROUND = 20;
/** What could not be done is tried again, without keeping the others waiting. */
const AGAIN_MS = 60 * 60_000;

const due = (): Promise<Planned[]> =>
  select(row, `SELECT item_id, kind, at FROM planned WHERE at <= ? ORDER BY at LIMIT ${String(A_ROUND)}`, toSql(now()));

/** Only the moment that was looked at: a later one that was planned meanwhile stays. */
const done = ({ item_id: id, kind, at }: Planned): Promise<number> =>
  change('DELETE FROM planned WHERE item_id = ? AND kind = ? AND at = ?', id, kind, toSql(at));

const postpone = ({ item_id: id, kind, at }: Planned): Promise<number> =>
  change('UPDATE planned SET at = ? WHERE item_id = ? AND kind = ? AND at = ?', toSql(now() + AGAIN_MS), id, kind, toSql(at));

/** Only what a customer asked for directly, and only routine work: what one process asked of another is answered by people. */
const mayBeSilent = async (item: WorkItem, type: WorkTypeKey): Promise<boolean> =>
  type === 'serviceRequest' && (await receiptOfChild(item.id)) === undefined;

/** When silence counts as a yes for this delivery; undefined: never. */
export async function silentFrom(item: WorkItem, type: WorkTypeKey, manners: Manners): Promise<number | undefined> {
  if (item.status !== 'reviewing') return undefined;
  const from = manners.silentFrom(entry(item).at);
  return from !== undefined && (await mayBeSilent(item, type)) ? from : undefined;
}

/** Keeps the moment at which a work item that has just entered its status moves by itself. */
export async function planFor(item: WorkItem, silent: number | undefined): Promise<void> {
  const until = item.values.waitingUntil;
  if (item.status === 'waiting' && typeof until === 'number') await plan(item.id, 'wake', until);
  if (silent !== undefined) await plan(item.id, 'silent', silent);
  const review = reviewOf(item);
  if (review !== undefined) await plan(item.id, 'review', review);
}

/** Accept risk is the only way from there; an ordinary end comes from Reviewing. */
const ACCEPTED_FROM: readonly (StatusKey | undefined)[] = ['preparing', 'accepted'];

/** When the risk that was accepted here is looked at again; undefined: none was, or it is dealt with after all. */
function reviewOf({ status, values, changes }: WorkItem): number | undefined {
  const accepted = changes.findLast((one) => one.status?.to === 'fulfilled')?.status?.from;
  const stands = (status === 'fulfilled' || status === 'closed') && ACCEPTED_FROM.includes(accepted);
  return stands && typeof values.reviewDate === 'number' ? values.reviewDate : undefined;
}

interface Round {
  site: Installed;
  manners: Manners;
}

const told = async ({ manners }: Round, id: string, kind: NoticeKind, item: WorkItem, to: ReturnType<typeof handlersOf>, text: string) => {
  if (manners.tells(kind)) await tell({ id: `${id}:${kind}`, key: item.key, kind, to, text });
};

/** Left by somebody meanwhile, or Jira does not let the app: the first is well, the second is tried again. */
async function moved(item: WorkItem, transitionId: number, site: Installed): Promise<boolean> {
  const outcome = await move('app', item.key, transitionId);
  if (outcome.moved) return true;
  if ((await readItem('app', item.id, site)).status !== item.status) return false;
  throw new Fault('platform.unavailable', outcome.text);
}

async function wake(item: WorkItem, type: WorkTypeKey, round: Round): Promise<void> {
  const until = item.values.waitingUntil;
  if (item.status !== 'waiting' || (typeof until === 'number' && until > now())) return;
  const origin: StatusKey | undefined = item.changes.findLast((one) => one.status?.to === 'waiting')?.status?.from;
  const way = WORKFLOWS[type].transitions.find((one) => one.key === `resume.${origin ?? ''}`);
  if (!way || !(await moved(item, way.id, round.site))) return;
  log.info('planned.woken', { key: item.key, to: way.to });
  await told(round, `${item.id}:${String(entry(item).at)}`, 'woken', item, handlersOf(item), NOTICE_TEXTS.woken(item.key, way.to));
}

async function confirmSilently(item: WorkItem, type: WorkTypeKey, at: number, round: Round): Promise<void> {
  const { site, manners } = round;
  const from = await silentFrom(item, type, manners);
  if (from === undefined || from > now() || manners.silentDays === undefined) return;
  const until = manners.reopenUntil(now());
  const text = NOTICE_TEXTS.silent(item.key, manners.silentDays, until === undefined ? undefined : manners.inWords(until));
  await editItem(item.key, { confirmedHow: { value: BY_SILENCE }, confirmedAt: asMoment(at), confirmedWords: toAdf(text) }, {}, site);
  if (!(await moved(item, transitionOf(type, 'confirmFor').id, site))) return;
  log.info('planned.silent', { key: item.key });
  const asked = requesterOf(item);
  await told(round, `${item.id}:${String(entry(item).at)}`, 'silent', item, asked ? [asked] : [], text);
}

/** A work item of the same kind asks whether the risk may still stand (A15). */
async function reviewRisk(item: WorkItem, type: WorkTypeKey, at: number, { site }: Round): Promise<void> {
  if (reviewOf(item) !== at) return;
  const askedBy = (coordinatorOf(item) ?? item.reporter)?.accountId;
  if (askedBy === undefined) return;
  const act = `review:${item.id}:${String(at)}`;
  const what = `Review the accepted risk of ${item.key}: ${item.summary}\nIt was accepted until today. May it still stand?\n${words(item.values, 'reasonText')}`;
  await prepare(item, act, [{ kind: 'followUp', type, blocks: false, team: undefined, what, readyBy: undefined, askedBy }], true);
  for (const receipt of await receiptsOfAct(item.id, act)) await make(receipt, item, site);
  log.info('planned.review', { key: item.key });
}

/** By time alone: the fields say it, and whoever has it in hand is told. */
async function lookAtPromise(item: WorkItem, type: WorkTypeKey, { site, manners }: Round): Promise<void> {
  const kept = await keepPromise(item, type, manners);
  await writeItem(item.key, { values: kept.values }, site);
  await remind(item, type, kept, manners);
  if (kept.next !== undefined) await planPromise(item.id, kept.next);
}

export async function plannedRound(round: Round): Promise<void> {
  for (const one of await due()) {
    try {
      const item = await readItem('app', one.item_id, round.site);
      const type = typeOf(item, round.site);
      if (type && one.kind === 'wake') await wake(item, type, round);
      if (type && one.kind === 'silent') await confirmSilently(item, type, one.at, round);
      if (type && one.kind === 'promise') await lookAtPromise(item, type, round);
      if (type && one.kind === 'review') await reviewRisk(item, type, one.at, round);
      await done(one);
    } catch (thrown) {
      log.error('planned.failed', thrown, { item: one.item_id, kind: one.kind });
      // Deleted, or out of the app's sight.
      if (thrown instanceof Fault && thrown.code === 'person.notFound') await done(one);
      else await postpone(one);
    }
  }
}
