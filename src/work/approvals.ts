/** What people have said to a plan, one line each time they say it; nothing is changed or taken away. In SQL. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Approvals, asksForApproval, type FieldValues, list, namesApprovers, planText } from '../method';
import { answered, change, jsonOf, type Migration, type Question, select, sqlFlag, sqlMoment, toSql } from '../platform/sql';
import type { WorkItem } from './model';

export const approvalMigrations: Migration[] = [
  {
    name: 'v007_approval',
    // subject: what is approved, so that other things can be approved in the same way. version: of what was shown.
    statement: `CREATE TABLE IF NOT EXISTS approval (
      id VARCHAR(60) NOT NULL PRIMARY KEY,
      item_id VARCHAR(20) NOT NULL,
      subject VARCHAR(12) NOT NULL,
      version CHAR(32) NOT NULL,
      person VARCHAR(128) NOT NULL,
      verdict VARCHAR(10) NOT NULL,
      words TEXT,
      manager TINYINT NOT NULL,
      at DATETIME(3) NOT NULL,
      KEY approval_item (item_id, subject, version)
    )`,
  },
];

export const VERDICTS = ['approve', 'notYet'] as const;
/** plan: of a change. item: what was asked for in the catalog (V38). */
export type Subject = 'plan' | 'item';

const row = z
  .object({
    person: z.string(),
    verdict: z.enum(VERDICTS),
    words: z.string().nullish(),
    manager: sqlFlag,
    at: sqlMoment,
  })
  .transform(({ words, ...rest }) => ({ ...rest, words: words ?? undefined }));
export type Said = z.infer<typeof row>;

/** Another plan has another version, so what was said of the former one counts no more. */
export const planVersion = (fields: FieldValues): string => createHash('sha256').update(planText(fields)).digest('hex').slice(0, 32);

interface Saying {
  /** Names the act, so that telling it twice keeps it once. */
  id: string;
  itemId: string;
  subject: Subject;
  version: string;
  person: string;
  verdict: (typeof VERDICTS)[number];
  words?: string | undefined;
  /** Whether that person managed the process at the time. */
  manager: boolean;
  at: number;
}

export async function recordApproval({ id, itemId, subject, version, person, verdict, words, manager, at }: Saying): Promise<void> {
  await change(
    `INSERT IGNORE INTO approval (id, item_id, subject, version, person, verdict, words, manager, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    itemId,
    subject,
    version,
    person,
    verdict,
    words ?? null,
    manager ? 1 : 0,
    toSql(at),
  );
}

/** What was said of one version, oldest first. */
export const saidOf = (itemId: string, subject: Subject, version: string): Promise<Said[]> =>
  select(
    row,
    `SELECT person, verdict, words, manager, at FROM approval WHERE item_id = ? AND subject = ? AND version = ? ORDER BY at, id`,
    itemId,
    subject,
    version,
  );

/** The same, for a question that is asked together with others; undefined: nobody is named and asked. */
export function saidQuestion({ id, status, values }: Pick<WorkItem, 'id' | 'status' | 'values'>): Question | undefined {
  if (!(namesApprovers(values) && asksForApproval(status, values))) return undefined;
  const columns = jsonOf({ person: 'person', verdict: 'verdict', words: 'words', manager: 'manager', at: 'CAST(at AS CHAR)', id: 'id' });
  return { text: `SELECT ${columns} FROM approval WHERE item_id = ? AND subject = 'plan' AND version = ?`, params: [id, planVersion(values)] };
}
export const saidFrom = (bodies: readonly unknown[]): Said[] =>
  answered(z.object({ id: z.string() }).and(row), bodies).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

type Planned = Pick<WorkItem, 'id' | 'status' | 'values' | 'names' | 'changes'>;

/** What was said of the plan as it stands; read only where people are named and asked. */
export const readSaid = async ({ id, status, values }: Pick<WorkItem, 'id' | 'status' | 'values'>): Promise<Said[] | undefined> =>
  namesApprovers(values) && asksForApproval(status, values) ? saidOf(id, 'plan', planVersion(values)) : undefined;

/** Whoever took Plan in this round. */
export const plannerOf = ({ changes }: Pick<WorkItem, 'changes'>): string | undefined =>
  changes.findLast(({ status }) => status?.from === 'accepted' && status.to === 'planning')?.by?.accountId;

/** By person, the newest word. */
export const newest = (said: readonly Said[]): ReadonlyMap<string, Said> => new Map(said.map((one) => [one.person, one]));

export const approvalsOf = (item: Planned, said: readonly Said[]): Approvals => ({
  asked: list(item.values, 'approvers').map((accountId) => ({ accountId, name: item.names.get(accountId) ?? accountId })),
  given: [...newest(said).values()].map(({ person, verdict, manager }) => ({
    accountId: person,
    approved: verdict === 'approve',
    processManager: manager,
  })),
  planner: plannerOf(item),
});
