/** The app's own rules inside Jira's workflows: read and changed one by one, without rewriting a workflow. Only apps may ask this. */
import { getWorkflowTransitionRuleConfigurations, updateWorkflowTransitionRuleConfigurations } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { transitionOf } from '../../method';
import { Fault } from '../../platform/errors';
import { asksBefore, GATE_MODULE, RULE_MODULES } from '../model';
import { readConfig, withLevels } from '../rule-config';
import { everyPage } from '../site';
import { levelsFor, type Wanted } from './model';

const LISTS = ['validators', 'postFunctions'] as const;

/** One rule as Jira keeps it. */
export interface RuleInJira {
  workflow: string;
  list: (typeof LISTS)[number];
  id: string;
  key: string;
  /** The configuration as text. */
  value: string;
  disabled: boolean;
  tag?: string | undefined;
}

/** Workflows on a page (OpenAPI: at most 50). */
const WORKFLOWS_A_PAGE = 50;
/** Rules in one request: some 2.5 kB each. Jira states no limit. */
const RULES_A_REQUEST = 100;

/** One request for up to 50 workflows. */
export async function rulesInJira(app: Client): Promise<RuleInJira[]> {
  const workflows = await everyPage((startAt) =>
    getWorkflowTransitionRuleConfigurations(app, {
      types: ['validator', 'postfunction'],
      keys: [...RULE_MODULES],
      startAt,
      maxResults: WORKFLOWS_A_PAGE,
    }),
  );
  return workflows.flatMap((workflow) =>
    LISTS.flatMap((list) =>
      (workflow[list] ?? []).map(({ id, key, configuration: { value, disabled = false, tag } }) => ({
        workflow: workflow.workflowId.name,
        list,
        id,
        key,
        value,
        disabled,
        tag,
      })),
    ),
  );
}

const moduleOf = ({ key }: RuleInJira) => RULE_MODULES.find((module) => module === key);

/** The configuration of what asks before a step; undefined where it is no such rule, or nobody can read it. */
function askingConfig(rule: RuleInJira) {
  const module = moduleOf(rule);
  return module && asksBefore(module) ? readConfig(module, rule.value) : undefined;
}

/** The levels that a rule carries in Jira now. */
export const levelsIn = (rule: RuleInJira) => askingConfig(rule)?.levels;

/** The rule as it has to be. What somebody else wrote into it is not touched, only switched on and off. */
function asWanted(rule: RuleInJira, { levels, gateOff, afterOff }: Wanted): RuleInJira {
  const config = askingConfig(rule);
  const off = { ...rule, disabled: asksBefore(rule.key) ? gateOff : afterOff };
  if (!config) return off;
  const { rules } = transitionOf(config.type, config.transition);
  const wanted = levelsFor(rules, levels);
  const same = JSON.stringify(wanted) === JSON.stringify(levelsFor(rules, config.levels ?? {}));
  const value = same ? undefined : withLevels(moduleOf(rule) ?? GATE_MODULE, rule.value, wanted);
  return { ...off, ...(value !== undefined && { value }) };
}

/** Rules that are not as wanted, as they have to become. */
export const behind = (rules: readonly RuleInJira[], wanted: Wanted): RuleInJira[] =>
  rules.flatMap((rule) => {
    const next = asWanted(rule, wanted);
    return next.disabled === rule.disabled && next.value === rule.value ? [] : [next];
  });

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

const changeOf = ({ id, key, value, disabled, tag }: RuleInJira) => ({
  id,
  key,
  configuration: { value, disabled, ...(tag !== undefined && { tag }) },
});

/** What Jira says of one workflow: faults of the whole, and of single rules by their id. */
const messages = z
  .object({ updateErrors: z.array(z.string()).default([]), ruleUpdateErrors: z.record(z.string(), z.array(z.string())).default({}) })
  .transform(({ updateErrors, ruleUpdateErrors }) => [...updateErrors, ...Object.values(ruleUpdateErrors).flat()]);

/** Writes rules back. Whoever dies in between leaves some of them as they were; the next look finds just those. */
export async function writeRules(app: Client, rules: readonly RuleInJira[]): Promise<void> {
  for (const chunk of chunks(rules, RULES_A_REQUEST)) {
    const { updateResults = [] } = await updateWorkflowTransitionRuleConfigurations(app, {
      workflows: [...new Set(chunk.map((one) => one.workflow))].map((name) => {
        const own = chunk.filter((one) => one.workflow === name);
        return { workflowId: { name }, ...Object.fromEntries(LISTS.map((list) => [list, own.filter((one) => one.list === list).map(changeOf)])) };
      }),
    });
    const said = updateResults.flatMap((one) => messages.parse(one));
    if (said.length > 0) {
      throw new Fault('platform.unavailable', 'Jira did not take over every rule. The rest is tried again by itself.', {
        cause: new Error(said.join(' ')),
      });
    }
  }
}

/** The app is about to go: whatever rule is left would refuse every step. */
export async function disableRules(app: Client): Promise<number> {
  const on = (await rulesInJira(app)).filter((rule) => !rule.disabled);
  await writeRules(
    app,
    on.map((rule) => ({ ...rule, disabled: true })),
  );
  return on.length;
}
