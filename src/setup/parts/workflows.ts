/** The eight workflows, made in one request, and the scheme that brings them to the work types. */
import {
  createWorkflows,
  createWorkflowScheme,
  deleteInactiveWorkflow,
  deleteWorkflowScheme,
  getAllWorkflowSchemes,
  searchWorkflows,
  workflowCapabilities,
} from 'jira.js/cloud';
import { Fault } from '../../platform/errors';
import { BLUEPRINT, MADE_BY, type WorkflowItem } from '../blueprint';
import { RULE_MODULES } from '../model';
import { type RuleAris, rulesOf, workflowsPayload } from '../payload';
import { everyPage, idOf, nameFor, sameName, type Site } from '../site';
import { copiesOf, type SpaceScheme, workflowsOfSpace } from './existing';
import { byName, part, type Seen } from './part';

const NOT_LISTED =
  'Jira does not list the rules of the app yet, which takes a while after it was installed. Nothing was made. Try again in a minute.';

/** Our rules as Jira lists them for this installation. Jira answers for a workflow, so one that every site has is named. */
export async function ruleAris({ person, environmentId }: Pick<Site, 'person' | 'environmentId'>): Promise<RuleAris> {
  const { values = [] } = await searchWorkflows(person, { scope: 'GLOBAL', maxResults: 1 });
  const { forgeRules = [] } = await workflowCapabilities(person, values[0]?.id === undefined ? {} : { workflowId: values[0].id });
  const find = (module: string): string => {
    const rule = forgeRules.find(({ id }) => id?.endsWith(`/${environmentId}/static/${module}`));
    if (!rule?.id) throw new Fault('platform.unavailable', NOT_LISTED);
    return rule.id;
  };
  return Object.fromEntries(RULE_MODULES.map((module) => [module, find(module)])) as unknown as RuleAris;
}

const signature = (transitions: readonly { id?: string | undefined; name?: string | undefined }[]): string =>
  transitions
    .map((one) => `${one.id ?? ''} ${one.name ?? ''}`)
    .sort()
    .join('\n');

interface SeenWorkflow extends Seen {
  lacks?: boolean;
}

const OTHER_TRANSITIONS = 'A workflow of this name exists and has other transitions.';

export const workflows = part<WorkflowItem>({
  key: 'workflows',
  kind: 'workflow',
  title: 'Workflows',
  renamable: true,
  items: () => BLUEPRINT.workflows,
  /** All in one request; the rules are asked for once. */
  requests: () => 1,
  async look({ person }, items) {
    const rows = await everyPage((startAt) =>
      searchWorkflows(person, { queryString: 'USM', scope: 'GLOBAL', expand: 'values.transitions', startAt }),
    );
    return byName(
      items,
      rows,
      (row) => row.name,
      (row, item): SeenWorkflow => {
        const ours = row.description === item.description;
        const rows = row.transitions ?? [];
        if (ours) return { id: String(row.id), ours, lacks: item.transitions.some(({ name }) => rows.every((one) => one.name !== name)) };
        return { id: String(row.id), ours, ...(signature(rows) !== signature(item.transitions) && { wrong: OTHER_TRANSITIONS }) };
      },
    );
  },
  /** Of an earlier version, or edited by somebody. The last step brings it up to date, as drift's repair does. */
  inspect: (_, __, seen: SeenWorkflow) =>
    Promise.resolve(
      seen.lacks ? { lacks: 'Its steps are brought up to the method. Work items stay where they are; other edits are left alone.' } : undefined,
    ),
  async makeAll(site, items) {
    const { workflows: made = [] } = await createWorkflows(site.person, workflowsPayload(items, site, await ruleAris(site)));
    return new Map(items.flatMap((item) => made.filter((row) => sameName(row.name, item.name)).map((row) => [item.key, String(row.id)])));
  },
  remove: ({ person }, _, entityId) => deleteInactiveWorkflow(person, { entityId }),
  inside(item) {
    const { jira, usm } = rulesOf(item);
    return [
      `${String(item.statuses.length)} statuses, ${String(item.transitions.length)} transitions`,
      `${String(jira + usm)} rules: ${String(jira)} of Jira, ${String(usm)} of USM`,
    ];
  },
});

const names = ({ target }: Site, items: readonly WorkflowItem[] = BLUEPRINT.workflows) =>
  items.map((item) => ({ type: item.key, name: nameFor(target, 'workflows', item) }));

export const workflowScheme = part<SpaceScheme>({
  key: 'workflowScheme',
  kind: 'workflowScheme',
  title: 'Workflow scheme',
  renamable: true,
  items: copiesOf(BLUEPRINT.workflowScheme, 'workflows'),
  requests: ({ space }) => (space === undefined ? 1 : 4),
  async look(site, items) {
    const rows = await everyPage((startAt) => getAllWorkflowSchemes(site.person, { startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => {
        const strays = names(site).some(({ type, name }) => !sameName(String(row.issueTypeMappings?.[site.ids.workTypes[type] ?? '']), name));
        return { id: String(row.id), ...(strays && { wrong: 'A workflow scheme of this name exists and names other workflows.' }) };
      },
    );
  },
  async make(site, { name, space }) {
    const ours = Object.fromEntries(names(site).map((one) => [idOf(site.ids, 'workTypes', one.type), one.name]));
    const theirs = space === undefined ? undefined : await workflowsOfSpace(site, space);
    const made = await createWorkflowScheme(site.person, {
      name,
      description: MADE_BY,
      ...(theirs?.byDefault !== undefined && { defaultWorkflow: theirs.byDefault }),
      issueTypeMappings: { ...theirs?.byType, ...ours },
    });
    return String(made.id);
  },
  remove: ({ person }, _, id) => deleteWorkflowScheme(person, { id: Number(id) }),
});
