/** Where the decisions about the rules are kept: the truth that Jira's workflows follow. */
import type { SetupTarget } from '../../contract';
import { now } from '../../platform/clock';
import { changeVersioned, type Version, versioned } from '../../platform/kvs';
import { levelsAtBeginning } from './levels';
import { ruleState, type RuleState, stateWith, withRules } from './model';

export const store = versioned('rules', ruleState);

/** `first`: what is changed where nothing has been decided yet. */
export const changeState = (change: (state: RuleState) => RuleState, first: RuleState = stateWith({})): Promise<Version<RuleState>> =>
  changeVersioned(store, first, change);

/** Setup has put the rules into the workflows. The first time it decides how strict they begin; later what was decided since stays. */
export async function rulesPutIn(begin: SetupTarget['begin'], by: string): Promise<void> {
  const first = stateWith(levelsAtBeginning(begin) ?? {});
  if (!(await store.read()) && (await store.write(first, 0))) return;
  await changeState((state) => withRules(state, { by, at: now() }), first);
}
