/** Follow-ups: work that this one leads to and need not wait for. Made by the app for the person, exactly once each. */
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import type { FollowUp } from '../../contract';
import { jira } from '../../jira/client';
import { FOLLOW_UPS, workType } from '../../method';
import { Fault } from '../../platform/errors';
import type { Installed } from '../../setup/model';
import { isRefusal, make } from '../make';
import type { WorkItem } from '../model';
import { prepare, type Receipt, receiptsOfAct, reword, voidReceipt } from '../receipts';

export interface Made {
  key: string;
  typeName: string;
}

const grants = z.object({ permissions: z.object({ CREATE_ISSUES: z.object({ havePermission: z.boolean() }) }) });

/** The app makes them, so whoever asks has to be somebody who could. */
async function assertMayCreate(item: WorkItem): Promise<void> {
  const { permissions } = grants.parse(await getMyPermissions(jira('person'), { permissions: 'CREATE_ISSUES', projectId: item.projectId }));
  if (!permissions.CREATE_ISSUES.havePermission) {
    throw new Fault('person.forbidden', 'You may not create work items in this space, so no follow-up was made. Ask its administrator to let you.');
  }
}

/** First line and the rest of what a follow-up is asked for. */
const wordsOf = ({ summary, text }: FollowUp): string => [summary.replace(/\s+/g, ' '), ...(text ? [text] : [])].join('\n');

async function makeOne(followUp: FollowUp, item: WorkItem, me: string, site: Installed): Promise<Receipt | undefined> {
  const { id, type } = followUp;
  const draft = { kind: 'followUp', type, blocks: false, team: undefined, what: wordsOf(followUp), readyBy: undefined, askedBy: me } as const;
  await prepare(item, id, [draft], true);
  await reword(item.id, id, draft);
  const [receipt] = await receiptsOfAct(item.id, id);
  if (!receipt) return undefined;
  try {
    await make(receipt, item, site);
  } catch (thrown) {
    // Jira would say the same the next time, unless the person writes it differently.
    if (isRefusal(thrown)) await voidReceipt(receipt);
    throw thrown;
  }
  return receipt;
}

const PATIENCE = { tries: 6, pauseMs: 300 };

/** Another run of the same call may be making it: then it is waited for, briefly. */
async function keyOf(item: WorkItem, receipt: Receipt): Promise<Made[]> {
  for (let attempt = 1; attempt <= PATIENCE.tries; attempt += 1) {
    const found = (await receiptsOfAct(item.id, receipt.fork)).find((one) => one.childKey !== undefined);
    if (found?.childKey !== undefined) return [{ key: found.childKey, typeName: workType(found.type).name }];
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
  return [];
}

/** Answers those that exist by now; what was begun and not finished is finished by the round of every five minutes. */
export async function makeFollowUps(item: WorkItem, followUps: readonly FollowUp[], me: string, site: Installed): Promise<Made[]> {
  if (followUps.length === 0) return [];
  const wrong = followUps.find((one) => !FOLLOW_UPS.includes(one.type));
  if (wrong) {
    const names = FOLLOW_UPS.map((type) => workType(type).name).join(', ');
    throw new Fault('person.input', `${workType(wrong.type).name} is no follow-up. Choose one of ${names}, or hand over.`);
  }
  await assertMayCreate(item);
  const made: Made[] = [];
  for (const one of followUps) {
    const receipt = await makeOne(one, item, me, site);
    if (receipt) made.push(...(await keyOf(item, receipt)));
  }
  return made;
}
