/** Small writes outside workflows, one for each `Act`. */
import {
  addIssueTypesToIssueTypeScheme,
  addScreenTab,
  addScreenTabField,
  appendMappingsForIssueTypeScreenScheme,
  assignIssueTypeSchemeToProject,
  assignIssueTypeScreenSchemeToProject,
  createCustomFieldOption,
  getOptionsForContext,
  getWorkflowScheme,
  getWorkflowSchemeProjectAssociations,
  partialUpdateProjectRole,
  readWorkflows,
  readWorkflowSchemes,
  removeMappingsFromIssueTypeScreenScheme,
  updateCustomField,
  updateCustomFieldOption,
  updateIssueLinkType,
  updateIssueType,
  updateSchemes,
  updateScreenScheme,
  updateStatuses,
} from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { ended, switchWorkflowScheme, task, updateResolution, updateScreen } from '../../jira/operations';
import { BLUEPRINT } from '../blueprint';
import { everyPage } from '../site';
import { mappingsBetween } from '../status-mapping';
import type { Act } from './model';

type Of<Do extends Act['do']> = Extract<Act, { do: Do }>;

const RENAME: Record<Of<'rename'>['part'], (client: Client, act: Of<'rename'>) => Promise<unknown>> = {
  roles: (client, { id, name }) => partialUpdateProjectRole(client, { id: Number(id), name }),
  resolutions: (client, { id, key, name }) =>
    updateResolution(client, { id, name, description: BLUEPRINT.resolutions.find((one) => one.key === key)?.description ?? '' }),
  workTypes: (client, { id, name }) => updateIssueType(client, { id, name }),
  fields: (client, { id, name }) => updateCustomField(client, { fieldId: id, name }),
  screens: (client, { id, name }) => updateScreen(client, { screenId: Number(id), name }),
};

async function choices(client: Client, { fieldId, contextId, add, enable }: Of<'choices'>): Promise<void> {
  const context = { fieldId, contextId: Number(contextId) };
  if (add.length > 0) await createCustomFieldOption(client, { ...context, options: add.map((value) => ({ value })) });
  if (enable.length === 0) return;
  const rows = await everyPage((startAt) => getOptionsForContext(client, { ...context, startAt, maxResults: 100, onlyOptions: true }));
  const asleep = rows.flatMap(({ id, value = '', disabled }) =>
    disabled === true && enable.includes(value) ? [{ id: String(id), disabled: false }] : [],
  );
  if (asleep.length > 0) await updateCustomFieldOption(client, { ...context, options: asleep });
}

/** One after the other: the order of the requests is the order on the screen. */
async function screenFields(client: Client, { screenId, tabId, fieldIds }: Of<'screenFields'>): Promise<void> {
  const screen = Number(screenId);
  const tab = tabId === undefined ? Number((await addScreenTab(client, { screenId: screen, name: 'USM' })).id) : Number(tabId);
  for (const fieldId of fieldIds) await addScreenTabField(client, { screenId: screen, tabId: tab, fieldId });
}

/** Workflows by id or name, with all their statuses, as the mappings need them. */
async function flowsOf(client: Client, wanted: { workflowIds: string[] } | { workflowNames: string[] }) {
  const { workflows = [], statuses = [] } = await readWorkflows(client, wanted);
  return {
    workflows,
    statuses: new Map(statuses.map((one) => [String(one.statusReference), { id: String(one.id), category: String(one.statusCategory) }])),
  };
}

/** Back to our workflows. Jira wants to know where work items go whose status these do not have: to the nearest one. */
async function switchWorkflows(client: Client, { projectId, schemeId }: Of<'switch'>): Promise<void> {
  const [{ values }, to] = await Promise.all([
    getWorkflowSchemeProjectAssociations(client, { projectId: [Number(projectId)] }),
    getWorkflowScheme(client, { id: Number(schemeId) }),
  ]);
  const from = values[0]?.workflowScheme;
  const named = (scheme: typeof from, type: string): string => String(scheme?.issueTypeMappings?.[type] ?? scheme?.defaultWorkflow ?? '');
  const types = [...new Set([...Object.keys(from?.issueTypeMappings ?? {}), ...Object.keys(to.issueTypeMappings ?? {})])];
  const changing = types.filter((type) => named(from, type) !== named(to, type));
  const { workflows, statuses } = await flowsOf(client, {
    workflowNames: [...new Set(changing.flatMap((type) => [named(from, type), named(to, type)]))],
  });
  const flow = (name: string) => workflows.find((one) => one.name === name) ?? {};
  const mappings = mappingsBetween(
    changing.map((id) => ({ id, from: flow(named(from, id)), to: flow(named(to, id)) })),
    statuses,
  );
  await ended(client, await switchWorkflowScheme(client, { projectId, targetSchemeId: schemeId, mappings }));
}

async function switchScheme(client: Client, act: Of<'switch'>): Promise<void> {
  const { scheme, projectId, schemeId } = act;
  if (scheme === 'workTypeScheme') await assignIssueTypeSchemeToProject(client, { issueTypeSchemeId: schemeId, projectId });
  else if (scheme === 'workTypeScreenScheme') await assignIssueTypeScreenSchemeToProject(client, { issueTypeScreenSchemeId: schemeId, projectId });
  else await switchWorkflows(client, act);
}

/** Jira maps a work type once: a mapping is taken out before another one is put in. Whoever dies in between leaves a gap that the next reading finds. */
async function schemeScreens(client: Client, { schemeId, typeId, screenSchemeId, mapped }: Of<'schemeScreens'>): Promise<void> {
  const issueTypeScreenSchemeId = schemeId;
  if (mapped) await removeMappingsFromIssueTypeScreenScheme(client, { issueTypeScreenSchemeId, issueTypeIds: [typeId] });
  await appendMappingsForIssueTypeScreenScheme(client, { issueTypeScreenSchemeId, issueTypeMappings: [{ issueTypeId: typeId, screenSchemeId }] });
}

/** The scheme as it is now, with our work types on our workflows; whatever else it says stays. */
async function schemeWorkflows(client: Client, { schemeId, workflows }: Of<'schemeWorkflows'>): Promise<void> {
  const [scheme] = await readWorkflowSchemes(client, { workflowSchemeIds: [schemeId] });
  if (!scheme) return;
  const others = scheme.workflowsForIssueTypes.map(({ workflow, issueTypeIds }) => ({
    workflowId: workflow.id,
    issueTypeIds: issueTypeIds.filter((id) => !(id in workflows)),
  }));
  const ours = Object.entries(workflows).map(([typeId, workflowId]) => ({ workflowId, issueTypeIds: [typeId] }));
  const all = new Map<string, string[]>();
  for (const { workflowId, issueTypeIds } of [...others, ...ours]) all.set(workflowId, [...(all.get(workflowId) ?? []), ...issueTypeIds]);
  const runs = (typeId: string): string =>
    scheme.workflowsForIssueTypes.find((one) => one.issueTypeIds.includes(typeId))?.workflow.id ?? scheme.defaultWorkflow?.id ?? '';
  const changing = Object.entries(workflows).map(([id, workflowId]) => ({ id, from: runs(id), to: workflowId }));
  const found = await flowsOf(client, { workflowIds: [...new Set(changing.flatMap((one) => [one.from, one.to]).filter((id) => id !== ''))] });
  const flow = (id: string) => found.workflows.find((one) => one.id === id) ?? {};
  const mappings = mappingsBetween(
    changing.map(({ id, from, to }) => ({ id, from: flow(from), to: flow(to) })),
    found.statuses,
  );
  const answer = await updateSchemes(client, {
    id: scheme.id,
    name: scheme.name,
    description: scheme.description ?? '',
    version: scheme.version,
    ...(scheme.defaultWorkflow && { defaultWorkflowId: scheme.defaultWorkflow.id }),
    workflowsForIssueTypes: [...all].filter(([, ids]) => ids.length > 0).map(([workflowId, issueTypeIds]) => ({ workflowId, issueTypeIds })),
    statusMappingsByIssueTypeOverride: mappings.map((one) => ({ ...one, statusMappings: [...one.statusMappings] })),
  });
  const begun = task.safeParse(answer);
  if (begun.success) await ended(client, begun.data);
}

type Runner<Do extends Act['do']> = (client: Client, act: Of<Do>) => Promise<unknown>;

const RUN: { [Do in Exclude<Act['do'], 'make' | 'status' | 'linkType'>]: Runner<Do> } = {
  rename: (client, act) => RENAME[act.part](client, act),
  choices,
  screenFields,
  switch: switchScheme,
  schemeTypes: (client, { schemeId, typeIds }) =>
    addIssueTypesToIssueTypeScheme(client, { issueTypeSchemeId: Number(schemeId), issueTypeIds: [...typeIds] }),
  schemeScreens,
  screenScheme: (client, { id, view, create }) => updateScreenScheme(client, { screenSchemeId: id, screens: { default: view, view, create } }),
  schemeWorkflows,
};

/** Requests an act takes. */
export function requestsOf(act: Act): number {
  switch (act.do) {
    case 'make':
      return 6;
    case 'choices':
      return (act.add.length > 0 ? 1 : 0) + (act.enable.length > 0 ? 2 : 0);
    case 'screenFields':
      return act.fieldIds.length + (act.tabId === undefined ? 1 : 0);
    case 'schemeScreens':
      return act.mapped ? 2 : 1;
    case 'switch':
      return act.scheme === 'workflowScheme' ? 5 : 1;
    case 'schemeWorkflows':
      return 4;
    default:
      return 1;
  }
}

/** Whether work items may get another status by it: those whose status our workflow does not have. */
export const movesWork = (act: Act): boolean => act.do === 'schemeWorkflows' || (act.do === 'switch' && act.scheme === 'workflowScheme');

export type Single = Exclude<Act, { do: 'make' }>;

const byId = <One extends { id: string }>(acts: readonly One[]): One[][] => [
  ...acts.reduce((groups, one) => groups.set(one.id, [...(groups.get(one.id) ?? []), one]), new Map<string, One[]>()).values(),
];

/** Acts as they are sent: those about the same object together, all statuses in one request. Each is independent of the others. */
export function writesOf(acts: readonly Single[]): { acts: readonly Single[]; run(client: Client): Promise<unknown> }[] {
  const statuses = acts.filter((one) => one.do === 'status');
  const linkTypes = byId(acts.filter((one) => one.do === 'linkType'));
  const others = acts.filter((one) => one.do !== 'status' && one.do !== 'linkType');
  return [
    ...(statuses.length === 0
      ? []
      : [
          {
            acts: statuses,
            run: (client: Client) =>
              updateStatuses(client, {
                statuses: byId(statuses).map((same) => {
                  const [first] = same;
                  const text = Object.assign({}, first?.now, ...same.map((one) => one.change)) as Of<'status'>['now'];
                  return { id: first?.id ?? '', name: text.name, statusCategory: text.category };
                }),
              }),
          },
        ]),
    ...linkTypes.map((same) => ({
      acts: same,
      run: (client: Client) =>
        updateIssueLinkType(client, {
          issueLinkTypeId: same[0]?.id ?? '',
          ...(Object.assign({}, same[0]?.now, ...same.map((one) => one.change)) as Of<'linkType'>['now']),
        }),
    })),
    ...others.map((one) => ({ acts: [one], run: (client: Client) => (RUN[one.do] as Runner<typeof one.do>)(client, one) })),
  ];
}
