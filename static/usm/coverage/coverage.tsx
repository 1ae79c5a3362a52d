/** Coverage: is every service that is used agreed with everybody who uses it, and can it be kept. */
import Button from '@atlaskit/button/new';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CoverageMap } from '../../../src/contract';
import { classes } from '../../shared/classes';
import { Hidden, Live } from '../../shared/hidden';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { momentToTheMinute } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { useAddress } from '../../setup/ui/address';
import { csvCell } from '../../setup/ui/csv';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { PageLink } from '../../setup/ui/page-link';
import { saveFile } from '../../setup/ui/save-file';
import { Segments } from '../../setup/ui/segments';
import { Select } from '../../setup/ui/select';
import table from '../../setup/ui/table.module.css';
import { useReading } from '../../setup/ui/use-reading';
import { counted as count } from '../../setup/ui/words';
import { chainPath, LIST, pathOf } from '../agreements/address';
import { call } from '../agreements/call';
import { useForm } from '../agreements/chain/use-form';
import { BeginWish } from '../agreements/wish';
import { Instead } from '../instead';
import { newPath, recordPath } from '../records/address';
import styles from './coverage.module.css';
import { CoverageGrid } from './map';
import { StateMark } from './mark';
import {
  type Finding,
  foundName,
  foundState,
  foundWords,
  type Grid,
  gridOf,
  type Look,
  type Place,
  placesOf,
  sentenceOf,
  share,
  STATES,
} from './model';
import { toSearch, toView, type View } from './view';

const LINES = [
  { height: 72, width: '100%' },
  { height: 360, width: '100%' },
];

/** K13, each with its n. */
function Figures({ map: { totals, counted } }: { map: CoverageMap }) {
  const none = 'not counted yet';
  const figures = [
    {
      name: 'calls with an agreement in force',
      value: share(totals.calls),
      of: `${String(totals.calls.n)} of ${String(totals.calls.of)}`,
      calls: true,
    },
    {
      name: 'services in use that are agreed',
      value: share(totals.cells),
      of: `${String(totals.cells.n)} of ${String(totals.cells.of)} cells`,
      calls: true,
    },
    {
      name: 'promises fully underpinned',
      value: share(totals.targets),
      of: `${String(totals.targets.n)} of ${String(totals.targets.of)} targets`,
      calls: false,
    },
    { name: 'calls without an agreement', value: String(totals.uncovered), of: 'in the period', calls: true },
  ];
  return (
    <dl className={styles['figures']} aria-label="Figures">
      {figures.map(({ name, value, of, calls }) => {
        const known = counted || !calls;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{known ? (value ?? '–') : '–'}</dd>
            <dd className={styles['of']}>{known ? of : none}</dd>
          </div>
        );
      })}
    </dl>
  );
}

interface FoundProps {
  finding: Finding;
  map: CoverageMap;
  chosen: boolean;
  onChoose: () => void;
}

/** The one thing that can be done about it. */
function Action({ finding, service, customers }: { finding: Finding; service: string; customers: string }) {
  const { kind, agreement, leg } = finding;
  if (kind === 'noOwner') return <PageLink to={recordPath('services', finding.service)}>Name an owner</PageLink>;
  if (kind === 'notAgreed')
    return (
      <BeginWish
        name="Register a wish"
        summary={`${service} for ${customers}: used, not agreed`}
        lines={[`${service} is used by ${customers}, and nobody has promised anything.`, foundWords(finding, true)]}
      />
    );
  if (agreement === undefined) return null;
  if (kind === 'cannot' || kind === 'missing' || kind === 'tight') return <PageLink to={chainPath(agreement)}>Open the chain</PageLink>;
  if (kind === 'lapsesBeneath') return <PageLink to={pathOf(leg ?? agreement)}>Plan the review</PageLink>;
  const names = { expired: 'Extend or renew', lapses: 'Plan the review', unknown: 'Fill in its times', unused: 'Discuss at the review' } as const;
  return <PageLink to={pathOf(agreement)}>{names[kind]}</PageLink>;
}

function Found({ finding, map, chosen, onChoose }: FoundProps) {
  const service = map.services.find(({ id }) => id === finding.service)?.name ?? finding.service;
  const customers = finding.customers.map((id) => map.customers.find((one) => one.id === id)?.name ?? id);
  const whole = customers.length > 0 && customers.length === map.customers.length;
  const who = whole ? 'all customers' : customers.join(', ');
  return (
    <li className={classes(chosen && styles['chosen'])} {...(chosen && { 'aria-current': true })}>
      <button type="button" className={styles['found']} onClick={onChoose}>
        <StateMark state={foundState(finding)} />
        {foundName(finding)}
        {customers.length > 0 && (
          <span className={styles['count']}>
            {customers.length}
            <Hidden> {customers.length === 1 ? 'cell' : 'cells'}</Hidden>
          </span>
        )}
      </button>
      <span>{who === '' ? service : `${service}, ${who}`}</span>
      <p>{foundWords(finding, map.counted)}</p>
      <Action finding={finding} service={service} customers={who} />
    </li>
  );
}

/** What stands behind a cell. */
function Opened({ grid, at, counted, onClose }: { grid: Grid; at: Place; counted: boolean; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [row, column] = [grid.rows[at.row], grid.columns[at.column]];
  const cell = row?.cells[at.column];
  useEffect(() => heading.current?.focus(), [at]);
  if (!row || !column || !cell) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <section className={classes(layout['card'], styles['open'])} aria-label="The cell" onKeyDown={onKeyDown}>
      <h2 ref={heading} tabIndex={-1}>
        {row.name}, {column.name}
      </h2>
      <p>{sentenceOf(row, column, cell, counted)}</p>
      {cell.agreements.length === 0 ? (
        <p>
          {counted || cell.state !== 'empty'
            ? 'Nobody has promised anything.'
            : 'Nobody has promised anything. Whether it is used is not counted yet.'}
        </p>
      ) : (
        <ul className={layout['lines']}>
          {cell.agreements.map((id) => (
            <li key={id}>
              <PageLink to={pathOf(id)}>Read {id}</PageLink>, <PageLink to={chainPath(id)}>its chain</PageLink>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button spacing="compact" onClick={onClose}>
          Back to the map
        </Button>
      </div>
    </section>
  );
}

/** One row a cell in which there is something. */
function CellTable({ grid, counted }: { grid: Grid; counted: boolean }) {
  return (
    <div className={table['scroll']} role="region" aria-label="Coverage as a table" tabIndex={0}>
      <table className={table['table']}>
        <thead>
          <tr>
            {['Service', 'For', 'How it stands', 'Agreement'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col" className={table['number']}>
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {grid.rows.flatMap((row) =>
            row.cells.flatMap((cell, index) =>
              cell.state === 'empty'
                ? []
                : [
                    <tr key={`${row.id} ${String(index)}`}>
                      <th scope="row">{row.name}</th>
                      <td>{grid.columns[index]?.name}</td>
                      <td>
                        <StateMark state={cell.state} /> {STATES[cell.state].name}
                      </td>
                      <td>
                        {cell.agreements.map((id) => (
                          <PageLink key={id} to={pathOf(id)}>
                            {id}{' '}
                          </PageLink>
                        ))}
                      </td>
                      <td className={table['number']}>{counted ? cell.calls.toLocaleString('en-GB') : 'not counted'}</td>
                    </tr>,
                  ],
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

const Legend = ({ counted }: { counted: boolean }) => (
  <>
    <ul className={styles['legend']} aria-label="Legend">
      {(Object.keys(STATES) as (keyof typeof STATES)[])
        .filter((state) => state !== 'empty')
        .map((state) => (
          <li key={state}>
            <StateMark state={state} /> {STATES[state].name}
          </li>
        ))}
      <li>Empty: {counted ? 'neither used nor agreed' : 'nothing agreed'}</li>
    </ul>
    <p className={layout['small']}>
      {counted ? 'The number is the calls of the period. ' : 'Calls are not counted yet, so the map says what is agreed and not what is used. '}
      Arrows go from cell to cell, Enter opens one.
    </p>
  </>
);

const csvOf = ({ rows, columns }: Grid, counted: boolean): string =>
  [
    ['Service', 'For', 'How it stands', 'Agreement', 'Calls'],
    ...rows.flatMap(({ name, cells }) =>
      cells.flatMap((cell, index) =>
        cell.state === 'empty'
          ? []
          : [[name, columns[index]?.name ?? '', STATES[cell.state].name, cell.agreements.join(' '), counted ? String(cell.calls) : '']],
      ),
    ),
  ]
    .map((line) => line.map(csvCell).join(','))
    .join('\r\n');

const BY: readonly { value: Look['by']; name: string }[] = [
  { value: 'unit', name: 'Customers: all, by unit' },
  { value: 'customer', name: 'Customers: all, as a whole' },
];
const SHOW: readonly { value: Look['show']; name: string }[] = [
  { value: 'all', name: 'Show: everything' },
  { value: 'gaps', name: 'Show: gaps alone' },
];
const FORMS = [
  { value: 'picture' as const, name: 'Map' },
  { value: 'table' as const, name: 'Table' },
];

function Shown({ map, view, change }: { map: CoverageMap; view: View; change: (part: Partial<View>) => void }) {
  const { by, show } = view;
  const now = useNow();
  const grid = useMemo(() => gridOf(map, { by, show }), [map, by, show]);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [open, setOpen] = useState<Place>();
  const [chosen, setChosen] = useState<number>();
  const [as, remember] = useForm(view.as, 'usm.coverage.as');
  const frame = useRef<HTMLDivElement>(null);
  const finding = chosen === undefined ? undefined : map.findings[chosen];
  const shown = useMemo(() => (finding ? placesOf(grid, finding) : []), [grid, finding]);
  const inside: Place = {
    row: Math.min(at.row, Math.max(0, grid.rows.length - 1)),
    column: Math.min(at.column, Math.max(0, grid.columns.length - 1)),
  };
  const close = (): void => {
    setOpen(undefined);
    window.setTimeout(() => frame.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus());
  };
  const choose = (index: number): void => {
    setChosen(index);
    const next = map.findings[index];
    const [first] = next ? placesOf(grid, next) : [];
    if (first) setAt(first);
  };
  return (
    <>
      <div className={layout['row']}>
        <Select label="Customers" value={by} options={BY} onChange={(next) => change({ by: next })} />
        <Select label="Show" value={show} options={SHOW} onChange={(next) => change({ show: next })} />
        <span className={layout['end']}>
          <span className={layout['small']}>As of {momentToTheMinute(map.asOf, now)}</span>
          <Segments
            label="Map or table"
            looks="joined"
            segments={FORMS}
            value={as}
            onChange={(next) => {
              remember(next);
              change({ as: next });
            }}
          />
          <Button onClick={() => saveFile('coverage.csv', csvOf(grid, map.counted), 'text/csv')}>Export cells</Button>
        </span>
      </div>
      <Figures map={map} />
      {map.more && (
        <Message tone="information" title="Not everything fits">
          <span>There are more services or customers than one map shows; the first by name are here.</span>
        </Message>
      )}
      <div className={styles['columns']}>
        <div ref={frame} className={layout['page']}>
          {grid.rows.length === 0 ? (
            <p>No gap: everything that is agreed holds.</p>
          ) : as === 'table' ? (
            <CellTable grid={grid} counted={map.counted} />
          ) : (
            <CoverageGrid grid={grid} counted={map.counted} at={inside} shown={shown} onMove={setAt} onOpen={setOpen} />
          )}
          {as !== 'table' && <Legend counted={map.counted} />}
        </div>
        <div className={layout['side']}>
          {open && <Opened grid={grid} at={open} counted={map.counted} onClose={close} />}
          <section aria-labelledby="findings">
            <h2 id="findings" className={layout['subhead']}>
              Findings, heaviest first
            </h2>
            {map.findings.length === 0 ? (
              <p className={layout['small']}>Nothing is to be done.</p>
            ) : (
              <ol className={styles['findings']}>
                {map.findings.map((one, index) => (
                  <Found key={index} finding={one} map={map} chosen={index === chosen} onChoose={() => choose(index)} />
                ))}
              </ol>
            )}
          </section>
        </div>
      </div>
      <Live>
        {finding
          ? `${foundName(finding)}: ${count(shown.length, 'cell')} in the map`
          : `${count(grid.rows.length, 'service')}, ${count(map.findings.length, 'finding')}`}
      </Live>
    </>
  );
}

/** Without services or customers there is no map. */
const Nothing = ({ map }: { map: CoverageMap }) => (
  <div className={layout['empty']}>
    <h2>There is nothing to map yet</h2>
    <p>
      {map.services.length === 0 ? 'The map has a row for every service that is offered or used.' : 'The map has a column for every customer.'}{' '}
      {map.services.length === 0 ? (
        <PageLink to={newPath('services')}>Write a service</PageLink>
      ) : (
        <PageLink to={newPath('parties')}>Write a customer</PageLink>
      )}{' '}
      Then <PageLink to={LIST}>draft what is agreed</PageLink>.
    </p>
  </div>
);

export function Coverage() {
  const { search, show } = useAddress();
  const first = useCallback(() => call('agreements.coverage', {}), []);
  const { answer, trouble, again } = useReading<CoverageMap>(first);
  const view = toView(search);
  return (
    <div className={layout['page']}>
      <PageHead title="Coverage: what is agreed, with whom, and where the gaps are" />
      {answer ? (
        answer.services.length === 0 || answer.customers.length === 0 ? (
          <Nothing map={answer} />
        ) : (
          <Shown map={answer} view={view} change={(part) => show(toSearch({ ...view, ...part }))} />
        )
      ) : trouble ? (
        <Instead trouble={trouble} subject="The coverage" retry={again} />
      ) : (
        <Skeleton subject="the coverage" lines={LINES} />
      )}
    </div>
  );
}
