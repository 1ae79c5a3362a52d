/** The workflow rules of the app: what it offers, and how a validator's answer is read. Pure. */
import { z } from 'zod';
import type { ActionValidator, ForgeRule } from '../../contract';
import type { Json } from '../../jira/store';
import { namesOf, type Manifest, type ManifestModule } from '../manifest';

const KINDS: Record<string, Pick<ForgeRule, 'ruleKey' | 'ruleType'>> = {
  'jira:workflowValidator': { ruleKey: 'forge:expression-validator', ruleType: 'Validator' },
  'jira:workflowCondition': { ruleKey: 'forge:expression-condition', ruleType: 'Condition' },
  'jira:workflowPostFunction': { ruleKey: 'forge:workflow-post-function', ruleType: 'PostFunction' },
};

export interface Rule extends ForgeRule {
  moduleType: string;
  moduleKey: string;
  /** Absent where the rule is an expression. */
  functionKey: string | undefined;
}

/** The manifest's own words for a refusal: a text, or an expression that finds it. A key of a translation is neither, so it is left out. */
const messageSchema = z.union([z.string(), z.object({ expression: z.string() })]).optional();
const detailSchema = z.object({ function: z.string().optional(), expression: z.string().optional(), errorMessage: messageSchema.catch(undefined) });

const ruleId = (manifest: Manifest, environmentId: string, moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/${manifest.appId}/${environmentId}/static/${moduleKey}`;

/** Every rule of the manifest, with the id under which a workflow names it. */
export function rulesOf(manifest: Manifest, environmentId: string): Rule[] {
  return Object.entries(KINDS).flatMap(([moduleType, kind]) =>
    manifest.modulesOf(moduleType).map((module: ManifestModule) => {
      const detail = detailSchema.parse(module);
      return {
        id: ruleId(manifest, environmentId, module.key),
        ...kind,
        ...namesOf(module),
        moduleType,
        moduleKey: module.key,
        functionKey: detail.function,
        ...(detail.expression !== undefined && { expression: detail.expression }),
        ...(detail.errorMessage !== undefined && { errorMessage: detail.errorMessage }),
      };
    }),
  );
}

const actionSchema = z.object({
  key: z.string(),
  action: z.enum(['workItemEdited', 'workItemTypeChanged', 'workItemAssigned', 'workItemDeleted']),
  expression: z.string(),
  errorMessage: z.string().optional().catch(undefined),
});

/** The action validators of the manifest that this site can ask. */
export const actionValidatorsOf = (manifest: Manifest, environmentId: string): ActionValidator[] =>
  manifest.modulesOf('jira:actionValidator').flatMap((module) => {
    const { key, errorMessage, ...rest } = actionSchema.safeParse(module).data ?? { key: undefined };
    if (key === undefined || !('action' in rest)) return [];
    return [{ ...rest, id: ruleId(manifest, environmentId, key), ...(errorMessage !== undefined && { errorMessage }) }];
  });

const verdictSchema = z.strictObject({ result: z.boolean(), errorMessage: z.string().optional() });

/** A validator's answer; undefined where it is not exactly `{result, errorMessage?}`. */
export function readVerdict(answer: Json | undefined): { result: boolean; errorMessage?: string } | undefined {
  const verdict = verdictSchema.safeParse(answer).data;
  if (!verdict) return undefined;
  return verdict.errorMessage === undefined ? { result: verdict.result } : { result: verdict.result, errorMessage: verdict.errorMessage };
}

/** What people read when a rule could not be judged: it says which rule, and that nothing was changed. */
export const unjudged = (name: string): string => `The rule "${name}" could not be checked, so the work item was not moved. Try again.`;
