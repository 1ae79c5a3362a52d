import { personsOnly } from '../configure';
import { jiraDate, ok, operation, type Operation } from '../rest';

const LOCALE = 'en_US';

/** When the build that this site claims to be was made. */
const BUILD_DATE = '2026-11-02T00:00:00.000+0000';

export const operations: Operation[] = [
  ...personsOnly([
    operation('getConfiguration', 'GET', '/rest/api/3/configuration', () =>
      ok({
        votingEnabled: false,
        watchingEnabled: true,
        unassignedIssuesAllowed: true,
        subTasksEnabled: true,
        issueLinkingEnabled: true,
        timeTrackingEnabled: false,
        attachmentsEnabled: true,
      }),
    ),
  ]),
  operation('getLocale', 'GET', '/rest/api/3/mypreferences/locale', () => ok({ locale: LOCALE })),
  operation('getServerInfo', 'GET', '/rest/api/3/serverInfo', ({ jira }) =>
    ok({
      baseUrl: jira.baseUrl,
      displayUrl: jira.baseUrl,
      version: '1001.0.0-SNAPSHOT',
      versionNumbers: [1001, 0, 0],
      deploymentType: 'Cloud',
      buildNumber: 100300,
      buildDate: BUILD_DATE,
      serverTime: jiraDate(jira.clock.now().getTime()),
      scmInfo: 'sandbox',
      serverTitle: 'Jira',
      serverTimeZone: 'Etc/UTC',
      defaultLocale: { locale: LOCALE },
    }),
  ),
];
