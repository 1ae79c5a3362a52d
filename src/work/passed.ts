/** What was passed while all rules were paused: judged afterwards, as far as records still tell how it was then. */
import {
  type AgreedFact,
  hinders,
  judge,
  type RegisterFact,
  RULES,
  type RuleId,
  type RuleLevels,
  type StatusKey,
  STATUS_KEYS,
  WORKFLOWS,
  type WorkTypeKey,
} from '../method';
import type { Installed } from '../setup/model';
import { readAgreed } from './agreed';
import type { Said } from './approvals';
import { factsOf, type Terms } from './facts';
import { readReceipts, readSaidFor, readTerms } from './gate';
import { readItems } from './jira';
import { movesIn } from './ledger';
import type { WorkItem } from './model';
import { readRegister } from './named';
import type { Receipt } from './receipts';
import { recordOutcome } from './rule-events';
import { typeOf } from './settle';

/** One bulk read of work items (OpenAPI: bulkFetchIssues takes 100). */
const MOVES_AT_ONCE = 100;
/** What the record of an exception carries in the place of a reference: nobody was refused anything. */
const NO_REFERENCE = '';

export interface Place {
  at: number;
  id: string;
}

interface Move extends Place {
  from: StatusKey;
  to: StatusKey;
}

/** The work item as the step met it: its answers of that round. Values are today's, since Jira keeps no others. */
export function atStep(item: WorkItem, move: Move): WorkItem {
  const own = item.changes.findIndex((change) => change.id === move.id);
  const changes = own < 0 ? item.changes.filter((change) => change.at <= move.at) : item.changes.slice(0, own + 1);
  // Links tell how others stand since; the receipts tell when.
  return { ...item, status: move.from, changes, links: item.links.map((one) => ({ ...one, status: undefined, category: undefined })) };
}

/** Hand-offs as they stood at a moment. */
export const receiptsAt = (receipts: readonly Receipt[], at: number): Receipt[] =>
  receipts
    .filter((one) => one.preparedAt <= at)
    .map((one) =>
      one.endedAt === undefined || one.endedAt <= at
        ? one
        : { ...one, state: one.acceptedAt !== undefined && one.acceptedAt <= at ? 'accepted' : 'asked', endedAt: undefined },
    );

const statusKey = (text: string): StatusKey | undefined => STATUS_KEYS.find((key) => key === text);

/** Rules that would have refused. Where several steps lead the same way, the one with the least to say is believed. */
export function wouldRefuse(
  item: WorkItem,
  type: WorkTypeKey,
  move: Move,
  receipts: readonly Receipt[],
  site: Installed,
  levels: RuleLevels,
  terms?: Terms,
  said?: readonly Said[],
  agreed?: AgreedFact,
  register?: RegisterFact,
): { transition: string; rules: RuleId[]; judged: number } | undefined {
  const own = item.changes.find((change) => change.id === move.id);
  const facts = {
    ...factsOf(atStep(item, move), type, receiptsAt(receipts, move.at), site, {
      actor: own?.by,
      said: said?.filter((one) => one.at <= move.at),
      terms,
      agreed,
      register,
      now: move.at,
    }),
    changed: new Set(own?.fields),
  };
  const ways = WORKFLOWS[type].transitions
    .filter((one) => one.from.includes(move.from) && one.to === move.to)
    .map((transition) => {
      const verdicts = judge(transition, facts, levels).filter((one) => one.state !== 'notJudged' && RULES[one.rule].carrier !== 'system');
      return { transition: transition.key, rules: verdicts.filter(hinders).map((one) => one.rule), judged: verdicts.length };
    })
    .sort((a, b) => a.rules.length - b.rules.length);
  return ways[0];
}

/** Looks at the next steps of a pause. Answers where to go on, or nothing when all were looked at. */
export async function checkPassed(
  { from, to, after }: { from: number; to: number; after?: Place | undefined },
  site: Installed,
  levels: RuleLevels,
  terms: () => Promise<Terms>,
): Promise<Place | undefined> {
  const rows = await movesIn(from, to, after, MOVES_AT_ONCE);
  if (rows.length === 0) return undefined;
  const { items } = await readItems('app', [...new Set(rows.map((one) => one.item_id))], site);
  for (const row of rows) {
    const [left, entered] = [statusKey(row.from_status), statusKey(row.to_status)];
    // Deleted since, or out of the app's sight: nothing is left to list.
    const item = items.get(row.item_id);
    const type = item && typeOf(item, site);
    if (!item || !type || !left || !entered) continue;
    const ways = WORKFLOWS[type].transitions.filter((one) => one.from.includes(left) && one.to === entered);
    const move = { id: row.change_id, at: row.at, from: left, to: entered };
    const found = wouldRefuse(
      item,
      type,
      move,
      await readReceipts(item.id, ways),
      site,
      levels,
      await readTerms(ways, terms),
      await readSaidFor({ ...item, status: left }, ways),
      await readAgreed(item, ways),
      await readRegister(item, ways, (await terms()).trend),
    );
    if (found) await recordOutcome({ ...found, item, outcome: 'paused', reference: NO_REFERENCE, at: row.at, act: `paused:${row.id}` });
  }
  const last = rows.at(-1);
  return rows.length < MOVES_AT_ONCE || !last ? undefined : { at: last.at, id: last.id };
}
