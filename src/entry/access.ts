/** Who may call what. One table; every call passes `authorise` before its use case runs. */
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import { administrationCalls, type CallName } from '../contract';
import { jira } from '../jira/client';
import { Fault } from '../platform/errors';

/**
 * viewer: whoever is signed in and may see the work item; Jira decides, since the use case reads it as the person first. On a page without a work
 * item: whoever is signed in, and each line only where Jira shows this person the work item.
 * mover: as viewer, and every change of the work item is made as the person, under Jira's permissions and workflow; or, for a receipt, after Jira was
 * asked whether the person may accept it, or may speak for what asked.
 * administrator: Jira administrators, asked anew each time.
 */
type Requirement = 'viewer' | 'mover' | 'administrator';

const WORK: Record<Exclude<CallName, keyof typeof administrationCalls>, Requirement> = {
  'work.process': 'viewer',
  'work.handOverForm': 'viewer',
  'work.handOver': 'mover',
  'work.retry': 'viewer',
  'deeds.form': 'viewer',
  'deeds.take': 'mover',
  'work.receiptForm': 'viewer',
  'work.accept': 'mover',
  'work.return': 'mover',
  'work.answer': 'mover',
  'work.remind': 'mover',
  'work.removeLink': 'mover',
  'work.history': 'viewer',
  // Only for whoever is named in Approvers; the use case looks.
  'work.approve': 'viewer',
  'work.groupCandidates': 'viewer',
  'work.group': 'mover',
  'work.ungroup': 'mover',
  'work.bringAlong': 'mover',
  'board.handoffs': 'viewer',
  'board.triage': 'viewer',
};

export const ACCESS: Record<CallName, Requirement> = {
  ...WORK,
  ...(Object.fromEntries(Object.keys(administrationCalls).map((call) => [call, 'administrator'])) as Record<
    keyof typeof administrationCalls,
    'administrator'
  >),
};

/** Identity and place as the platform gives them. */
export const callContext = z.object({
  accountId: z.string().min(1).optional(),
  extension: z.looseObject({ issue: z.looseObject({ id: z.string().regex(/^\d{1,18}$/) }).optional() }).optional(),
});

export interface Subject {
  accountId: string;
  /** The work item the page stands on. Its id is only a claim until Jira has been asked as the person. */
  itemId: string | undefined;
}

const grants = z.object({ permissions: z.object({ ADMINISTER: z.object({ havePermission: z.boolean() }) }) });

export async function authorise(call: CallName, context: unknown): Promise<Subject> {
  const { accountId, extension } = callContext.parse(context);
  if (accountId === undefined) throw new Fault('person.forbidden', 'Sign in to Jira first; USM does not answer anonymous visitors.');
  if (ACCESS[call] === 'administrator') {
    const answer = grants.parse(await getMyPermissions(jira('person'), { permissions: 'ADMINISTER' }));
    if (!answer.permissions.ADMINISTER.havePermission) {
      throw new Fault('person.forbidden', 'USM setup is for Jira administrators. Ask one of them to open this page.');
    }
  }
  return { accountId, itemId: extension?.issue?.id };
}
