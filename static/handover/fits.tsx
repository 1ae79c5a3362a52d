/** The moment asked for beside the work item's own. A warning, not a rule: handing over stays possible. */
import type { HandOverForm } from '../../src/contract';
import { Mark } from '../shared/mark';
import { fromInputs, momentToTheMinute } from '../shared/time';
import { useNow } from '../shared/use-now';
import { fit, type Draft } from './draft';
import styles from './fits.module.css';

export function Fits({ form, draft }: { form: HandOverForm; draft: Draft }) {
  const now = useNow();
  const readyBy = fromInputs(draft.date, draft.time);
  if (form.dueBy === undefined || readyBy === undefined) return null;
  const { ok, text } = fit(readyBy, form.dueBy);
  return (
    <div className={styles['box']} role="status">
      <p className={styles['head']}>
        <Mark kind={ok ? 'met' : 'unmet'} />
        <strong>{ok ? `In time for ${form.key}` : `Too late for ${form.key}`}</strong>
        <span className={ok ? undefined : styles['late']}>{text}</span>
      </p>
      <dl>
        <div>
          <dt>You ask ready by</dt>
          <dd>{momentToTheMinute(readyBy, now)}</dd>
        </div>
        <div>
          <dt>{form.key} is due</dt>
          <dd>{momentToTheMinute(form.dueBy, now)}</dd>
        </div>
      </dl>
    </div>
  );
}
