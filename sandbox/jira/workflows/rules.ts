/** How an app looks after its own rules without rewriting workflows. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listOf, personsOnly } from '../configure';
import { badRequest, forbidden, notFound, ok, operation, page, type Call, type Operation } from '../rest';
import type { ConditionGroup, RuleConfiguration, Workflow, WorkflowTransition } from '../store';
import { FORGE_RULES, type RuleKind } from './catalogue';
import { RULE_CONFIG_BYTES } from './checks';

const path = '/rest/api/3/workflow/rule/config';
const TAG_LENGTH = 255;
const PAGE = 10;

/** The three names of the query and the three lists of the answer. */
const TYPES: Record<string, { list: 'postFunctions' | 'conditions' | 'validators'; kind: RuleKind }> = {
  postfunction: { list: 'postFunctions', kind: 'action' },
  condition: { list: 'conditions', kind: 'condition' },
  validator: { list: 'validators', kind: 'validator' },
};

interface AppRule {
  rule: RuleConfiguration;
  kind: RuleKind;
  transition: WorkflowTransition;
}

const inGroup = (group: ConditionGroup): RuleConfiguration[] => [...group.conditions, ...group.conditionGroups.flatMap(inGroup)];

/** The app that a rule belongs to, by the ARI of its module. */
const belongsTo = ({ parameters }: RuleConfiguration, appId: string): boolean =>
  (parameters.key ?? '').startsWith(`ari:cloud:ecosystem::extension/${appId}/`);

/** The rules in a workflow that the asking app looks after: its own. */
const appRules = ({ transitions }: Workflow, { appId }: Pick<Call, 'appId'>): AppRule[] =>
  transitions.flatMap((transition) =>
    [...transition.validators, ...transition.actions, ...(transition.conditions ? inGroup(transition.conditions) : [])].flatMap((rule) => {
      const kind = FORGE_RULES[rule.ruleKey];
      return kind && (appId === undefined || belongsTo(rule, appId)) ? [{ rule, kind, transition }] : [];
    }),
  );

/** The key that the app's manifest gives the module: the end of the rule's ARI. */
const moduleKey = (rule: RuleConfiguration): string => (rule.parameters.key ?? '').split('/').at(-1) ?? '';

function ruleBean({ rule, transition }: AppRule, withTransition: boolean) {
  const { id = rule.id, config = '', disabled, tag } = rule.parameters;
  return {
    id,
    key: moduleKey(rule),
    configuration: { value: config, disabled: disabled === 'true', ...(tag && { tag }) },
    ...(withTransition && { transition: { id: Number(transition.id), name: transition.name } }),
  };
}

const ruleChange = z.object({
  id: z.string().min(1),
  key: z.string().optional(),
  configuration: z.object({ value: z.string(), disabled: z.boolean().optional(), tag: z.string().max(TAG_LENGTH).nullish() }),
});
const ruleChanges = z.array(ruleChange).nullish();

const changeSchema = z.object({
  workflows: z
    .array(
      z.object({
        workflowId: z.object({ name: z.string(), draft: z.boolean().default(false) }),
        postFunctions: ruleChanges,
        conditions: ruleChanges,
        validators: ruleChanges,
      }),
    )
    .min(1),
});

/** Answers only apps, whether they ask as themselves or for a person. */
function appsOnly({ person, viaApp }: Call): void {
  if (!viaApp && person?.accountType !== 'app') throw forbidden('Only Connect or Forge apps can access workflow transition rule configurations.');
}

/** What is wrong with one change, or undefined after it was made. */
function apply(rules: AppRule[], kind: RuleKind, change: z.infer<typeof ruleChange>): string | undefined {
  const found = rules.find(({ rule, kind: own }) => own === kind && (rule.parameters.id ?? rule.id) === change.id);
  if (!found) return `The rule with this id does not exist: ${change.id}`;
  const { value, disabled, tag } = change.configuration;
  if (Buffer.byteLength(value) > RULE_CONFIG_BYTES) return `The configuration of a rule must not exceed ${RULE_CONFIG_BYTES} bytes.`;
  Object.assign(found.rule.parameters, { config: value, disabled: String(disabled ?? false), tag: tag ?? '' });
  return undefined;
}

export const ruleOperations: Operation[] = personsOnly([
  operation('getWorkflowTransitionRuleConfigurations', 'GET', path, (call) => {
    appsOnly(call);
    const { jira, query } = call;
    const types = listOf(query, 'types');
    if (types.length === 0) throw badRequest('At least one type of rules has to be provided.');
    const unknown = types.filter((one) => !TYPES[one]);
    if (unknown.length > 0) throw notFound(`Unsupported transition rule types: ${unknown.join(', ')}`);
    const [keys, names, tags] = [query.getAll('keys'), query.getAll('workflowNames'), query.getAll('withTags')];
    const withTransition = listOf(query, 'expand').includes('transition');
    const rows = jira.store.workflows
      .filter((one) => names.length === 0 || names.includes(one.name))
      .map((workflow) => {
        const rules = appRules(workflow, call)
          .filter(({ rule }) => keys.length === 0 || keys.includes(moduleKey(rule)))
          .filter(({ rule }) => tags.length === 0 || tags.includes(rule.parameters.tag ?? ''));
        const lists = types.flatMap((type) => {
          const wanted = TYPES[type];
          return wanted ? [[wanted.list, rules.filter(({ kind }) => kind === wanted.kind).map((one) => ruleBean(one, withTransition))] as const] : [];
        });
        return { rules: rules.length, bean: { workflowId: { name: workflow.name, draft: false }, ...Object.fromEntries(lists) } };
      })
      .filter(({ rules }) => rules > 0);
    return ok(
      page(
        query,
        rows.map(({ bean }) => bean),
        PAGE,
      ),
    );
  }),
  operation('updateWorkflowTransitionRuleConfigurations', 'PUT', path, changeSchema, (call) => {
    appsOnly(call);
    const { store, clock } = call.jira;
    const updateResults = call.body.workflows.map((change) => {
      const { workflowId } = change;
      const workflow = workflowId.draft ? undefined : store.workflows.find((one) => one.name === workflowId.name);
      if (!workflow) {
        const missing = `Workflow not found: WorkflowIdBean{name=${workflowId.name}, draft=${workflowId.draft}}`;
        return { workflowId, ruleUpdateErrors: {}, updateErrors: [missing] };
      }
      const rules = appRules(workflow, call);
      const changes = Object.values(TYPES).flatMap(({ list, kind }) => (change[list] ?? []).map((one) => ({ kind, one })));
      const errors = changes.flatMap(({ kind, one }) => {
        const error = apply(rules, kind, one);
        return error ? [[one.id, [error]] as const] : [];
      });
      if (errors.length < changes.length) {
        workflow.version = { id: randomUUID(), versionNumber: workflow.version.versionNumber + 1 };
        workflow.updated = clock.now().getTime();
      }
      return { workflowId, ruleUpdateErrors: Object.fromEntries(errors), updateErrors: [] };
    });
    return ok({ updateResults });
  }),
]);
