/** One rule: what it asks and why, where it stands, how strict it is, what it did. A new level asks when it begins. */
import { Fragment, useState } from 'react';
import type { Level, RuleRow } from '../../../src/contract';
import { LEVELS } from '../../../src/contract/rules';
import { Field } from '../../shared/field';
import { Icon } from '../../shared/icons';
import { fromInputs, momentToTheMinute, toInputs } from '../../shared/time';
import { Confirm } from '../ui/confirm';
import { Option } from '../ui/option';
import { Segments } from '../ui/segments';
import table from '../ui/table.module.css';
import { LEVEL_NAMES, whereLines } from './list';
import styles from './rules.module.css';

interface RuleLineProps {
  row: RuleRow;
  now: number;
  busy: boolean;
  onLevel: (level: Level, at: number | undefined) => Promise<boolean>;
}

const MEANS: Record<Level, string> = {
  off: 'It is not asked any more, in no place.',
  warn: 'It is told in the panel and counted, and lets pass.',
  enforce: 'A step that does not fulfil it is refused.',
};

const DAY = 86_400_000;

function Begin({ row, level, now, busy, onLevel, onEnd }: RuleLineProps & { level: Level; onEnd: () => void }) {
  const [later, setLater] = useState(false);
  const [day, setDay] = useState(() => toInputs(now + DAY));
  const [tried, setTried] = useState(false);
  const at = later ? fromInputs(day.date, day.time) : undefined;
  const problem = later && (at === undefined || at <= now) ? 'Name a moment that is still to come.' : undefined;
  const send = async (): Promise<void> => {
    setTried(true);
    if (problem === undefined && (await onLevel(level, at))) onEnd();
  };
  return (
    <Confirm
      title={`${row.rule} from ${LEVEL_NAMES[row.level]} to ${LEVEL_NAMES[level]}`}
      action={level === 'off' ? `Switch ${row.rule} off` : level === 'warn' ? `Let ${row.rule} warn` : `Enforce ${row.rule}`}
      keep={`Keep ${LEVEL_NAMES[row.level]}`}
      danger={level === 'off'}
      busy={busy}
      quiet
      onKeep={onEnd}
      onConfirm={() => void send()}
    >
      <p>{MEANS[level]}</p>
      <div role="radiogroup" aria-label="When it begins">
        <Option type="radio" name={`begin-${row.rule}`} title="Now" checked={!later} onChange={() => setLater(false)} />
        <Option type="radio" name={`begin-${row.rule}`} title="Later" checked={later} onChange={() => setLater(true)} />
      </div>
      {later && (
        <div className={styles['pair']}>
          <Field id={`day-${row.rule}`} label="Day" problem={tried ? problem : undefined}>
            {(aria) => <input {...aria} type="date" value={day.date} onChange={(event) => setDay({ ...day, date: event.target.value })} />}
          </Field>
          <Field id={`time-${row.rule}`} label="Time">
            {(aria) => <input {...aria} type="time" value={day.time} onChange={(event) => setDay({ ...day, time: event.target.value })} />}
          </Field>
        </div>
      )}
    </Confirm>
  );
}

export function RuleLine(props: RuleLineProps) {
  const { row, now, busy } = props;
  const [asked, setAsked] = useState<Level>();
  return (
    <Fragment>
      <tr>
        <td className={styles['rule']}>{row.rule}</td>
        <td>
          {row.asks}
          <small>{row.why}</small>
          {!row.judged && <small>Not judged by this version: it lets pass.</small>}
        </td>
        <td className={styles['where']}>
          {whereLines(row).map(({ text, whole }) => (
            <span key={whole} title={whole}>
              {text}
            </span>
          ))}
        </td>
        <td>
          {row.settable ? (
            <Segments
              label={`Level of ${row.rule}`}
              looks="joined"
              segments={LEVELS.map((value) => ({ value, name: LEVEL_NAMES[value] }))}
              value={asked ?? row.level}
              disabled={busy}
              onChange={(level) => setAsked(level === row.level ? undefined : level)}
            />
          ) : (
            <span className={styles['always']} title={row.onFailure}>
              <Icon name="lock" />
              Always
            </span>
          )}
          {row.next && (
            <small className={styles['next']}>
              {LEVEL_NAMES[row.next.level]} from {momentToTheMinute(row.next.at, now)}
            </small>
          )}
        </td>
        <td className={table['number']}>{row.refused}</td>
        <td className={table['number']}>{row.settable ? row.letThrough : ''}</td>
      </tr>
      {asked !== undefined && (
        <tr>
          <td />
          <td colSpan={5}>
            <Begin key={asked} {...props} level={asked} onEnd={() => setAsked(undefined)} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
