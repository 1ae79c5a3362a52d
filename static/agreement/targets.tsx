/** What was promised, line by line: how much, until when, and what is left of it, net. */
import type { WorkAgreementView } from '../../src/contract';
import { Mark } from '../shared/mark';
import { momentToTheMinute, wholeMoment } from '../shared/time';
import styles from './panel.module.css';
import { leftWords, minutesWords } from './words';

const TONES = { neutral: undefined, information: undefined, success: undefined, warning: 'warning', danger: 'danger' } as const;

export const Targets = ({ view, now }: { view: WorkAgreementView; now: number }) => (
  <table className={styles['targets']}>
    <thead>
      <tr>
        <th scope="col">Target</th>
        <th scope="col">Promised</th>
        <th scope="col">Due</th>
        <th scope="col">Left, net</th>
      </tr>
    </thead>
    <tbody>
      {view.targets.map((target) => {
        const { text, tone } = leftWords(target, now);
        const className = TONES[tone];
        return (
          <tr key={`${target.kind}-${target.whose}`}>
            <th scope="row">{target.label}</th>
            <td>{target.minutes === undefined ? 'a date' : minutesWords(target.minutes)}</td>
            <td>{target.due !== undefined && <time title={wholeMoment(target.due)}>{momentToTheMinute(target.due, now)}</time>}</td>
            <td className={className && styles[className]}>
              {target.state === 'stopped' && (
                <Mark kind={target.verdict === 'missed' ? 'unmet' : 'met'} name={target.verdict === 'missed' ? 'Late' : 'In time'} />
              )}{' '}
              {text}
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);
