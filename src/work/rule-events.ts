/** What the rules did, one line a rule: refused, let pass as a warning, or passed while all rules were paused. In SQL. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RULE_IDS, type RuleId } from '../method';
import { now } from '../platform/clock';
import { change, type Migration, select, sqlMoment, sqlNumber, toSql } from '../platform/sql';

/** refused: the step was not let pass. letThrough: the rule warns only. paused: found afterwards, nobody asked at the time. */
export const OUTCOMES = ['refused', 'letThrough', 'paused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const ruleEventMigrations: Migration[] = [
  {
    name: 'v004_rule_event',
    // unmet and judged are of the whole step, so that the last refusal of a work item is one row.
    statement: `CREATE TABLE IF NOT EXISTS rule_event (
      id VARCHAR(60) NOT NULL PRIMARY KEY,
      item_id VARCHAR(20) NOT NULL,
      item_key VARCHAR(40) NOT NULL,
      rule VARCHAR(4) NOT NULL,
      transition VARCHAR(40) NOT NULL,
      outcome VARCHAR(12) NOT NULL,
      at DATETIME(3) NOT NULL,
      unmet INT NOT NULL,
      judged INT NOT NULL,
      reference VARCHAR(12) NOT NULL,
      actor VARCHAR(128),
      KEY rule_event_item (item_id, at),
      KEY rule_event_at (at, outcome)
    )`,
  },
];

/** Longer than a year, so that a year compares with the one before. */
export const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;
/** One statement forgets no more than this, so that it stays short. */
const FORGOTTEN_AT_ONCE = 5_000;

interface Happened {
  item: { id: string; key: string };
  transition: string;
  rules: readonly RuleId[];
  judged: number;
  outcome: Outcome;
  reference: string;
  at?: number;
  /** Account id of whoever took the step, where that is known. */
  actor?: string | undefined;
  /** Names the act, so that telling it twice changes nothing. */
  act?: string;
}

/** One write, whatever the number of rules. */
export async function recordOutcome({
  item,
  transition,
  rules,
  judged,
  outcome,
  reference,
  at = now(),
  actor,
  act = randomUUID(),
}: Happened): Promise<void> {
  if (rules.length === 0) return;
  await change(
    `INSERT IGNORE INTO rule_event (id, item_id, item_key, rule, transition, outcome, at, unmet, judged, reference, actor)
     VALUES ${rules.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    ...rules.flatMap((rule) => [
      `${act}:${rule}`,
      item.id,
      item.key,
      rule,
      transition,
      outcome,
      toSql(at),
      rules.length,
      judged,
      reference,
      actor ?? null,
    ]),
  );
}

const counted = z.object({ rule: z.enum(RULE_IDS), outcome: z.enum(OUTCOMES), number: sqlNumber });

/** How often each rule refused and let pass since then. */
export const outcomesSince = (from: number): Promise<z.infer<typeof counted>[]> =>
  select(counted, `SELECT rule, outcome, COUNT(*) AS number FROM rule_event WHERE at >= ? GROUP BY rule, outcome`, toSql(from));

const exception = z
  .object({ item_key: z.string(), rule: z.enum(RULE_IDS), transition: z.string(), at: sqlMoment })
  .transform(({ item_key: key, ...rest }) => ({ key, ...rest }));
export type PausedException = z.infer<typeof exception>;

/** What was passed in a pause although a rule would have refused it. */
export const passedIn = (from: number, to: number, limit: number): Promise<PausedException[]> =>
  select(
    exception,
    `SELECT item_key, rule, transition, at FROM rule_event WHERE outcome = 'paused' AND at >= ? AND at <= ? ORDER BY at, rule
     LIMIT ${String(Math.trunc(limit))}`,
    toSql(from),
    toSql(to),
  );

/** Forgets what is older than KEPT_DAYS. */
export const forgetOldEvents = (): Promise<number> =>
  change(`DELETE FROM rule_event WHERE at < ? LIMIT ${String(FORGOTTEN_AT_ONCE)}`, toSql(now() - KEPT_DAYS * DAY_MS));
