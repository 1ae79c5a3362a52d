/** What a step asks of Jira with all that follows stays within its budget: Jira counts the requests of all customers together. */
import { beforeAll, describe, expect, it } from 'vitest';
import { BUDGETS, type Budgets, isOver, type Line, type Measured, measure } from '../scenarios/cost';

let measured: Measured[];

beforeAll(async () => {
  measured = await measure();
}, 180_000);

const over = (budgets?: Budgets): Line[] => measured.flatMap((one) => one.lines(budgets)).filter(isOver);

describe('what looking and moving cost', () => {
  it('stays within the budgets of the design', () => {
    expect(measured.length).toBeGreaterThan(15);
    expect(over()).toEqual([]);
  });

  it.each(['transition', 'writesOnItem', 'gateJira', 'gateSql', 'viewing'] as const)(
    'notices a budget that is below what is measured (%s)',
    (kind) => {
      let tight: Budgets = BUDGETS;
      while (over(tight).length === 0 && tight[kind] > 0) tight = { ...tight, [kind]: tight[kind] - 1 };
      expect(over(tight)).not.toEqual([]);
    },
  );

  it('hears of a step only once: what its post function has worked through costs its event nothing', () => {
    const accepted = measured.find((one) => one.name === 'Accept')?.cost.invocations ?? [];
    expect(accepted.filter((one) => one.function === 'issue-changed').map((one) => one.jira)).toEqual([0, 0]);
    expect(accepted.filter((one) => one.function === 'after').map((one) => one.jira)).not.toEqual([0]);
  });
});
