/** Who a person is called, as the person who looks sees them. */
import { jira } from '../jira/client';
import { bulkGetUsers } from '../jira/operations';
import { SOMEBODY } from './model';

const PEOPLE_AT_ONCE = 90;

/** Names by account id; whoever is not known any more is left out. */
export async function namesOf(accountIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(accountIds)].slice(0, PEOPLE_AT_ONCE);
  if (ids.length === 0) return new Map();
  const { values = [] } = await bulkGetUsers(jira('person'), { accountId: ids });
  return new Map(values.flatMap(({ accountId, displayName }) => (displayName === undefined ? [] : [[accountId, displayName]])));
}

export const nameOf = async (accountId: string | undefined): Promise<string> =>
  accountId === undefined ? SOMEBODY : ((await namesOf([accountId])).get(accountId) ?? SOMEBODY);
