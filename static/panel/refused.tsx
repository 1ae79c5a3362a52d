/** The last refusal, until a step succeeds. What was missing stands below, in the lines of the step, with its buttons. */
import type { ProcessPanel } from '../../src/contract';
import { Message } from '../shared/message';
import { Reference } from '../shared/reference';
import { moment } from '../shared/time';
import styles from './refused.module.css';

export function Refused({ refused, asOf }: { refused: NonNullable<ProcessPanel['refused']>; asOf: number }) {
  const { transition, at, unmet, of, reference } = refused;
  return (
    <section className={styles['refused']} aria-label="Last refusal">
      <Message tone="danger" title={`${transition || 'The last step'} was refused at ${moment(at, asOf)}`}>
        {`${String(unmet)} of ${String(of)} rules ${unmet === 1 ? 'is' : 'are'} not met. Nothing was changed.`}
      </Message>
      <p className={styles['reference']}>
        Reference <Reference value={reference} />
      </p>
    </section>
  );
}
