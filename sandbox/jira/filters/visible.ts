/** Whether somebody may see a filter: their own, and what is shared with them. */
import type { Jira } from '../rest';
import { isShared } from '../shares/share';
import type { Filter, User } from '../store';

export const maySee = (jira: Jira, person: User | undefined, filter: Filter): boolean =>
  filter.ownerId === person?.id || isShared(jira, person, filter.shares) || isShared(jira, person, filter.editShares);

/** All that somebody may see. */
export const visibleFilters = (jira: Jira, person: User | undefined): Filter[] => jira.store.filters.filter((one) => maySee(jira, person, one));
