/** The parts of a draft, in the order in which an agreement is read. */
import type { ReactNode } from 'react';
import type { WritingChoices } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import table from '../../../setup/ui/table.module.css';
import { Add, Remove } from '../../../setup/ui/rows';
import { Problem } from '../../../shared/field';
import { useDrafting } from '../../editing/drafting';
import editing from '../../editing/editing.module.css';
import { BareChoice, BareText, Choice, Lines, Rows, Text, useRows } from '../../editing/fields';
import { Pick, PickMany } from '../../editing/pick';
import { idOf, textAt } from '../../editing/places';
import { PriceFields } from '../../editing/price';
import { SpecificationFields } from '../../editing/specification';
import { ZONES } from '../../editing/time-zones';
import { calendarOptions, MEASURES, PERIODS, RENEWALS, REPORTS, TYPES, WINDOWS } from './choices';
import styles from './edit.module.css';
import { AGREED_DATE } from './form';
import { Under } from './under';

export interface SectionProps {
  calendars: WritingChoices['calendars'];
  /** Anything of it was offered: who it is between stays. */
  offered: boolean;
}

interface Section {
  key: string;
  name: string;
  about?: string;
  Body: (props: SectionProps) => ReactNode;
}

const About = ({ offered }: SectionProps) => (
  <>
    <div className={editing['fields']}>
      <div className={editing['wide']}>
        <Text path="name" label="Name" optional={false} />
      </div>
      <Pick path="provider" label="Provided by" kind="party" optional={false} disabled={offered} />
      <Pick path="customer" label="For" kind="party" optional={false} disabled={offered} />
      <Pick path="owner" label="Owner" kind="person" none="nobody keeps it" />
      <Text path="timeZone" label="Time zone" list={ZONES} optional={false} />
    </div>
    <PickMany path="services" label="Services" kind="service" one="a service" none="none yet" />
    <Text path="scope" label="What it is about" rows={3} />
  </>
);

const TIMES = 'edit-times';

interface Head {
  name: string;
  width: 'kind' | 'short' | 'time';
}
const PROMISED: readonly Head[] = [
  { name: 'Kind of call', width: 'kind' },
  { name: 'Priority', width: 'short' },
  { name: 'Answer within', width: 'time' },
  { name: 'Restore, deliver within', width: 'time' },
  { name: 'Counted in', width: 'kind' },
  { name: 'At least, %', width: 'short' },
];
const HANDLED: readonly Head[] = [
  { name: 'Kind of call', width: 'kind' },
  { name: 'Priority', width: 'short' },
  { name: 'Until the answer', width: 'time' },
  { name: 'Until restored, delivered', width: 'time' },
];

function TimesTable({
  path,
  label,
  one,
  promised,
  calendars,
}: {
  path: string;
  label: string;
  one: string;
  promised: boolean;
  calendars: SectionProps['calendars'];
}) {
  const { wrong } = useDrafting();
  const heads = promised ? PROMISED : HANDLED;
  const { rows, add, remove } = useRows(path);
  const before = rows.at(-1);
  const begin = (): void => {
    const last = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
    const rank = typeof last['for'] === 'string' && /^[1-4]$/.test(last['for']) ? String(Number(last['for']) + 1) : '1';
    const row = { type: last['type'] ?? 'incident', for: before === undefined && !promised ? 'all' : rank, respond: '', deliver: '' };
    add(promised ? { ...row, calendar: last['calendar'] ?? calendars[0]?.id ?? '', percent: last['percent'] ?? '95' } : row, 'type');
  };
  return (
    <div id={idOf(path)} tabIndex={-1} className={editing['group']}>
      {rows.length > 0 && (
        <div className={table['scroll']} role="region" aria-label={label} tabIndex={0}>
          <table className={classes(table['table'], styles['times'])}>
            <thead>
              <tr>
                {heads.map(({ name, width }) => (
                  <th key={name} scope="col" className={styles[width]}>
                    {name}
                  </th>
                ))}
                <td className={styles['out']} />
              </tr>
            </thead>
            <tbody>
              {rows.map((_, index) => {
                const place = `${path}.${String(index)}`;
                const row = `row ${String(index + 1)}`;
                return (
                  <tr key={index}>
                    <td>
                      <BareChoice path={`${place}.type`} label={`Kind of call, ${row}`} options={TYPES} />
                      <Problem id={`${idOf(place)}-problem`} text={wrong.get(place)} />
                    </td>
                    <td>
                      <BareChoice path={`${place}.for`} label={`Priority, ${row}`} options={MEASURES} />
                    </td>
                    <td>
                      <BareText path={`${place}.respond`} label={`Answer, ${row}`} placeholder="0:15" />
                    </td>
                    <td>
                      <BareText
                        path={`${place}.deliver`}
                        label={`Restore or deliver, ${row}`}
                        placeholder="4:00"
                        {...(promised && { list: TIMES })}
                      />
                    </td>
                    {promised && (
                      <>
                        <td>
                          <BareChoice path={`${place}.calendar`} label={`Counted in, ${row}`} options={calendarOptions(calendars)} />
                        </td>
                        <td>
                          <BareText path={`${place}.percent`} label={`At least percent, ${row}`} />
                        </td>
                      </>
                    )}
                    <td>
                      <Remove what={`${label}, ${row}`} onRemove={() => remove(index)} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <datalist id={TIMES}>
        <option value={AGREED_DATE} />
      </datalist>
      <Problem id={`${idOf(path)}-problem`} text={wrong.get(path)} />
      <Add id={`${idOf(path)}-add`} what={one} onAdd={begin} />
    </div>
  );
}

const Targets = ({ calendars }: SectionProps) => <TimesTable path="targets" label="Targets" one="a target" promised calendars={calendars} />;

const Hours = ({ calendars }: SectionProps) => (
  <>
    <div className={editing['fields']}>
      <Choice path="serviceHours" label="It can be used in" options={calendarOptions(calendars, 'not said')} />
      <Choice path="supportHours" label="Somebody helps in" options={calendarOptions(calendars, 'not said')} />
      <Text path="availability.percent" label="Available, percent" placeholder="99.5" />
      <Choice path="availability.window" label="Measured over" options={WINDOWS} />
    </div>
    <section className={editing['group']}>
      <h3>Volumes</h3>
      <Rows
        path="volumes"
        label="Volume"
        one="a volume"
        none="No limit is said."
        begin={() => ({ row: { what: '', most: '', per: 'month' }, focus: 'what' })}
      >
        {(place, row) => (
          <>
            <BareText path={`${place}.what`} label={`${row}, what`} placeholder="What is counted" className={editing['grow']} />
            <BareText path={`${place}.most`} label={`${row}, at most`} placeholder="At most" className={editing['value']} />
            <BareChoice path={`${place}.per`} label={`${row}, per`} options={PERIODS} className={editing['value']} />
          </>
        )}
      </Rows>
    </section>
  </>
);

const Sides = () => (
  <div className={editing['two']}>
    <Lines path="duties" label="What the customer does" one="a duty" none="Nothing is asked of the customer." />
    <Lines path="exclusions" label="Not included" one="what is left out" none="Nothing is left out." />
  </div>
);

const Ready = () => (
  <>
    <Text path="readiness" label="Counts as ready" rows={2} hint="How both see that what was asked for is there." />
    <PriceFields path="price" />
  </>
);

const Clauses = () => (
  <>
    <Text path="consequences" label="When a promise is missed" rows={2} />
    <section className={editing['group']}>
      <h3>Clauses</h3>
      <Rows path="clauses" label="Clause" one="a clause" none="None." begin={() => ({ row: { title: '', text: '' }, focus: 'title' })}>
        {(place, row) => (
          <span className={styles['clause']}>
            <BareText path={`${place}.title`} label={`${row}, title`} placeholder="Title" />
            <BareText path={`${place}.text`} label={`${row}, text`} placeholder="Text" rows={3} />
          </span>
        )}
      </Rows>
    </section>
    <section className={editing['group']}>
      <h3>Documents</h3>
      <Rows path="documents" label="Document" one="a document" none="None." begin={() => ({ row: { title: '', url: '' }, focus: 'title' })}>
        {(place, row) => (
          <>
            <BareText path={`${place}.title`} label={`${row}, title`} placeholder="Title" className={editing['grow']} />
            <BareText path={`${place}.url`} label={`${row}, address`} placeholder="https://" className={editing['grow']} />
          </>
        )}
      </Rows>
    </section>
  </>
);

function Dates() {
  const { form } = useDrafting();
  return (
    <div className={editing['fields']}>
      <Text path="validFrom" label="First day" type="date" />
      <Text path="validUntil" label="Last day" type="date" hint="Empty: until one of both ends it." />
      <Text path="noticeMonths" label="Notice, months" />
      <Text path="reviewOn" label="Next review" type="date" />
      <Text path="reviewMonths" label="Review every so many months" />
      <Choice path="renewal.kind" label="Renewal" options={RENEWALS} />
      {textAt(form, 'renewal.kind') === 'silent' && <Text path="renewal.months" label="Goes on by, months" optional={false} />}
      <Choice path="reporting" label="Report" options={REPORTS} />
    </div>
  );
}

const Standards = () => <PickMany path="standards" label="Items of the catalog" kind="item" one="an item" none="none yet" />;

const Who = () => (
  <PickMany path="requesters" label="May ask besides the customer’s people" kind="person" one="a person" none="nobody besides them" />
);

const Own = ({ calendars }: SectionProps) => (
  <>
    <TimesTable path="own.handling" label="Own handling" one="own handling" promised={false} calendars={calendars} />
    <div className={editing['fields']}>
      <Choice path="own.hours" label="Own hours" options={calendarOptions(calendars, 'as the support hours')} />
      <Text path="own.availability" label="Own availability, percent" />
    </div>
  </>
);

export const SECTIONS: readonly Section[] = [
  { key: 'about', name: 'What and who', Body: About },
  {
    key: 'card',
    name: 'Specification card',
    about: 'One sentence a cell, in the customer’s language, and up to three lines that can be measured.',
    Body: () => <SpecificationFields path="card" />,
  },
  {
    key: 'targets',
    name: 'Targets',
    about:
      'How soon each kind of call is answered, and restored or delivered: 0:15, 4:00, 45 min, or “agreed date”. Net working time of the calendar.',
    Body: Targets,
  },
  { key: 'hours', name: 'Hours, availability, volumes', Body: Hours },
  {
    key: 'standards',
    name: 'Standard calls and changes',
    about: 'What people can ask for under this agreement, once the item is approved. Once anything stands here, nothing else is part of it.',
    Body: Standards,
  },
  { key: 'sides', name: 'Duties and exclusions', Body: Sides },
  { key: 'ready', name: 'Ready and price', Body: Ready },
  { key: 'clauses', name: 'Clauses and documents', Body: Clauses },
  { key: 'dates', name: 'Dates', Body: Dates },
  { key: 'who', name: 'Who may ask', Body: Who },
  {
    key: 'own',
    name: 'Own handling',
    about: 'How long whoever provides it takes itself, before or beside what lies under it.',
    Body: Own,
  },
  { key: 'chain', name: 'What lies under it', about: 'The internal and supplier agreements that make it possible.', Body: Under },
];
