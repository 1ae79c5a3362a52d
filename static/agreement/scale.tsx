/** Net and gross on one scale with the lines of both targets. The table beside it says everything, so it is hidden from screen readers. */
import type { WorkAgreementView } from '../../src/contract';
import { span } from '../shared/time';
import styles from './scale.module.css';
import { scaleOf } from './words';

const percent = (value: number): string => `${String(value)}%`;

export function ScaleBars({ view }: { view: WorkAgreementView }) {
  const scale = scaleOf(view);
  if (!scale) return null;
  const { net = 0, gross = 0 } = view;
  return (
    <div className={styles['scale']} aria-hidden>
      <span className={styles['label']}>Net</span>
      <div className={styles['bar']}>
        <span className={styles['net']} style={{ width: percent(scale.net) }} />
        <span className={styles['over']} style={{ width: percent(scale.over) }} />
        {scale.lines.map(({ at, whose }) => (
          <span key={whose} className={styles[whose === 'own' ? 'own' : 'customers']} style={{ insetInlineStart: percent(at) }} />
        ))}
      </div>
      <span className={styles['amount']}>{span(net)}</span>
      <span className={styles['label']}>Gross</span>
      <div className={styles['bar']}>
        <span className={styles['gross']} style={{ width: percent(scale.net + scale.over) }} />
        <span className={styles['uncounted']} style={{ width: percent(Math.max(0, scale.gross - scale.net - scale.over)) }} />
        {scale.lines.map(({ at, whose }) => (
          <span key={whose} className={styles[whose === 'own' ? 'own' : 'customers']} style={{ insetInlineStart: percent(at) }} />
        ))}
      </div>
      <span className={styles['amount']}>{span(gross)}</span>
      <span />
      <div className={styles['labels']}>
        {scale.lines.map(({ at, amount, whose }) => (
          <span key={whose} className={styles[whose === 'own' ? 'ownLabel' : 'customersLabel']} style={{ insetInlineStart: percent(at) }}>
            {amount}
            <br />
            {whose === 'own' ? 'own' : 'customer’s'}
          </span>
        ))}
      </div>
      <span />
    </div>
  );
}
