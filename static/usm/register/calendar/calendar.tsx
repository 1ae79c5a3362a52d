/** Changes and freezes: when what is changed, what overlaps, and when nothing may be changed (V21). */
import Button from '@atlaskit/button/new';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Freeze, Overlap, PlannedChange, RegisterCalendar } from '../../../../src/contract/register-calendar';
import type { Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Hidden, Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { statusName, statusTone } from '../../../shared/status';
import { wholeMoment } from '../../../shared/time';
import { useNow } from '../../../shared/use-now';
import { WorkItemLink } from '../../../shared/work-item-link';
import { useAddress } from '../../../setup/ui/address';
import { Confirm } from '../../../setup/ui/confirm';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { Segments } from '../../../setup/ui/segments';
import table from '../../../setup/ui/table.module.css';
import { useReading } from '../../../setup/ui/use-reading';
import { counted } from '../../../setup/ui/words';
import type { Place } from '../../coverage/model';
import { Crumbs } from '../../agreements/crumbs';
import { Instead } from '../../instead';
import { itemPath, REGISTER } from '../address';
import styles from './calendar.module.css';
import { call } from './call';
import { type Choice, FreezeForm } from './freeze-form';
import { type Day, dayName, daysOf, monthName, monthOf, monthText, overlapping, scopeText, spanText, weeksOf } from './model';
import { Month } from './month';

const LINES = [
  { height: 32, width: '60%' },
  { height: 480, width: '100%' },
];

const Items = ({ items }: { items: readonly { key: string; name?: string | undefined }[] }) => (
  <>
    {items.map(({ key, name }, index) => (
      <span key={key}>
        {index > 0 && ', '}
        {name === undefined ? key : <PageLink to={itemPath(key)}>{key}</PageLink>}
        {name !== undefined && ` ${name}`}
      </span>
    ))}
  </>
);

const Change = ({ change, clash }: { change: PlannedChange; clash: boolean }) => (
  <li>
    <span className={layout['row']}>
      {clash && <Mark kind="later" name="Overlaps" />}
      <WorkItemLink itemKey={change.key}>{change.key}</WorkItemLink>
      {change.status && <Lozenge tone={statusTone(change.status)}>{statusName(change.status)}</Lozenge>}
    </span>
    <span>{change.summary}</span>
    <p>{spanText(change.window)}</p>
    <p>
      <Items items={change.items} />
    </p>
  </li>
);

interface FreezeLineProps {
  freeze: Freeze;
  keeps: boolean;
  nameOf: (id: string) => string;
  onChange: () => void;
  onRemove: () => void;
}

const FreezeLine = ({ freeze, keeps, nameOf, onChange, onRemove }: FreezeLineProps) => (
  <li>
    <strong>{freeze.name}</strong>
    <span>{spanText(freeze)}</span>
    <p>{scopeText(freeze, nameOf)}</p>
    {freeze.why !== undefined && <p>{freeze.why}</p>}
    {keeps && (
      <span className={layout['row']}>
        <Button spacing="compact" onClick={onChange}>
          Change<Hidden> {freeze.name}</Hidden>
        </Button>
        <Button spacing="compact" appearance="subtle" onClick={onRemove}>
          Remove<Hidden> {freeze.name}</Hidden>
        </Button>
      </span>
    )}
  </li>
);

/** What stands in one day. */
function Opened({ day, clash, onClose, ...lines }: { day: Day; clash: ReadonlySet<string>; onClose: () => void } & FreezeLines) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [day.from]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <section className={layout['card']} aria-labelledby="day" onKeyDown={onKeyDown}>
      <h2 id="day" ref={heading} tabIndex={-1}>
        {dayName(day.from)}
      </h2>
      {day.changes.length + day.freezes.length === 0 ? (
        <p>No change is planned, and nothing is frozen.</p>
      ) : (
        <ul className={styles['list']}>
          {day.freezes.map((one) => (
            <FreezeLine key={one.id} freeze={one} {...lineProps(one, lines)} />
          ))}
          {day.changes.map((one) => (
            <Change key={one.key} change={one} clash={clash.has(one.key)} />
          ))}
        </ul>
      )}
      <div>
        <Button spacing="compact" onClick={onClose}>
          Back to the month
        </Button>
      </div>
    </section>
  );
}

interface FreezeLines {
  keeps: boolean;
  nameOf: (id: string) => string;
  onChange: (freeze: Freeze) => void;
  onRemove: (freeze: Freeze) => void;
}
const lineProps = (freeze: Freeze, { keeps, nameOf, onChange, onRemove }: FreezeLines) => ({
  keeps,
  nameOf,
  onChange: () => onChange(freeze),
  onRemove: () => onRemove(freeze),
});

function Overlaps({ overlaps }: { overlaps: readonly Overlap[] }) {
  return (
    <section aria-labelledby="overlaps">
      <h2 id="overlaps" className={layout['subhead']}>
        What overlaps
      </h2>
      {overlaps.length === 0 ? (
        <p className={layout['small']}>No two changes touch the same item at once, and none breaks a freeze.</p>
      ) : (
        <ul className={styles['list']}>
          {overlaps.map((one, index) => (
            <li key={index}>
              <span>
                <Mark kind="later" /> <WorkItemLink itemKey={one.change}>{one.change}</WorkItemLink>{' '}
                {one.with.kind === 'change' ? (
                  <>
                    and <WorkItemLink itemKey={one.with.key}>{one.with.key}</WorkItemLink>
                  </>
                ) : (
                  <>falls into {one.with.name}</>
                )}
              </span>
              <p>
                {spanText(one.window)}, on {one.items.join(', ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowsProps {
  calendar: RegisterCalendar;
  clash: ReadonlySet<string>;
  nameOf: (id: string) => string;
}

/** The same as the month, in order of time. */
function Rows({ calendar: { changes, freezes }, clash, nameOf }: RowsProps) {
  const rows = [
    ...changes.map((one) => ({ at: one.window.from, key: one.key, change: one })),
    ...freezes.map((one) => ({ at: one.from, key: one.id, freeze: one })),
  ].toSorted((a, b) => a.at - b.at);
  return (
    <div className={table['scroll']} role="region" aria-label="Changes and freezes as a table" tabIndex={0}>
      <table className={table['table']}>
        <thead>
          <tr>
            {['When', 'What', 'On', 'How it stands', 'Overlaps'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            'change' in row ? (
              <tr key={row.key}>
                <td>{spanText(row.change.window)}</td>
                <th scope="row">
                  <WorkItemLink itemKey={row.key}>{row.key}</WorkItemLink>
                  <small>{row.change.summary}</small>
                </th>
                <td>
                  <Items items={row.change.items} />
                </td>
                <td>{row.change.status && <Lozenge tone={statusTone(row.change.status)}>{statusName(row.change.status)}</Lozenge>}</td>
                <td>
                  {clash.has(row.key) ? (
                    <>
                      <Mark kind="later" /> overlaps
                    </>
                  ) : (
                    'no'
                  )}
                </td>
              </tr>
            ) : (
              <tr key={row.key}>
                <td>{spanText(row.freeze)}</td>
                <th scope="row">{row.freeze.name}</th>
                <td>{scopeText(row.freeze, nameOf)}</td>
                <td>frozen</td>
                <td />
              </tr>
            ),
          )}
          {rows.length === 0 && (
            <tr>
              <td colSpan={5}>No change is planned in these weeks, and nothing is frozen.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

interface Named {
  classes: readonly Choice[];
  keepers: readonly Choice[];
}

/** Names for what a freeze is about; without them it says ids. */
function useNames(): Named {
  const [named, setNamed] = useState<Named>({ classes: [], keepers: [] });
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      const [found, keepers] = await Promise.all([call('register.classes', {}), call('register.choices', { kind: 'party' })]);
      if (gone) return;
      setNamed({
        classes: isTrouble(found) ? [] : found.classes.map(({ key, name }) => ({ id: key, name })),
        keepers: isTrouble(keepers) ? [] : keepers.choices.map(({ id, name }) => ({ id, name })),
      });
    };
    void read();
    return () => void (gone = true);
  }, []);
  return named;
}

type Acting = { kind: 'write'; freeze: Freeze | undefined } | { kind: 'remove'; freeze: Freeze };
type Refused = { stale: string } | { trouble: Trouble };

/** Writing and removing freezes; what is done is told, and the page reads anew. */
function useActs(again: () => void) {
  const [acting, setActing] = useState<Acting>();
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const [told, setTold] = useState<string>();
  const act = async (question: Promise<{ state: string; text?: string } | Trouble>, done: string): Promise<void> => {
    setSaving(true);
    setRefused(undefined);
    const written = await question;
    setSaving(false);
    if (isTrouble(written)) return setRefused({ trouble: written });
    if (written.state === 'stale') setRefused({ stale: written.text ?? '' });
    else {
      setActing(undefined);
      setTold(done);
    }
    again();
  };
  return { acting, setActing, saving, refused, told, act };
}
type Acts = ReturnType<typeof useActs>;

/** What the address says is shown. */
function useView() {
  const { search, show } = useAddress();
  const now = useNow();
  const asked = new URLSearchParams(search);
  const change = (name: 'month' | 'as', value: string): void => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    show(text === '' ? '' : `?${text}`);
  };
  return { ...monthOf(asked.get('month'), now), now, asTable: asked.get('as') === 'table', change };
}
type Shown = ReturnType<typeof useView>;

function Toolbar({
  view: { year, month, asTable, change },
  onAdd,
  onMonth,
}: {
  view: Shown;
  onAdd: (() => void) | undefined;
  onMonth: (to: string) => void;
}) {
  return (
    <div className={layout['row']}>
      <Button spacing="compact" onClick={() => onMonth(monthText(year, month - 1))}>
        Earlier<Hidden> month</Hidden>
      </Button>
      <h2 className={styles['head']}>{monthName(year, month)}</h2>
      <Button spacing="compact" onClick={() => onMonth(monthText(year, month + 1))}>
        Later<Hidden> month</Hidden>
      </Button>
      <Button spacing="compact" appearance="subtle" onClick={() => onMonth('')}>
        Today
      </Button>
      <span className={layout['end']}>
        <Segments
          label="Show as"
          looks="joined"
          segments={[
            { value: 'month', name: 'Month' },
            { value: 'table', name: 'Table' },
          ]}
          value={asTable ? 'table' : 'month'}
          onChange={(value) => change('as', value === 'table' ? value : '')}
        />
        {onAdd && (
          <Button appearance="primary" onClick={onAdd}>
            Add a freeze
          </Button>
        )}
      </span>
    </div>
  );
}

/** Where a freeze is written or removed. */
function Acting({ acts, version, from, named }: { acts: Acts; version: number; from: number; named: Named }) {
  const { acting, setActing, saving, act } = acts;
  const keep = (): void => setActing(undefined);
  if (acting?.kind === 'write') {
    return (
      <FreezeForm
        key={acting.freeze?.id ?? 'new'}
        freeze={acting.freeze}
        from={from}
        {...named}
        busy={saving}
        onSave={(freeze) => void act(call('register.saveFreeze', { freeze, version }), `${freeze.name} is kept`)}
        onKeep={keep}
      />
    );
  }
  if (acting?.kind !== 'remove') return null;
  const { id, name } = acting.freeze;
  return (
    <Confirm
      title={`Remove ${name}`}
      action="Remove the freeze"
      keep="Leave it as it is"
      danger
      busy={saving}
      onConfirm={() => void act(call('register.removeFreeze', { id, version }), `${name} is removed`)}
      onKeep={keep}
    >
      <p>Changes may then be planned in that time again.</p>
    </Confirm>
  );
}

const Refusal = ({ refused }: { refused: Refused }) =>
  'stale' in refused ? (
    <Message alert tone="warning" title="Somebody was faster">
      <span>{refused.stale}</span>
    </Message>
  ) : (
    <Failed trouble={refused.trouble} title="The freezes were not changed" />
  );

const Counts = ({ calendar: { changes, freezes, hidden, more, asOf } }: { calendar: RegisterCalendar }) => (
  <p className={layout['small']}>
    {counted(changes.length, 'change')}, {counted(freezes.length, 'freeze')} in these weeks
    {hidden > 0 && `, and ${counted(hidden, 'change')} that Jira does not show you`}
    {more && '. There are more changes than this page shows'}. As of {wholeMoment(asOf)}.
  </p>
);

interface MonthPageProps {
  calendar: RegisterCalendar;
  view: Shown;
  acts: Acts;
  open: Place | undefined;
  onOpen: (place: Place | undefined) => void;
}

function MonthPage({ calendar, view, acts, open, onOpen }: MonthPageProps) {
  const named = useNames();
  const nameOf = useCallback((id: string): string => [...named.classes, ...named.keepers].find((one) => one.id === id)?.name ?? id, [named]);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const weeks = useMemo(() => weeksOf(view, calendar, view.now), [view, calendar]);
  const clash = overlapping(calendar.overlaps);
  const day = open && weeks[open.row]?.[open.column];
  const lines: FreezeLines = {
    keeps: calendar.keeps,
    nameOf,
    onChange: (freeze) => acts.setActing({ kind: 'write', freeze }),
    onRemove: (freeze) => acts.setActing({ kind: 'remove', freeze }),
  };
  return (
    <div className={layout['columns']}>
      <div className={layout['main']}>
        {view.asTable ? (
          <Rows calendar={calendar} clash={clash} nameOf={nameOf} />
        ) : (
          <Month
            label={`Changes and freezes, ${monthName(view.year, view.month)}`}
            weeks={weeks}
            clash={clash}
            at={at.row < weeks.length ? at : { row: 0, column: 0 }}
            open={open}
            onMove={setAt}
            onOpen={onOpen}
          />
        )}
        <Counts calendar={calendar} />
      </div>
      <div className={layout['side']}>
        <Acting acts={acts} version={calendar.version} from={day?.from ?? view.now} named={named} />
        {day && <Opened day={day} clash={clash} onClose={() => onOpen(undefined)} {...lines} />}
        <Overlaps overlaps={calendar.overlaps} />
        {!day && calendar.freezes.length > 0 && (
          <section aria-labelledby="freezes">
            <h2 id="freezes" className={layout['subhead']}>
              Freezes
            </h2>
            <ul className={styles['list']}>
              {calendar.freezes.map((one) => (
                <FreezeLine key={one.id} freeze={one} {...lineProps(one, lines)} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

export function Calendar() {
  const view = useView();
  const { year, month } = view;
  const first = useCallback(() => {
    const days = daysOf(year, month);
    return call('register.calendar', { from: days[0]?.from ?? 0, until: days.at(-1)?.until ?? 0 });
  }, [year, month]);
  const { answer, trouble, again } = useReading<RegisterCalendar>(first);
  const acts = useActs(again);
  const [open, setOpen] = useState<Place>();
  const onMonth = (to: string): void => {
    setOpen(undefined);
    view.change('month', to);
  };
  const onAdd = answer?.keeps === true ? () => acts.setActing({ kind: 'write', freeze: undefined }) : undefined;
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: REGISTER, name: 'Register' }]} here="Changes and freezes" />
      <PageHead title="Changes and freezes" text="When what is changed, what overlaps, and when nothing may be changed." />
      <Toolbar view={view} onAdd={onAdd} onMonth={onMonth} />
      {acts.refused && <Refusal refused={acts.refused} />}
      {answer && trouble && <Failed trouble={trouble} title="The calendar could not be read anew" retry={again} />}
      {answer ? (
        <MonthPage calendar={answer} view={view} acts={acts} open={open} onOpen={setOpen} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The calendar" retry={again} />
      ) : (
        <Skeleton subject="the calendar" lines={LINES} />
      )}
      <Live>{acts.told ?? `${monthName(year, month)}: ${counted(answer?.overlaps.length ?? 0, 'overlap')}`}</Live>
    </div>
  );
}
