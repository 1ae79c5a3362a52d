/** A month as weeks of days: one tab stop, arrows go from day to day, Enter opens what stands in it. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { classes } from '../../../shared/classes';
import { Mark } from '../../../shared/mark';
import { movedBy, type Place } from '../../coverage/model';
import styles from './calendar.module.css';
import { beginText, type Day, daySentence, WEEKDAYS } from './model';

/** Entries that a day has room for. */
const SHOWN = 3;

interface MonthProps {
  label: string;
  weeks: readonly (readonly Day[])[];
  clash: ReadonlySet<string>;
  at: Place;
  open: Place | undefined;
  onMove: (place: Place) => void;
  onOpen: (place: Place) => void;
}

function Entries({ day, clash }: { day: Day; clash: ReadonlySet<string> }) {
  const all = [
    ...day.freezes.map(({ id, name }) => (
      <span key={id} className={classes(styles['entry'], styles['frozen'])} title={name}>
        {name}
      </span>
    )),
    ...day.changes.map((change) => (
      <span
        key={change.key}
        className={classes(styles['entry'], !change.open && styles['over'], clash.has(change.key) && styles['clash'])}
        title={change.summary}
      >
        {clash.has(change.key) && <Mark kind="later" />}
        {change.key} {beginText(change.window, day)}
      </span>
    )),
  ];
  const shown = all.length > SHOWN ? all.slice(0, SHOWN - 1) : all;
  return (
    <div className={styles['entries']} aria-hidden>
      {shown}
      {all.length > shown.length && <span className={styles['more']}>{all.length - shown.length} more</span>}
    </div>
  );
}

export function Month({ label, weeks, clash, at, open, onMove, onOpen }: MonthProps) {
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onOpen(at);
    }
    const next = movedBy(event.key, event.ctrlKey || event.metaKey, at, weeks.length, WEEKDAYS.length);
    if (!next) return;
    event.preventDefault();
    moved.current = true;
    onMove(next);
  };
  return (
    <div className={styles['frame']}>
      <table ref={table} role="grid" aria-label={label} className={styles['month']} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col" abbr={name}>
                {name.slice(0, 3)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((days, row) => (
            <tr key={days[0]?.from}>
              {days.map((day, column) => (
                <td
                  key={day.from}
                  role="gridcell"
                  tabIndex={at.row === row && at.column === column ? 0 : -1}
                  aria-selected={open?.row === row && open.column === column}
                  aria-label={daySentence(day, clash)}
                  {...(day.today && { 'aria-current': 'date' as const })}
                  className={classes(styles['day'], !day.inside && styles['outside'], day.today && styles['today'])}
                  onClick={() => {
                    onMove({ row, column });
                    onOpen({ row, column });
                  }}
                >
                  <span className={styles['number']} aria-hidden>
                    {new Date(day.from).getDate()}
                  </span>
                  <Entries day={day} clash={clash} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
