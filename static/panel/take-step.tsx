/** The button of the next step, and beside it those that lead back or on from waiting. */
import Button from '@atlaskit/button/new';
import type { NextStep, OtherStep } from '../../src/contract';
import styles from './next-steps.module.css';
import type { Acts } from './use-acts';
import { stepButton } from './view';

export function TakeStep({ step, others, acts }: { step?: NextStep | undefined; others: readonly OtherStep[]; acts: Acts }) {
  const beside = others.filter((one) => one.kind === 'back' || one.kind === 'resume');
  const main = step?.take !== undefined && step.take !== 'handOver' ? step : undefined;
  if (!main && beside.length === 0) return null;
  return (
    <div className={styles['take']}>
      {main && (
        <Button appearance="primary" isLoading={acts.busy === main.transition} onClick={() => acts.onTake(main)}>
          {stepButton(main)}
        </Button>
      )}
      {beside.map((one) => (
        <Button
          key={one.transition}
          appearance={!main && one.kind === 'resume' ? 'primary' : 'default'}
          isLoading={acts.busy === one.transition}
          onClick={() => acts.onTake(one)}
        >
          {one.name}
        </Button>
      ))}
    </div>
  );
}
