/** What can be done from here besides the next step. */
import Button from '@atlaskit/button/new';
import type { ProcessPanel } from '../../src/contract';
import { Icon } from '../shared/icons';
import styles from './panel.module.css';
import type { Acts } from './use-acts';

const RECLASSIFY = { transition: 'reclassify', name: 'Reclassify', take: 'dialog' } as const;

export function Actions({ panel, acts }: { panel: ProcessPanel; acts: Acts }) {
  const { may, others } = panel;
  const aside = [...others.filter((one) => one.kind === 'pause' || one.kind === 'end'), ...(may.reclassify ? [RECLASSIFY] : [])];
  return (
    <div className={styles['actions']}>
      {may.handOver && (
        <Button iconBefore={() => <Icon name="arrowRight" />} onClick={acts.onHandOver}>
          Hand over
        </Button>
      )}
      {may.followUp && (
        <Button iconBefore={() => <Icon name="plus" />} onClick={acts.onFollowUp}>
          Follow-up
        </Button>
      )}
      {aside.map((step) => (
        <Button key={step.transition} appearance="subtle" isLoading={acts.busy === step.transition} onClick={() => acts.onTake(step)}>
          {step.name}
        </Button>
      ))}
    </div>
  );
}
