/** Where the site no longer follows the blueprint, in the method's words. Pure: what was read in, deviations out. */
import { DRIFT_SEVERITIES } from '../../contract';
import { STATUS_KEYS, STATUSES } from '../../method';
import { BLUEPRINT, type WorkflowItem } from '../blueprint';
import { RULE_MODULES } from '../model';
import type { RuleAris } from '../payload';
import { levelsFor } from '../rules/model';
import { nameFor, sameName } from '../site';
import { compareFlow } from './flows';
import { type Actual, type Deviation, type Expected, isLost } from './model';
import { compareObjects } from './objects';
import { compareSpaces } from './spaces';
import { methodStep, typeName } from './words';
import { type Flow, flowOf, asksFirst, type Rule, withLevels, type Workflow } from './workflow';

/** Names our rules well enough to compare where Jira does not list them; nothing can be put back then. */
const unlisted = (environmentId: string): RuleAris =>
  Object.fromEntries(
    RULE_MODULES.map((module) => [module, `ari:cloud:ecosystem::extension/unlisted/${environmentId}/static/${module}`]),
  ) as unknown as RuleAris;

/** As it would be put back on this site: what asks before a step with the levels that administrators have set, and switched off while USM's rules are paused. */
function asPutBack(item: WorkflowItem, flow: Flow, { levels, paused }: Expected['rules']): Flow {
  const asking = (key: string | undefined, one: Rule): Rule => {
    const levelled = withLevels(one, levelsFor(key === undefined ? [] : (methodStep(item.key, key)?.rules ?? []), levels));
    return paused && asksFirst(one) ? { ...levelled, parameters: { ...levelled.parameters, disabled: 'true' } } : levelled;
  };
  return {
    ...flow,
    transitions: flow.transitions.map((one) => {
      const key = item.transitions.find((row) => row.id === one.id)?.key;
      return { ...one, validators: one.validators.map((row) => asking(key, row)) };
    }),
  };
}

/** Statuses and transitions of a newer blueprint may speak of objects this site has not got yet. */
const isKnown = (item: WorkflowItem, { ids }: Expected): boolean => item.statuses.every((one) => ids.statuses[one.status] !== undefined);

function workflowGone(item: WorkflowItem, site: Expected): Deviation {
  const id = site.ids.workflows[item.key] ?? '';
  const name = nameFor(site.target, 'workflows', item);
  return {
    id: `workflows.${item.key}.gone`,
    kind: 'workflow.gone',
    severity: 'broken',
    sentence: `The workflow of ${typeName(item.key)} is gone`,
    meaning: `Jira has no workflow ${name} any more, so ${typeName(item.key)} follows another one, without USM’s steps and rules.`,
    says: [name],
    has: [],
    repair: [`makes the workflow ${name} anew`, `lets ${typeName(item.key)} run on it again`],
    about: { id, name },
    fix: { on: 'site', act: { do: 'make', part: 'workflows', key: item.key } },
  };
}

function renamedWorkflow(item: WorkflowItem, row: Workflow, site: Expected): Deviation[] {
  const name = nameFor(site.target, 'workflows', item);
  if (sameName(row.name, name)) return [];
  return [
    {
      id: `workflows.${item.key}.name`,
      kind: 'object.renamed',
      severity: 'changed',
      sentence: `The workflow ${name} is now called ${row.name}`,
      meaning: `It works as before. Jira offers no way for an app to rename a workflow: call it ${name} again in Jira’s workflow editor, or accept its new name.`,
      says: [name],
      has: [row.name],
      repair: [],
      about: { id: row.id, name: row.name },
    },
  ];
}

function compareWorkflows(actual: Actual, site: Expected): Deviation[] {
  const { workflows } = actual;
  if (!workflows) return [];
  const statusName = (id: string): string => {
    const key = STATUS_KEYS.find((one) => site.ids.statuses[one] === id);
    return key ? STATUSES[key].name : (workflows.statuses.find((one) => one.id === id)?.name ?? `status ${id}`);
  };
  const lost = new Set(STATUS_KEYS.filter((key) => isLost(site, actual, 'statuses', key)).map((key) => site.ids.statuses[key] ?? ''));
  return BLUEPRINT.workflows.flatMap((item): Deviation[] => {
    const id = site.ids.workflows[item.key];
    if (id === undefined || !isKnown(item, site)) return [];
    const row = workflows.rows.find((one) => one.id === id);
    if (!row) return [workflowGone(item, site)];
    const expected = asPutBack(item, flowOf(item, site, workflows.aris ?? unlisted(site.environmentId)), site.rules);
    return [...renamedWorkflow(item, row, site), ...compareFlow({ item, expected, actual: row, site, statusName, lost })];
  });
}

const rank = ({ severity }: Deviation): number => DRIFT_SEVERITIES.indexOf(severity);

/** The gravest first; within the same gravity in the order of the blueprint. */
export const compare = (site: Expected, actual: Actual): Deviation[] =>
  [...compareWorkflows(actual, site), ...compareObjects(actual, site), ...compareSpaces(actual, site)].sort((a, b) => rank(a) - rank(b));
