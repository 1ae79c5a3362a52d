/** The workflow rules of the app: what it offers, and how a validator's answer is read. Pure. */
import { z } from 'zod';
import type { ForgeRule } from '../../contract';
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
  /** The manifest's own text for a refusal. */
  errorMessage: string | undefined;
}

const detailSchema = z.object({ function: z.string().optional(), errorMessage: z.unknown().optional() });

/** Every rule of the manifest, with the id under which a workflow names it. */
export function rulesOf(manifest: Manifest, environmentId: string): Rule[] {
  return Object.entries(KINDS).flatMap(([moduleType, kind]) =>
    manifest.modulesOf(moduleType).map((module: ManifestModule) => {
      const detail = detailSchema.parse(module);
      return {
        id: `ari:cloud:ecosystem::extension/${manifest.appId}/${environmentId}/static/${module.key}`,
        ...kind,
        ...namesOf(module),
        moduleType,
        moduleKey: module.key,
        functionKey: detail.function,
        errorMessage: typeof detail.errorMessage === 'string' ? detail.errorMessage : undefined,
      };
    }),
  );
}

const verdictSchema = z.strictObject({ result: z.boolean(), errorMessage: z.string().optional() });

/** A validator's answer; undefined where it is not exactly `{result, errorMessage?}`. */
export function readVerdict(answer: Json | undefined): { result: boolean; errorMessage?: string } | undefined {
  const verdict = verdictSchema.safeParse(answer).data;
  if (!verdict) return undefined;
  return verdict.errorMessage === undefined ? { result: verdict.result } : { result: verdict.result, errorMessage: verdict.errorMessage };
}

/** What people read when a rule could not be judged: it says which rule, and that nothing was changed. */
export const unjudged = (name: string): string => `The rule "${name}" could not be checked, so the work item was not moved. Try again.`;
