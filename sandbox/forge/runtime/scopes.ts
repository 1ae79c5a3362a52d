/** Which classic scope a Jira REST operation asks of an app: a few rules over path and method, checked against the OpenAPI document in the tests. */

const READ = 'read:jira-work';
const WRITE = 'write:jira-work';
const USER = 'read:jira-user';
const PROJECT = 'manage:jira-project';
const CONFIGURATION = 'manage:jira-configuration';
const WEBHOOK = 'manage:jira-webhook';

/** Method ('*' = any), path behind /rest/api/3/ (or /rest/), scopes that are all needed. The first rule that fits counts. */
const RULES: [method: string, path: RegExp, scopes: string[]][] = [
  // Exceptions to what follows.
  ['*', /^(forge\/1\/app\/properties|serverInfo|atlassian-connect|redact|app\/field\/.*value|permissions\/check)/, []],
  ['*', /^(jql\/function\/computation(\/search)?|workflow\/rule\/config\/delete|internal\/.*)$/, []],
  ['GET', /^user\/email/, []],
  ['PUT', /^mypreferences\/locale$/, []],
  ['DELETE', /^uiModifications\//, []],
  ['*', /^uiModifications/, [READ]],
  ['GET', /^(configuration$|group\/bulk$)/, [USER]],
  ['POST', /^dashboard\/[^/]+\/gadget$/, [READ, WRITE]],
  ['GET', /^field\/[^/]+\/association\/project$/, [READ]],
  ['POST', /^forge\/panel\/action\/bulk\/async$/, [PROJECT]],
  ['GET', /^(issuesecurityschemes(\/\d+)?|workflow\/search|project\/[^/]+\/email)$/, [PROJECT]],
  ['GET', /^version\/[^/]+\/relatedwork/, [READ]],
  ['*', /^version\/[^/]+\/relatedwork/, [WRITE]],
  ['*', /^(priority\/search|group\/member)$/, [CONFIGURATION]],
  ['POST', /^(project\/[^/]+\/(delete|restore|role\/[^/]+)|screenscheme)$/, [CONFIGURATION]],
  ['PUT', /^screenscheme\/[^/]+$/, [CONFIGURATION]],
  ['DELETE', /^project\/[^/]+$/, [CONFIGURATION]],

  // Reading by other verbs than GET.
  ['POST', /^(search|jql\/(parse|match)|jql\/autocompletedata|permissions\/project|issue\/(bulkfetch|watching|limit))/, [READ]],
  ['POST', /^(changelog\/bulkfetch|comment\/list|worklog\/list|issue\/[^/]+\/changelog\/list)/, [READ]],
  ['PUT', /^issues\/archive\/export$/, [READ]],
  ['POST', /^jql\/pdcleaner$/, [USER]],
  ['POST', /^expression\//, [READ, USER]],
  ['*', /^webhook/, [WEBHOOK, READ]],

  // People.
  ['GET', /^(myself|users?($|\/)|groups\/picker|group$|configuration\/timetracking\/user)/, [USER]],
  ['*', /^user\/properties/, [WRITE]],

  // Work.
  [
    'GET',
    /^(issue|issueLink|comment|attachment|worklog|search|jql|label|filter|dashboard|bulk|task|mypermissions|groupuserpicker|changelog|plans)($|\/)/,
    [READ],
  ],
  ['*', /^(issue|issueLink|comment|attachment|worklog|filter|dashboard|bulk|task|plans)($|\/)/, [WRITE]],

  // What configuration anyone may read.
  ['GET', /^field\/[^/]+\/(contexts|screens)$/, [PROJECT]],
  ['GET', /^field($|\/search|\/[^/]+\/option\/suggestions)/, [READ]],
  [
    'GET',
    /^(issueLinkType|issuetype|status|statuscategory|resolution|permissionscheme|projectCategory|project|projects|projectvalidate|component|version)($|\/)/,
    [READ],
  ],
  ['GET', /^(priority|customFieldOption|classification-levels|data-policy|universal_avatar\/view)($|\/)/, [READ]],

  // Projects and screens.
  ['*', /^(screens|screenscheme|component|version|projectCategory)($|\/)/, [PROJECT]],
  ['*', /^project\/.+/, [PROJECT]],
];

/** Scopes that `method path` needs of the app; an empty list where none is needed. */
export function scopesFor(method: string, path: string): readonly string[] {
  const bare = path.replace(/\?.*$/, '').replace(/^\/rest\/(api\/[23]\/)?/, '');
  const rule = RULES.find(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(bare));
  return rule ? rule[2] : [CONFIGURATION];
}
