/** Everything of the REST API by which a site is set up, people and permissions included. */
import { operations as audit } from './audit';
import { recordChanges, snapshot } from './audit/record';
import { operations as avatars } from './avatars';
import { operations as dashboards } from './dashboards';
import { operations as fields } from './fields';
import { operations as filters } from './filters';
import { operations as linkTypes } from './linktypes';
import { operations as permissions } from './permissions';
import { operations as priorities } from './priorities';
import { operations as projects } from './projects';
import { operations as resolutions } from './resolutions';
import type { Operation } from './rest';
import { operations as roles } from './roles';
import { operations as screens } from './screens';
import { operations as security } from './security';
import { operations as server } from './server';
import { operations as statuses } from './statuses';
import { operations as tasks } from './tasks';
import { operations as users } from './users';
import { operations as workflows } from './workflows';
import { operations as workflowSchemes } from './workflowschemes';
import { operations as workTypes } from './worktypes';

/** What changes the configuration is told in the audit log. */
const audited = (one: Operation): Operation =>
  one.method === 'GET'
    ? one
    : {
        ...one,
        async handle(call) {
          const before = snapshot(call.jira.store);
          const answer = await one.handle(call);
          recordChanges(call.jira, call.person?.id, before);
          return answer;
        },
      };

const operations: Operation[] = [
  ...server,
  ...users,
  ...projects,
  ...workTypes,
  ...statuses,
  ...workflows,
  ...workflowSchemes,
  ...screens,
  ...fields,
  ...roles,
  ...resolutions,
  ...priorities,
  ...linkTypes,
  ...permissions,
  ...security,
  ...dashboards,
  ...filters,
  ...tasks,
  ...audit,
  ...avatars,
];

export const configurationOperations: Operation[] = operations.map(audited);
