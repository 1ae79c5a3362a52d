/** Files that prove a confirmation. Jira keeps them, as attachments of the work item; the ledger keeps which of them were named as proof, when and by whom. */
import { getIssue } from 'jira.js/cloud';
import { z } from 'zod';
import type { ProofFile } from '../../contract';
import { jira } from '../../jira/client';
import { now } from '../../platform/clock';
import { Fault } from '../../platform/errors';
import { record } from '../ledger';
import { entry, instant, type WorkItem } from '../model';

/** The field `attachment`, as far as it is asked for. */
export const attachments = z.array(z.object({ id: z.string(), filename: z.string(), created: instant })).nullish();

const read = z.object({ fields: z.object({ attachment: attachments }) });

/** What this person may see on the work item, the latest first. */
export async function filesOf(key: string): Promise<ProofFile[]> {
  const { fields } = read.parse(await getIssue(jira('person'), { issueIdOrKey: key, fields: ['attachment'] }));
  return [...(fields.attachment ?? [])].sort((one, other) => other.created - one.created).map(({ id, filename }) => ({ id, name: filename }));
}

/** Named as proof once for each time the work item came to be confirmed, however often it is sent. */
export async function recordProof(item: WorkItem, ids: readonly string[], me: string): Promise<void> {
  if (ids.length === 0) return;
  const files = await filesOf(item.key);
  if (!ids.every((id) => files.some((one) => one.id === id))) {
    throw new Fault('person.input', `A file that is named as proof is not on ${item.key} any more. Choose another one, or add it again.`);
  }
  const since = entry(item).at.toString(36);
  await record(ids.map((id) => ({ id: `proof:${item.id}:${id}:${since}`, itemId: item.id, at: now(), kind: 'proof', actor: me, otherId: id })));
}
