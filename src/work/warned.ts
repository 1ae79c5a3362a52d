/** A rule about the person that only warns is let pass by Jira without a word: who passed it is kept afterwards. */
import { RULES, type RuleLevels, type Transition, warnedOf } from '../method';
import { actingOf } from './facts';
import type { WorkItem } from './model';
import { recordOutcome } from './rule-events';

/** How strict the rules are now; what was passed while they are paused is judged when the pause is over. */
export type InForce = () => Promise<{ levels: RuleLevels; paused?: unknown }>;

interface Taken {
  actor: string | undefined;
  at: number;
  /** Id of its entry in the changelog: telling it twice keeps it once. */
  act: string;
}

export async function recordWarned(item: WorkItem, transition: Transition, { actor, at, act }: Taken, inForce: InForce): Promise<void> {
  if (actor === undefined || !transition.rules.some((id) => RULES[id].who && RULES[id].level === 'configurable')) return;
  const { levels, paused } = await inForce();
  if (paused !== undefined) return;
  const own = item.changes.findIndex((one) => one.id === act);
  const acting = actingOf({ accountId: actor }, own < 0 ? item : { ...item, changes: item.changes.slice(0, own) });
  const rules = warnedOf(transition, acting, levels);
  await recordOutcome({ item, transition: transition.key, rules, judged: rules.length, outcome: 'letThrough', reference: '', at, actor, act });
}
