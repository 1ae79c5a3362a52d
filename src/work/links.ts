/** Takes away a hand-off link that somebody drew by hand. One with a receipt behind it is the hand-off's own and stays. */
import { deleteIssueLink } from 'jira.js/cloud';
import { jira, JiraError } from '../jira/client';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { chainOf } from './receipts';
import { strayLinks } from './record';

export async function removeLink(itemId: string, link: string, site: Installed): Promise<void> {
  const [item, chain] = await Promise.all([readItem('person', itemId, site), chainOf(itemId)]);
  // Already taken away: nothing is left to do.
  if (!item.links.some((one) => one.linkId === link)) return;
  if (!strayLinks(item, chain, site).some((one) => one.id === link)) {
    throw new Fault('person.input', 'This link belongs to a hand-off, or is of another kind. A hand-off is ended by withdrawing what was asked.');
  }
  try {
    await deleteIssueLink(jira('person'), { linkId: link });
  } catch (thrown) {
    if (!(thrown instanceof JiraError) || thrown.status !== 404) throw thrown;
    if ((await readItem('person', itemId, site)).links.some((one) => one.linkId === link)) {
      throw new Fault('person.forbidden', `Jira does not let you change links of ${item.key}. Ask somebody who may link work items here.`);
    }
  }
}
