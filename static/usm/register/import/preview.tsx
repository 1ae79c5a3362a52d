/** Nothing has been written: what the import would do, what has to be decided, and under which work item managed attributes change. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Decision, ImportProgress, PreviewFilter, PreviewRow } from '../../../../src/contract';
import control from '../../../shared/control.module.css';
import { Mark } from '../../../shared/mark';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { Option } from '../../../setup/ui/option';
import { PageLink } from '../../../setup/ui/page-link';
import { Segments } from '../../../setup/ui/segments';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { momentDay } from '../../agreements/words';
import { itemPath } from '../address';
import { useRequestChange } from '../request-change';
import { number } from '../words';
import { type Count, Counts } from './counts';
import styles from './import.module.css';
import { useRows } from './use-rows';
import type { Importing } from './use-import';

const HEADS: Record<PreviewFilter, readonly string[]> = {
  create: ['Line', 'Item'],
  update: ['Item', 'Attribute', 'In the register', 'In the file'],
  leave: ['Line', 'Item'],
  decide: ['Item', 'Attribute', 'In the register', 'In the file', 'Last change in the register', 'What to do'],
  waits: ['Item', 'Attribute', 'In the register', 'In the file', 'What to do'],
  wrong: ['Line', 'Item', 'Why', 'What to do'],
  vanished: ['Item', 'Name'],
};
const TITLES: Record<PreviewFilter, string> = {
  create: 'to create',
  update: 'to update',
  leave: 'left as they are',
  decide: 'to decide',
  waits: 'waiting for a change',
  wrong: 'that cannot be read',
  vanished: 'vanished',
};
const DECIDE = [
  { value: 'register', name: 'Register' },
  { value: 'file', name: 'File' },
  { value: 'keeper', name: 'Ask keeper' },
] as const satisfies readonly { value: Decision; name: string }[];
const UNDECIDED = '';

const Item = ({ row, here }: { row: PreviewRow; here: boolean }) => (
  <>
    {here && row.key !== undefined ? <PageLink to={itemPath(row.key)}>{row.name ?? row.key}</PageLink> : (row.name ?? row.key ?? 'no key')}
    <br />
    <small className={layout['small']}>{row.key}</small>
  </>
);

function Differences({ row, filter, importing }: { row: PreviewRow; filter: PreviewFilter; importing: Importing }) {
  const lines = filter === 'update' ? row.changes : [...row.conflicts, ...(filter === 'waits' ? row.changes : [])];
  return lines.map((line, index) => {
    const conflict = row.conflicts.find(({ attribute }) => attribute === line.attribute);
    const { last, decision } = conflict ?? {};
    return (
      <tr key={line.attribute}>
        <th scope="row">{index === 0 && <Item row={row} here />}</th>
        <td>{line.name}</td>
        <td className={decision === 'register' ? styles['chosen'] : undefined}>{line.register ?? 'nothing'}</td>
        <td className={decision === 'file' ? styles['chosen'] : undefined}>{line.file ?? 'nothing'}</td>
        {filter === 'decide' && <td>{[last?.workItem, last?.by, last && momentDay(last.at)].filter(Boolean).join(', ')}</td>}
        {filter === 'decide' && (
          <td>
            <Segments<string>
              label={`${row.key ?? ''}, ${line.name}`}
              looks="joined"
              segments={DECIDE}
              value={decision ?? UNDECIDED}
              disabled={importing.busy}
              onChange={(value) => void importing.decide(row.line, line.attribute, value as Decision)}
            />
          </td>
        )}
        {filter === 'waits' && <td>{row.lock?.workItem === undefined ? 'Waits for a change' : `Waits for the change ${row.lock.workItem}`}</td>}
      </tr>
    );
  });
}

function Line({ row, filter, importing }: { row: PreviewRow; filter: PreviewFilter; importing: Importing }) {
  if (filter === 'update' || filter === 'decide' || filter === 'waits') return <Differences {...{ row, filter, importing }} />;
  if (filter === 'vanished')
    return (
      <tr>
        <th scope="row">{row.key !== undefined && <PageLink to={itemPath(row.key)}>{row.key}</PageLink>}</th>
        <td>{row.name}</td>
      </tr>
    );
  return (
    <tr>
      <td>{number(row.line)}</td>
      <th scope="row">
        <Item row={row} here={filter === 'leave'} />
      </th>
      {filter === 'wrong' && <td>{row.wrong.map(({ why }) => why).join('. ')}</td>}
      {filter === 'wrong' && <td>{row.wrong.map(({ todo }) => todo).join(' ')}</td>}
    </tr>
  );
}

const LEGEND = [
  ['create', 'create'],
  ['update', 'update'],
  ['decide', 'decide'],
  ['wrong', 'cannot read'],
] as const;

function Strip({ counts, rows }: Pick<ImportProgress, 'counts'> & { rows: number }) {
  const parts = [
    ['create', counts.create],
    ['update', counts.update],
    ['decide', counts.decide + counts.waits],
    ['wrong', counts.wrong],
  ] as const;
  return (
    <>
      <div className={styles['strip']} aria-hidden>
        {parts.map(
          ([name, count]) => count > 0 && <span key={name} className={styles[name]} style={{ width: `${String((count / rows) * 100)}%` }} />,
        )}
      </div>
      <div className={styles['legend']} aria-hidden>
        {LEGEND.map(([name, words]) => (
          <span key={name}>
            <i className={styles[name]} />
            {words}
          </span>
        ))}
        <span>{counted(rows, 'row')}</span>
      </div>
    </>
  );
}

function Vanished({ count, keys, mark, setMark }: { count: number; keys: readonly string[]; mark: boolean; setMark: (mark: boolean) => void }) {
  const change = useRequestChange({
    keys,
    summary: `Retire ${counted(keys.length, 'item')} that a file no longer names`,
    lines: ['The last file no longer names them:', ...keys],
  });
  return (
    <section className={layout['card']} aria-labelledby="vanished">
      <h2 id="vanished">{number(count)} vanished</h2>
      <p>They are in the register and no longer in the file. An import never removes.</p>
      <Option type="radio" name="vanished" title="Mark as “not seen in this import”" checked={mark} onChange={() => setMark(true)} />
      <Option type="radio" name="vanished" title="Leave them as they are" checked={!mark} onChange={() => setMark(false)} />
      {keys.length > 0 && (
        <div>
          <Button spacing="compact" isDisabled={change.busy} onClick={change.begin}>
            Request a change to retire {counted(keys.length, 'item')}
          </Button>
        </div>
      )}
      {change.told}
    </section>
  );
}

function Under({ managed, workItem, setWorkItem }: { managed: number; workItem: string; setWorkItem: (key: string) => void }) {
  return (
    <section className={layout['card']} aria-labelledby="under">
      <h2 id="under">{counted(managed, 'update changes', 'updates change')} managed attributes</h2>
      <p>A managed attribute changes by a Request for Change. This import is recorded under:</p>
      <span className={control['control']}>
        <input
          aria-label="Key of the Request for Change"
          placeholder="NSS-5150"
          value={workItem}
          onChange={({ target }) => setWorkItem(target.value)}
        />
      </span>
    </section>
  );
}

function Rows({ run, filter, stamp, importing }: { run: string; filter: PreviewFilter; stamp: string; importing: Importing }) {
  const { rows, busy, trouble, more } = useRows(run, filter, stamp);
  return (
    <>
      {trouble && <Failed trouble={trouble} title="The rows could not be read" retry={importing.goOn} />}
      {rows.length > 0 && (
        <div className={table['scroll']} role="region" aria-label={`Rows ${TITLES[filter]}`} tabIndex={0}>
          <table className={table['table']}>
            <thead>
              <tr>
                {HEADS[filter].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.line} {...{ row, filter, importing }} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!busy && rows.length === 0 && <p className={layout['small']}>None.</p>}
      {more && (
        <div>
          <Button spacing="compact" onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

export function Preview({ importing, progress }: { importing: Importing; progress: ImportProgress }) {
  const { counts, run } = progress;
  const [filter, setFilter] = useState<PreviewFilter>(
    counts.decide > 0 ? 'decide' : counts.wrong > 0 ? 'wrong' : counts.update > 0 ? 'update' : 'create',
  );
  // A file of a few lines alone is not the whole register.
  const [mark, setMark] = useState(counts.vanished < run.file.rows);
  const [workItem, setWorkItem] = useState('');
  const gone = useRows(run.id, 'vanished', '');
  const writes = counts.create + counts.update;
  const all: Count<PreviewFilter>[] = [
    { value: 'create', name: 'Create', count: counts.create, text: 'new in the file' },
    { value: 'update', name: 'Update', count: counts.update, text: counted(counts.attributes, 'attribute') },
    { value: 'leave', name: 'Leave as it is', count: counts.leave, text: 'already the same' },
    { value: 'decide', name: 'Decide', count: counts.decide, text: 'changed on both sides', mark: 'later' },
    { value: 'wrong', name: 'Cannot read', count: counts.wrong, text: 'told line by line', mark: 'unmet' },
    { value: 'vanished', name: 'Vanished', count: counts.vanished, text: 'in the register, not in the file', mark: 'nothing' },
  ];
  const needsWork = counts.managed > 0;
  const key = workItem.trim().toUpperCase();
  const missing = needsWork && !/^[A-Z][A-Z0-9_]+-\d+$/.test(key) ? 'Name the Request for Change that it is recorded under' : undefined;
  return (
    <>
      <p>Nothing has been written. This is what the import would do.</p>
      <Counts counts={all} chosen={filter} onChoose={setFilter} />
      <Strip counts={counts} rows={Math.max(1, run.file.rows)} />
      <div className={layout['row']}>
        <h2 className={styles['title']}>
          {number(filter === 'waits' ? counts.waits : (all.find(({ value }) => value === filter)?.count ?? 0))} {TITLES[filter]}
        </h2>
        {counts.waits > 0 && filter !== 'waits' && (
          <Button spacing="compact" appearance="subtle" onClick={() => setFilter('waits')}>
            {`Show ${counted(counts.waits, 'item')} that wait for a change`}
          </Button>
        )}
        {filter === 'decide' && counts.decide > 0 && (
          <>
            <Button spacing="compact" isDisabled={importing.busy} onClick={() => void importing.decideAll('register')}>
              Keep the register for all
            </Button>
            <Button spacing="compact" isDisabled={importing.busy} onClick={() => void importing.decideAll('file')}>
              Take the file for all
            </Button>
          </>
        )}
      </div>
      <Rows filter={filter} run={run.id} stamp={JSON.stringify([counts.decide, counts.update, importing.busy])} importing={importing} />
      {counts.vanished > 0 && <Vanished count={counts.vanished} keys={gone.rows.flatMap((row) => row.key ?? [])} mark={mark} setMark={setMark} />}
      {needsWork && <Under managed={counts.managed} workItem={workItem} setWorkItem={setWorkItem} />}
      <div className={layout['foot']}>
        {importing.file && <Button onClick={importing.back}>Back</Button>}
        <p>
          <span className={styles['head']}>
            {missing !== undefined && <Mark kind="later" />}
            {missing ?? (counts.decide > 0 ? 'Undecided items are left as they are' : '')}
          </span>
        </p>
        <Button
          appearance="primary"
          isDisabled={missing !== undefined || importing.busy}
          onClick={() => void importing.apply(mark ? 'mark' : 'leave', needsWork ? key : '')}
        >
          Import {counted(writes, 'item')}
        </Button>
      </div>
    </>
  );
}
