/** The eight workflows, one request each, and the scheme that brings them to the work types. */
import { createWorkflows, createWorkflowScheme, getAllWorkflowSchemes, searchWorkflows, workflowCapabilities } from 'jira.js/cloud';
import { Fault } from '../../platform/errors';
import { BLUEPRINT, MADE_BY, type WorkflowItem } from '../blueprint';
import { AFTER_MODULE, GATE_MODULE } from '../model';
import { type RuleAris, workflowPayload } from '../payload';
import { everyPage, idOf, sameName, type Site } from '../site';
import { byName, part } from './part';

const NOT_LISTED =
  'Jira does not list the rules of the app yet, which takes a while after it was installed. Nothing was made. Try again in a minute.';

/** Our two rules as Jira lists them for this installation. Jira answers for a workflow, so one that every site has is named. */
async function ruleAris({ person, environmentId }: Site): Promise<RuleAris> {
  const { values = [] } = await searchWorkflows(person, { scope: 'GLOBAL', maxResults: 1 });
  const { forgeRules = [] } = await workflowCapabilities(person, values[0]?.id === undefined ? {} : { workflowId: values[0].id });
  const find = (module: string): string => {
    const rule = forgeRules.find(({ id }) => id?.endsWith(`/${environmentId}/static/${module}`));
    if (!rule?.id) throw new Fault('platform.unavailable', NOT_LISTED);
    return rule.id;
  };
  return { [GATE_MODULE]: find(GATE_MODULE), [AFTER_MODULE]: find(AFTER_MODULE) };
}

const signature = (transitions: readonly { id?: string | undefined; name?: string | undefined }[]): string =>
  transitions
    .map((one) => `${one.id ?? ''} ${one.name ?? ''}`)
    .sort()
    .join('\n');

export const workflows = part<WorkflowItem>({
  key: 'workflows',
  kind: 'workflow',
  title: 'Workflow',
  items: () => BLUEPRINT.workflows,
  /** Two reads for the rules and one large write. */
  requests: () => 3,
  alone: true,
  async look({ person }, items) {
    const queryString = items.length === 1 ? items[0]?.name : 'USM';
    const rows = await everyPage((startAt) => searchWorkflows(person, { queryString, scope: 'GLOBAL', startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => ({ id: String(row.id) }),
    );
  },
  async inspect({ person }, item, { id }) {
    const { values = [] } = await searchWorkflows(person, { queryString: item.name, scope: 'GLOBAL', expand: 'values.transitions' });
    const { transitions = [] } = values.find((row) => row.id === id) ?? {};
    return signature(transitions) === signature(item.transitions)
      ? undefined
      : { wrong: 'A workflow of this name exists and has other transitions.' };
  },
  async make(site, item) {
    const { workflows: made = [] } = await createWorkflows(site.person, workflowPayload(item, site.ids, await ruleAris(site)));
    return String(made.find((row) => sameName(row.name, item.name))?.id);
  },
});

export const workflowScheme = part({
  key: 'workflowScheme',
  kind: 'workflowScheme',
  title: 'Workflow scheme',
  items: () => [BLUEPRINT.workflowScheme],
  requests: () => 1,
  async look({ person, ids }, items) {
    const rows = await everyPage((startAt) => getAllWorkflowSchemes(person, { startAt }));
    return byName(
      items,
      rows,
      (row) => row.name,
      (row) => {
        const strays = BLUEPRINT.workflows.some(({ key, name }) => !sameName(String(row.issueTypeMappings?.[ids.workTypes[key] ?? '']), name));
        return { id: String(row.id), ...(strays && { wrong: 'A workflow scheme of this name exists and names other workflows.' }) };
      },
    );
  },
  async make({ person, ids }, { name }) {
    const issueTypeMappings = Object.fromEntries(BLUEPRINT.workflows.map((one) => [idOf(ids, 'workTypes', one.key), one.name]));
    return String((await createWorkflowScheme(person, { name, description: MADE_BY, issueTypeMappings })).id);
  },
});
