/** What the app keeps of the agreement of each work item: which one, why that, and what it promised when the work item was accepted. In SQL. */
import { z } from 'zod';
import { type Migration, sqlFlag, sqlNumber } from '../platform/sql';

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

/** What is read with the agreements: what it was handed over from, what was chosen for it, and whether whoever asks works here. */
export const along = (itemId: string, asker: string | undefined) => ({
  values: [
    { name: 'asked_from', text: `(SELECT parent_id FROM receipt WHERE child_id = ? AND kind = 'handOff' LIMIT 1)`, params: [itemId] },
    { name: 'chosen', text: `(SELECT agreement ${CHOSEN})`, params: [itemId] },
    { name: 'chosen_version', text: `(SELECT version ${CHOSEN})`, params: [itemId] },
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
  }));
