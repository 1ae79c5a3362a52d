/** How work ends, and when repeated failures ask for more. */
import layout from '../ui/layout.module.css';
import { Option } from '../ui/option';
import { NumberInput, type PartProps } from './part';
import styles from './settings.module.css';

export function Closing({ draft, wrong, onChange }: PartProps) {
  const { reopenDays, silentConfirmation: silent, trend } = draft;
  return (
    <>
      <section className={styles['section']} aria-labelledby="reopen">
        <h2 id="reopen" className={layout['subhead']}>
          Reopening
        </h2>
        <div className={styles['inline']}>
          Work can be reopened for
          <NumberInput
            path="reopenDays"
            label="Working days for reopening"
            wrong={wrong}
            min={0}
            max={60}
            value={reopenDays}
            onChange={(value) => onChange({ reopenDays: value })}
          />
          working days after it is fulfilled. Later it is new work.
        </div>
      </section>
      <section className={styles['section']} aria-labelledby="silent">
        <h2 id="silent" className={layout['subhead']}>
          Confirmation without an answer
        </h2>
        <Option
          type="checkbox"
          name="silent"
          title="Silence counts as a yes"
          text="Off: only an answer confirms. On: the record says that nobody answered."
          checked={silent.on}
          onChange={(on) => onChange({ silentConfirmation: { ...silent, on } })}
        />
        {silent.on && (
          <div className={styles['inline']}>
            After
            <NumberInput
              path="silentConfirmation.days"
              label="Working days of silence"
              wrong={wrong}
              min={1}
              max={60}
              value={silent.days}
              onChange={(days) => onChange({ silentConfirmation: { ...silent, days } })}
            />
            working days without an answer the result counts as confirmed.
          </div>
        )}
      </section>
      <section className={styles['section']} aria-labelledby="trend">
        <h2 id="trend" className={layout['subhead']}>
          Trend
        </h2>
        <div className={styles['inline']}>
          <NumberInput
            path="trend.incidents"
            label="Incidents that make a trend"
            wrong={wrong}
            min={2}
            max={100}
            value={trend.incidents}
            onChange={(incidents) => onChange({ trend: { ...trend, incidents } })}
          />
          incidents on the same item and category within
          <NumberInput
            path="trend.days"
            label="Days of a trend"
            wrong={wrong}
            min={1}
            max={365}
            value={trend.days}
            onChange={(days) => onChange({ trend: { ...trend, days } })}
          />
          days ask for a preventive action.
        </div>
      </section>
    </>
  );
}
