/** What the rules of work and what follows a step ask of an item. Knows nothing of work, so that work may ask it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CATALOG_STATUSES, CATALOG_TYPES, catalogItem, type CatalogItem } from '../contract';
import { select, type SqlValue } from '../platform/sql';

const SUBJECT = 'catalog item ';
/** What is said counts for this item alone: a work item that names another one is asked about anew. */
export const approvalOf = (itemId: string): string => createHash('sha256').update(`${SUBJECT}${itemId}`).digest('hex').slice(0, 32);

interface Value {
  name: string;
  text: string;
  params: readonly SqlValue[];
}

/** Read along with what is agreed: the item of this title, and the newest word of the customer about it for this work item. */
export const orderedValues = (title: string, workItemId: string): Value[] => [
  {
    name: 'ordered',
    text: `(SELECT CAST(JSON_OBJECT('id', id, 'name', title, 'type', type, 'status', status, 'until', valid_until,
      'role', JSON_UNQUOTE(JSON_EXTRACT(approved, '$.approver.role'))) AS CHAR) FROM catalog_item WHERE title = ?)`,
    params: [title],
  },
  {
    name: 'ordered_said',
    text: `(SELECT a.verdict FROM approval a JOIN catalog_item i ON a.version = LEFT(SHA2(CONCAT('${SUBJECT}', i.id), 256), 32)
      WHERE a.item_id = ? AND a.subject = 'item' AND i.title = ? ORDER BY a.at DESC, a.id DESC LIMIT 1)`,
    params: [workItemId, title],
  },
];

const ordered = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(CATALOG_TYPES),
  status: z.enum(CATALOG_STATUSES),
  until: z.string().nullable(),
  role: z.string().nullable(),
});
export type Ordered = z.infer<typeof ordered> & { approved: boolean };

export const orderedRow = z
  .object({ ordered: z.string().nullable(), ordered_said: z.string().nullable() })
  .transform(({ ordered: text, ordered_said: said }) => ({
    ordered: text === null ? undefined : { ...ordered.parse(JSON.parse(text)), approved: said === 'approve' },
  }));

/** As it was approved, whatever has become of it since; undefined: the catalog has no such item, or nobody has approved it. */
export async function approvedCalled(title: string): Promise<CatalogItem | undefined> {
  const [found] = await select(z.object({ approved: z.string().nullable() }), 'SELECT approved FROM catalog_item WHERE title = ?', title);
  return found?.approved === null || found === undefined ? undefined : catalogItem.parse(JSON.parse(found.approved));
}
