/** How a dashboard's columns are arranged. Jira's public API does not tell; its own pages use an address like this one. */
import { z } from 'zod';
import { personsOnly } from '../configure';
import { noContent, ok, operation, type Operation } from '../rest';
import { editableDashboard, visibleDashboard } from './access';
import { arrange, layoutOf } from './places';

const path = '/rest/dashboards/1.0/{dashboardId}/layout';
const body = z.looseObject({ layout: z.enum(['A', 'AA', 'AB', 'BA', 'AAA']) });

export const layoutOperations: Operation[] = [
  operation('getDashboardLayout', 'GET', path, (call) => ok({ layout: layoutOf(visibleDashboard(call, call.params.dashboardId)) })),
  ...personsOnly([
    operation('setDashboardLayout', 'PUT', path, body, (call) => {
      arrange(editableDashboard(call, call.params.dashboardId), call.body.layout);
      return noContent();
    }),
  ]),
];
