/** The workflow rules of all apps of the site as one host: a rule belongs to the app that offers its id. */
import type { RuleHost } from '../contract';

const NOBODY: RuleHost = {
  rules: () => [],
  validate: () => Promise.resolve({ result: false, errorMessage: 'No installed app has this rule, so the work item was not moved.' }),
  runPostFunction: () => undefined,
};

/** Asks the apps anew each time, so that apps may come and go. */
export function rulesOfAll(apps: () => readonly RuleHost[]): RuleHost {
  const owner = (ruleId: string): RuleHost => apps().find((app) => app.rules().some((rule) => rule.id === ruleId)) ?? NOBODY;
  return {
    rules: () => apps().flatMap((app) => app.rules()),
    actionValidators: () => apps().flatMap((app) => app.actionValidators?.() ?? []),
    validate: (ruleId, event) => owner(ruleId).validate(ruleId, event),
    runPostFunction: (ruleId, event) => owner(ruleId).runPostFunction(ruleId, event),
  };
}
