/** How a step is taken from the panel, by what hinders it. */
import { expect, it } from 'vitest';
import { type RuleId, transitionOf, type WorkTypeKey } from '../../src/method';
import { asPaused, takeOf } from '../../src/work/deeds/steps';

const unmet = (...rules: RuleId[]) => rules.map((rule) => ({ rule, state: 'unmet' as const, level: 'enforce' as const }));
const take = (type: WorkTypeKey, key: string, verdicts: ReturnType<typeof unmet>) => {
  const step = transitionOf(type, key);
  return takeOf(step, type, verdicts, new Set([step.id]));
};

it('is at once where nothing is missing, in a dialog where fields answer, and not at all where only other work does', () => {
  expect(take('incident', 'accept', [])).toBe('now');
  expect(take('incident', 'accept', unmet('V02'))).toBe('dialog');
  expect(take('serviceRequest', 'deliver', unmet('V50', 'V09'))).toBeUndefined();
  expect(takeOf(transitionOf('incident', 'accept'), 'incident', [], new Set())).toBeUndefined();
});

it('hands over where that is what is missing, also while the rules are paused', () => {
  expect(take('incident', 'recover', unmet('V10'))).toBe('handOver');
  expect(take('improvement', 'deployMeasure', unmet('V10', 'V25'))).toBeUndefined();
  const step = transitionOf('improvement', 'deployMeasure');
  expect(takeOf(step, 'improvement', asPaused(unmet('V10', 'V25')), new Set([step.id]))).toBe('handOver');
});
