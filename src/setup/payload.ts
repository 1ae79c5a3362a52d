/** A workflow of the blueprint as Jira takes it. Pure: ids in, request body out; the same input gives the same bytes. */
import { createHash } from 'node:crypto';
import type { createWorkflows } from 'jira.js/cloud';
import { isLocked, STATUSES, type StatusKey } from '../method';
import { APP_ROLE, type TransitionItem, type WorkflowItem } from './blueprint';
import { AFTER_MODULE, GATE_MODULE, type RuleConfig, type RuleModule, WHO_MODULE } from './model';
import { configText } from './rule-config';
import { levelsAtBeginning } from './rules/levels';
import { idOf, type Ids, nameFor, type Site } from './site';

/** Our rule modules as the site names them: manifest key -> ARI. */
export type RuleAris = Readonly<Record<RuleModule, string>>;

type Rule = {
  ruleKey: string;
  /** Jira takes texts only. */
  parameters: Record<string, string>;
  id?: string;
};

/** The same text always has the same UUID, so that a plan and a second run compare. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

const reference = (status: StatusKey): string => uuidOf(`status:${status}`);

type Levels = RuleConfig['levels'];

function conditionsOf({ who, cameFrom }: TransitionItem, ids: Ids): Rule[] {
  if (!who) return [];
  const roles = [...who.roles, ...(who.app ? [APP_ROLE.key] : [])].map((key) => idOf(ids, 'roles', key));
  const people = who.fields.map((key) => idOf(ids, 'fields', key));
  const rules: Rule[] = [
    {
      ruleKey: 'system:restrict-issue-transition',
      parameters: {
        ...(roles.length > 0 && { roleIds: roles.join(',') }),
        ...(who.reporter && { accountIds: 'allow-reporter' }),
        ...(people.length > 0 && { allowUserCustomFields: people.join(',') }),
      },
    },
  ];
  if (cameFrom) {
    rules.push({
      ruleKey: 'system:previous-status-condition',
      parameters: {
        previousStatusIds: idOf(ids, 'statuses', cameFrom),
        not: 'false',
        mostRecentStatusOnly: 'true',
        includeCurrentStatus: 'false',
        ignoreLoopTransitions: 'true',
      },
    });
  }
  return rules;
}

/** What our rules on a transition are written with. */
interface Ours {
  workflow: WorkflowItem;
  transition: TransitionItem;
  ids: Ids;
  rules: RuleAris;
  levels: Levels;
}

/** Our validators share one rule key, so what comes first keeps the shorter name for its id. Jira wants that id twice: beside the parameters and among them. */
function forgeRule(module: RuleModule, ruleKey: string, { workflow, transition, ids, rules, levels }: Ours): Rule {
  const id = uuidOf([ruleKey, ...(module === WHO_MODULE ? [module] : []), workflow.key, transition.key].join(':'));
  const config = configText(module, workflow.key, transition.key, ids, levels);
  return { ruleKey, parameters: { key: rules[module], config, id, disabled: 'false', tag: '' }, id };
}

/** Of a function and of an expression alike. */
const VALIDATOR = 'forge:expression-validator';

function validatorsOf(ours: Ours): Rule[] {
  const { ids } = ours;
  const { required, gate, actor } = ours.transition;
  return [
    ...(required
      ? [
          {
            ruleKey: 'system:validate-field-value',
            parameters: {
              ruleType: 'fieldRequired',
              fieldsRequired: required.fields.map((key) => idOf(ids, 'fields', key)).join(','),
              ignoreContext: 'true',
              errorMessage: required.sentence,
            },
          },
        ]
      : []),
    ...(gate ? [forgeRule(GATE_MODULE, VALIDATOR, ours)] : []),
    ...(actor ? [forgeRule(WHO_MODULE, VALIDATOR, ours)] : []),
  ];
}

/** An empty value clears the field. */
const update = (field: string, value: string): Rule => ({ ruleKey: 'system:update-field', parameters: { field, value, mode: 'replace' } });

function actionsOf(ours: Ours): Rule[] {
  const { ids } = ours;
  const { resolution, clears = [], after } = ours.transition;
  return [
    ...(resolution ? [update('resolution', resolution === 'clear' ? '' : idOf(ids, 'resolutions', resolution))] : []),
    ...clears.map((key) => update(idOf(ids, 'fields', key), '')),
    ...(after ? [forgeRule(AFTER_MODULE, 'forge:workflow-post-function', ours)] : []),
  ];
}

const transitionOf = ({ transition, ids, ...rest }: Ours) => ({
  id: transition.id,
  name: transition.name,
  description: '',
  type: transition.from.length === 0 ? 'INITIAL' : 'DIRECTED',
  toStatusReference: reference(transition.to),
  links: transition.from.map((status) => ({ fromStatusReference: reference(status) })),
  // Jira refuses a conditions object on the initial transition, even an empty one.
  ...(transition.who && { conditions: { operation: 'ALL', conditions: conditionsOf(transition, ids), conditionGroups: [] } }),
  validators: validatorsOf({ transition, ids, ...rest }),
  actions: actionsOf({ transition, ids, ...rest }),
  triggers: [],
  properties: {},
  ...(transition.screen && {
    transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: idOf(ids, 'screens', transition.screen) } },
  }),
});

/** What a workflow needs of its site. */
export type OnSite = Pick<Site, 'ids' | 'target'>;

const statusOf = ({ ids, target }: OnSite, key: StatusKey) => ({
  id: idOf(ids, 'statuses', key),
  name: nameFor(target, 'statuses', { key, name: STATUSES[key].name }),
  description: STATUSES[key].meaning,
  statusCategory: STATUSES[key].category,
  statusReference: reference(key),
});

/** Jira's own switch for "read-only" (Atlassian docs: use workflow properties). */
export const EDITABLE = 'jira.issue.editable';
const propertiesOf = (status: StatusKey): Record<string, string> => (isLocked(status) ? { [EDITABLE]: 'false' } : {});

/** Body of POST /workflows/create for several workflows; their statuses exist already. Names are those the workflows have on this site. */
export const workflowsPayload = (items: readonly WorkflowItem[], site: OnSite, rules: RuleAris) =>
  ({
    scope: { type: 'GLOBAL' },
    statuses: [...new Set(items.flatMap((item) => item.statuses.map(({ status }) => status)))].map((key) => statusOf(site, key)),
    workflows: items.map((item) => ({
      name: item.name,
      description: item.description,
      startPointLayout: { x: -160, y: 0 },
      statuses: item.statuses.map(({ status, x, y }) => ({ statusReference: reference(status), layout: { x, y }, properties: propertiesOf(status) })),
      transitions: item.transitions.map((transition) =>
        transitionOf({ workflow: item, transition, ids: site.ids, rules, levels: levelsAtBeginning(site.target.begin) }),
      ),
    })),
  }) satisfies Parameters<typeof createWorkflows>[1];

/** How many rules a workflow carries: of Jira's own, and of ours. */
export function rulesOf({ transitions }: WorkflowItem): { jira: number; usm: number } {
  const sum = (count: (one: TransitionItem) => number): number => transitions.reduce((total, one) => total + count(one), 0);
  return {
    jira: sum((one) => (one.who ? 1 : 0) + (one.cameFrom ? 1 : 0) + (one.required ? 1 : 0) + (one.resolution ? 1 : 0) + (one.clears?.length ?? 0)),
    usm: sum((one) => (one.gate ? 1 : 0) + (one.actor ? 1 : 0) + (one.after ? 1 : 0)),
  };
}
