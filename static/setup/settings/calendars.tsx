/** When support is given: hours of the week, holidays, and the time zone they are meant in. Promises count in these hours. */
import { useState } from 'react';
import type { Calendar } from '../../../src/contract';
import { Field, Problem } from '../../shared/field';
import { Icon } from '../../shared/icons';
import { counted } from '../ui/words';
import { Add, Remove } from '../ui/rows';
import { newCalendar, replaced, without } from './draft';
import { idOf, TextInput, type PartProps } from './part';
import styles from './settings.module.css';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ZONES = 'time-zones';

type Wrong = PartProps['wrong'];

interface OneProps {
  calendar: Calendar;
  path: string;
  wrong: Wrong;
  onChange: (part: Partial<Calendar>) => void;
}

function Day({ calendar, path, wrong, onChange, day }: OneProps & { day: number }) {
  const spans = calendar.week[day] ?? [];
  const name = DAYS[day] ?? '';
  const place = `${path}.week.${String(day)}`;
  const set = (next: typeof spans): void => onChange({ week: replaced(calendar.week, day, next) });
  return (
    <div className={styles['day']} role="group" aria-label={name}>
      <span>{name}</span>
      <span className={styles['inline']}>
        {spans.length === 0 && <span className={styles['closed']}>closed</span>}
        {spans.map((span, index) => (
          <span key={index} className={styles['inline']}>
            <TextInput
              path={`${place}.${String(index)}.from`}
              label={`${name}, from`}
              wrong={wrong}
              className={styles['time']}
              value={span.from}
              onChange={(from) => set(replaced(spans, index, { ...span, from }))}
            />
            to
            <TextInput
              path={`${place}.${String(index)}.to`}
              label={`${name}, to`}
              wrong={wrong}
              className={styles['time']}
              value={span.to}
              onChange={(to) => set(replaced(spans, index, { ...span, to }))}
            />
            <Remove what={`${name} ${span.from} to ${span.to}`} onRemove={() => set(without(spans, index))} />
          </span>
        ))}
        {spans.length < 4 && (
          <Add what={spans.length === 0 ? 'hours' : 'more hours'} onAdd={() => set([...spans, { from: spans.at(-1)?.to ?? '08:00', to: '17:00' }])} />
        )}
        <Problem id={`${idOf(place)}-problem`} text={wrong.get(place)} />
      </span>
    </div>
  );
}

function Holidays({ calendar: { holidays }, path, wrong, onChange }: OneProps) {
  const set = (next: typeof holidays): void => onChange({ holidays: next });
  return (
    <section className={styles['days']} aria-label="Holidays">
      <h3>Holidays</h3>
      {holidays.length === 0 && <p className={styles['closed']}>None. Every week is the same.</p>}
      {holidays.map((holiday, index) => (
        <div key={index} className={styles['row']}>
          <TextInput
            path={`${path}.holidays.${String(index)}.date`}
            label={`Day of holiday ${String(index + 1)}`}
            wrong={wrong}
            type="date"
            value={holiday.date}
            onChange={(date) => set(replaced(holidays, index, { ...holiday, date }))}
          />
          <TextInput
            path={`${path}.holidays.${String(index)}.name`}
            label={`Name of holiday ${String(index + 1)}`}
            wrong={wrong}
            className={styles['grow']}
            value={holiday.name}
            onChange={(name) => set(replaced(holidays, index, { ...holiday, name }))}
          />
          <Remove what={`holiday ${holiday.name}`} onRemove={() => set(without(holidays, index))} />
        </div>
      ))}
      <Add what="a holiday" onAdd={() => set([...holidays, { date: '', name: '' }])} />
    </section>
  );
}

/** "5 days a week, 2 holidays, Europe/Amsterdam" */
const summary = ({ week, holidays, timeZone }: Calendar): string =>
  [`${counted(week.filter((day) => day.length > 0).length, 'day')} a week`, counted(holidays.length, 'holiday'), timeZone].join(', ');

export function Calendars({ draft: { calendars }, wrong, onChange }: PartProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(calendars.slice(0, 1).map(({ id }) => id)));
  const [zones] = useState(() => Intl.supportedValuesOf('timeZone'));
  const set = (next: Calendar[]): void => onChange({ calendars: next });
  const add = (): void => {
    const made = newCalendar(calendars);
    setOpened(new Set([...opened, made.id]));
    set([...calendars, made]);
  };
  return (
    <section className={styles['section']}>
      <p>Clocks run in these hours only. An agreement names the calendar it counts in.</p>
      <datalist id={ZONES}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {calendars.map((calendar, index) => {
        const path = `calendars.${String(index)}`;
        const change = (part: Partial<Calendar>): void => set(replaced(calendars, index, { ...calendar, ...part }));
        const bad = [...wrong.keys()].some((one) => one.startsWith(`${path}.`));
        return (
          <details key={calendar.id} className={styles['calendar']} open={bad || opened.has(calendar.id)}>
            <summary>
              <Icon name="chevronRight" />
              <strong>{calendar.name || 'Without a name'}</strong>
              <small>{summary(calendar)}</small>
            </summary>
            <div className={styles['inside']}>
              <div className={styles['ends']}>
                <Field id={idOf(`${path}.name`)} label="Name" problem={wrong.get(`${path}.name`)}>
                  {(aria) => <input {...aria} autoComplete="off" value={calendar.name} onChange={(event) => change({ name: event.target.value })} />}
                </Field>
                <Field id={idOf(`${path}.timeZone`)} label="Time zone" problem={wrong.get(`${path}.timeZone`)}>
                  {(aria) => (
                    <input
                      {...aria}
                      list={ZONES}
                      autoComplete="off"
                      value={calendar.timeZone}
                      onChange={(event) => change({ timeZone: event.target.value })}
                    />
                  )}
                </Field>
                <Remove what={`calendar ${calendar.name}`} disabled={calendars.length === 1} onRemove={() => set(without(calendars, index))} />
              </div>
              <section className={styles['days']} aria-label="Weekly hours">
                <h3>Weekly hours</h3>
                {DAYS.map((_, day) => (
                  <Day key={day} calendar={calendar} path={path} wrong={wrong} day={day} onChange={change} />
                ))}
              </section>
              <Holidays calendar={calendar} path={path} wrong={wrong} onChange={change} />
            </div>
          </details>
        );
      })}
      <Problem id={`${idOf('calendars')}-problem`} text={wrong.get('calendars')} />
      <Add what="a calendar" onAdd={add} />
    </section>
  );
}
