import { priorityBean } from '../beans';
import { chosenBy, namedLike, personsOnly, rowOr404 } from '../configure';
import { ok, operation, page, type Jira, type Operation } from '../rest';
import type { Priority } from '../store';

const DEFAULT_PRIORITY = 'Medium';

const withDefault = (jira: Jira, priority: Priority) => ({ ...priorityBean(jira, priority), isDefault: priority.name === DEFAULT_PRIORITY });

export const operations: Operation[] = personsOnly([
  operation('getPriorities', 'GET', '/rest/api/3/priority', ({ jira }) => ok(jira.store.priorities.all().map((one) => priorityBean(jira, one)))),
  operation('searchPriorities', 'GET', '/rest/api/3/priority/search', ({ jira, query }) => {
    const rows = namedLike(
      query,
      'priorityName',
      chosenBy(query, 'id', jira.store.priorities.all(), ({ id }) => id),
    );
    const chosen = query.get('onlyDefault') === 'true' ? rows.filter((one) => one.name === DEFAULT_PRIORITY) : rows;
    return ok(
      page(
        query,
        chosen.map((one) => withDefault(jira, one)),
      ),
    );
  }),
  operation('getPriority', 'GET', '/rest/api/3/priority/{id}', ({ jira, params }) =>
    ok(withDefault(jira, rowOr404(jira.store.priorities, params.id, 'The priority was not found.'))),
  ),
]);
