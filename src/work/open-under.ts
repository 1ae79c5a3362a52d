/** What is still to be done under an agreement, asked of Jira by the property that the app keeps on each work item. */
import { searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import { jira } from '../jira/client';

const answer = z.object({ issues: z.array(z.object({ key: z.string() })) });
/** Enough to say where to look; the rest is found by the same search. */
const NAMED = 50;

/** Keys, oldest first; at most 50. `agreement`: its id, SA-014. */
export async function openUnder(agreement: string): Promise<string[]> {
  const jql = `usmAgreement = ${JSON.stringify(agreement)} AND statusCategory != Done ORDER BY created ASC`;
  const { issues } = answer.parse(await searchAndReconsileIssuesUsingJqlPost(jira('app'), { jql, fields: ['summary'], maxResults: NAMED }));
  return issues.map(({ key }) => key);
}
