/** What the app keeps of the agreement of each work item: which one, why that, and what it promised when the work item was accepted. In SQL. */
import { z } from 'zod';
import { orderedRow, orderedValues } from '../catalog/model';
import { fixedPromise, type FixedPromise } from '../contract';
import { change, type Migration, select, sqlFlag, sqlMoment, sqlNumber, toSql } from '../platform/sql';

const AGREEMENT_ID = 'VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin';

export const agreedMigrations: readonly Migration[] = [
  {
    name: 'v050_work_agreement',
    // chosen_: by whom, why and when, where somebody chose it. promise: as it was fixed when the work item was accepted; nothing changes it but a choice.
    statement: `CREATE TABLE IF NOT EXISTS work_agreement (
      item_id VARCHAR(20) NOT NULL PRIMARY KEY,
      agreement ${AGREEMENT_ID},
      version INT,
      chosen_by VARCHAR(128),
      chosen_why VARCHAR(1000),
      chosen_at DATETIME(3),
      accepted_at DATETIME(3),
      promise LONGTEXT,
      KEY work_agreement_agreement (agreement)
    )`,
  },
];

/** Steps that are nobody's but the organisation's: whoever takes one works here. What is left out, whoever asked may do as well. */
const WORKS_HERE = `kind = 'status' AND from_status NOT IN ('waiting', 'reviewing', 'fulfilled') AND to_status NOT IN ('waiting', 'cancelled')`;

const CHOSEN = 'FROM work_agreement WHERE item_id = ? AND chosen_at IS NOT NULL';

/** What is read with the agreements: what it was ordered as, what it was handed over from, what was chosen for it, and whether whoever asks works here. */
export const along = (itemId: string, asker: string | undefined, title: string) => ({
  values: [
    { name: 'asked_from', text: `(SELECT parent_id FROM receipt WHERE child_id = ? AND kind = 'handOff' LIMIT 1)`, params: [itemId] },
    { name: 'chosen', text: `(SELECT agreement ${CHOSEN})`, params: [itemId] },
    { name: 'chosen_version', text: `(SELECT version ${CHOSEN})`, params: [itemId] },
    ...orderedValues(title, itemId),
    { name: 'works_here', text: `EXISTS (SELECT 1 FROM ledger WHERE actor = ? AND ${WORKS_HERE})`, params: [asker ?? ''] },
  ],
  chosen: { text: `SELECT agreement ${CHOSEN}`, params: [itemId] },
});

export const alongRow = z
  .object({ asked_from: z.string().nullable(), chosen: z.string().nullable(), chosen_version: sqlNumber.nullable(), works_here: sqlFlag })
  .transform(({ asked_from: from, chosen, chosen_version: version, works_here: worksHere }) => ({
    askedFrom: from ?? undefined,
    worksHere,
    chosen: chosen === null || version === null ? undefined : { agreement: chosen, version },
  }))
  .and(orderedRow);

const record = z
  .object({
    agreement: z.string().nullable(),
    version: sqlNumber.nullable(),
    chosen_by: z.string().nullable(),
    chosen_why: z.string().nullable(),
    chosen_at: sqlMoment.nullable(),
    accepted_at: sqlMoment.nullable(),
    promise: z.string().nullable(),
  })
  .transform((one) => ({
    agreement: one.agreement === null || one.version === null ? undefined : { id: one.agreement, version: one.version },
    chosen: one.chosen_at === null ? undefined : { by: one.chosen_by ?? '', why: one.chosen_why ?? '', at: one.chosen_at },
    /** Absent: nothing is fixed yet. */
    acceptedAt: one.accepted_at ?? undefined,
    promise: one.promise === null ? undefined : fixedPromise.parse(JSON.parse(one.promise)),
  }));
export type WorkAgreement = z.infer<typeof record>;

export const agreementOf = async (itemId: string): Promise<WorkAgreement | undefined> =>
  (
    await select(
      record,
      'SELECT agreement, version, chosen_by, chosen_why, chosen_at, accepted_at, promise FROM work_agreement WHERE item_id = ?',
      itemId,
    )
  )[0];

export interface Fixed {
  agreement: { id: string; version: number } | undefined;
  promise: FixedPromise | undefined;
  acceptedAt: number;
}

/** Once: whoever accepted first has fixed it, and hearing of the same step again changes nothing. */
export async function fix(itemId: string, { agreement, promise, acceptedAt }: Fixed): Promise<void> {
  await change(
    `INSERT INTO work_agreement (item_id, agreement, version, accepted_at, promise) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE agreement = IF(accepted_at IS NULL AND chosen_at IS NULL, VALUES(agreement), agreement),
       version = IF(accepted_at IS NULL AND chosen_at IS NULL, VALUES(version), version),
       promise = IF(accepted_at IS NULL, VALUES(promise), promise), accepted_at = COALESCE(accepted_at, VALUES(accepted_at))`,
    itemId,
    agreement?.id ?? null,
    agreement?.version ?? null,
    toSql(acceptedAt),
    promise ? JSON.stringify(promise) : null,
  );
}

export interface Choice {
  agreement: { id: string; version: number };
  by: string;
  why: string;
  at: number;
  /** Where it was accepted before: what is promised from now on. */
  promise: FixedPromise | undefined;
}

export async function choose(itemId: string, { agreement, by, why, at, promise }: Choice): Promise<void> {
  await change(
    `INSERT INTO work_agreement (item_id, agreement, version, chosen_by, chosen_why, chosen_at, promise) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE agreement = VALUES(agreement), version = VALUES(version), chosen_by = VALUES(chosen_by), chosen_why = VALUES(chosen_why),
       chosen_at = VALUES(chosen_at), promise = VALUES(promise)`,
    itemId,
    agreement.id,
    agreement.version,
    by,
    why,
    toSql(at),
    promise ? JSON.stringify(promise) : null,
  );
}
