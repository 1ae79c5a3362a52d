/** Jira's own gadgets, as far as the site draws them: what they are called, what a person sets up, and in which words the settings are kept. */

export type Setting = 'filterId' | 'projectOrFilterId' | 'statType' | 'num' | 'refresh';
/** Jira keeps settings as texts. */
export type Settings = Partial<Record<Setting, string>>;

export interface OwnKind {
  moduleKey: string;
  title: string;
  description: string;
  settings: Setting[];
  /** Without these it has nothing to show. */
  needs: Setting[];
}

export const ASSIGNED = 'com.atlassian.jira.gadgets:assigned-to-me-dashboard-item';
export const RESULTS = 'com.atlassian.jira.gadgets:filter-results-dashboard-item';
export const PIE = 'com.atlassian.jira.gadgets:pie-chart-dashboard-item';

export const OWN_KINDS: OwnKind[] = [
  {
    moduleKey: ASSIGNED,
    title: 'Assigned to Me',
    description: 'The unresolved work items that are assigned to whoever looks.',
    settings: ['num', 'refresh'],
    needs: [],
  },
  {
    moduleKey: RESULTS,
    title: 'Filter Results',
    description: 'What a filter finds, as a list.',
    settings: ['filterId', 'num', 'refresh'],
    needs: ['filterId'],
  },
  {
    moduleKey: PIE,
    title: 'Pie Chart',
    description: 'The work items of a space or a filter, by status, assignee, work type or reporter.',
    settings: ['projectOrFilterId', 'statType', 'refresh'],
    needs: ['projectOrFilterId'],
  },
];

export const ownKind = (moduleKey: string | undefined): OwnKind | undefined => OWN_KINDS.find((one) => one.moduleKey === moduleKey);

export const settingsOf = (kind: OwnKind, configuration: Record<string, unknown> | null): Settings =>
  Object.fromEntries(
    kind.settings.flatMap((name) => {
      const value = configuration?.[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );

export const isSetUp = (kind: OwnKind, settings: Settings): boolean => kind.needs.every((name) => settings[name]);

/** How many rows a list shows where nothing else was said, and at most. */
export const ROWS = 10;
export const MOST_ROWS = 50;
export const rowsOf = ({ num }: Settings): number => Math.min(MOST_ROWS, Math.max(1, Math.trunc(Number(num ?? ROWS)) || ROWS));
