/**
 * Tells people, by one comment of the app that mentions them, exactly once however often it is asked for: the words are kept first, then said.
 * Whoever dies in between is finished by the five-minute round, which looks whether the comment is there before it says it again.
 */
import { addComment, getComments } from 'jira.js/cloud';
import { z } from 'zod';
import { fromAdf, toAdfMentioning } from '../jira/adf';
import { jira, JiraError } from '../jira/client';
import { NOTICE_KINDS, type NoticeKind } from '../method';
import { now } from '../platform/clock';
import { log } from '../platform/log';
import { change, type Migration, select, sqlMoment, toSql } from '../platform/sql';
import { instant, type Person } from './model';

export const noticeMigrations: Migration[] = [
  {
    name: 'v020_notice',
    statement: `CREATE TABLE IF NOT EXISTS notice (
      id VARCHAR(80) NOT NULL PRIMARY KEY,
      item_key VARCHAR(40) NOT NULL,
      kind VARCHAR(20) NOT NULL,
      people TEXT NOT NULL,
      words TEXT NOT NULL,
      at DATETIME(3) NOT NULL,
      lease_until DATETIME(3) NOT NULL,
      said_at DATETIME(3),
      KEY notice_open (said_at, lease_until)
    )`,
  },
];

export interface Telling {
  /** Names the event and the kind, so that the same news is told once. */
  id: string;
  key: string;
  kind: NoticeKind;
  to: readonly Person[];
  text: string;
  /** Said even when nobody can be mentioned: for those who watch the work item. */
  aloud?: boolean;
}

const people = z.array(z.object({ accountId: z.string(), name: z.string() }));
const row = z
  .object({ id: z.string(), item_key: z.string(), kind: z.enum(NOTICE_KINDS), people: z.string(), words: z.string(), at: sqlMoment })
  .transform((one): Telling & { at: number } => ({
    id: one.id,
    key: one.item_key,
    kind: one.kind,
    to: people.parse(JSON.parse(one.people)),
    text: one.words,
    at: one.at,
  }));

/** How long one run may take to say it before another takes over. */
const LEASE_MS = 60_000;
const LATE_A_ROUND = 20;
/** Longer ago than this nobody has to be told any more. */
const STALE_MS = 24 * 60 * 60_000;
/** Kept so long after it was said, so that the same news heard again stays silent. */
const KEPT_MS = 30 * STALE_MS;
/** Comments looked through, newest first, for one that was said already. */
const LOOKED_AT = 50;

const isSaid = (id: string): Promise<number> => change('UPDATE notice SET said_at = ? WHERE id = ?', toSql(now()), id);

async function say({ id, key, to, text }: Telling): Promise<void> {
  await addComment(jira('app'), { issueIdOrKey: key, body: toAdfMentioning(to, text) });
  await isSaid(id);
}

export async function tell(telling: Telling): Promise<void> {
  const { id, key, kind, to, text, aloud = false } = telling;
  if (to.length === 0 && !aloud) return;
  const at = now();
  const mine = await change(
    `INSERT IGNORE INTO notice (id, item_key, kind, people, words, at, lease_until) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    id,
    key,
    kind,
    JSON.stringify(to),
    text,
    toSql(at),
    toSql(at + LEASE_MS),
  );
  if (mine === 1) await say(telling);
}

const comments = z.object({ comments: z.array(z.object({ body: z.unknown(), created: instant })) });
/** Jira's clock and ours need not agree to the second. */
const CLOCKS_APART_MS = 60_000;

async function wasSaid({ key, to, text, at }: Telling & { at: number }): Promise<boolean> {
  const answer = comments.parse(await getComments(jira('app'), { issueIdOrKey: key, orderBy: '-created', maxResults: LOOKED_AT }));
  const words = fromAdf(toAdfMentioning(to, text)).trim();
  return answer.comments.some((one) => one.created > at - CLOCKS_APART_MS && fromAdf(one.body).trim().endsWith(words));
}

/** Says what somebody died over. One that cannot be said must not keep the others waiting. */
export async function tellLate(): Promise<void> {
  const at = now();
  const late = await select(
    row,
    `SELECT id, item_key, kind, people, words, at FROM notice WHERE said_at IS NULL AND lease_until < ? AND at > ? ORDER BY lease_until
     LIMIT ${String(LATE_A_ROUND)}`,
    toSql(at),
    toSql(at - STALE_MS),
  );
  for (const telling of late) {
    const taken = await change(
      'UPDATE notice SET lease_until = ? WHERE id = ? AND said_at IS NULL AND lease_until < ?',
      toSql(at + LEASE_MS),
      telling.id,
      toSql(at),
    );
    if (taken !== 1) continue;
    try {
      if (await wasSaid(telling)) await isSaid(telling.id);
      else await say(telling);
    } catch (thrown) {
      // The work item is gone, or out of the app's sight: nobody is left to tell there.
      if (thrown instanceof JiraError && thrown.status === 404) await isSaid(telling.id);
      else log.error('notice.notSaid', thrown, { key: telling.key, kind: telling.kind });
    }
  }
}

export const forgetOldNotices = (): Promise<number> => change('DELETE FROM notice WHERE at < ? LIMIT 5000', toSql(now() - KEPT_MS));
