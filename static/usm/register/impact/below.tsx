/** Below the picture: the items that are reached, and the work that is running on them. They say all that the picture says. */
import { useState } from 'react';
import type { RegisterImpact } from '../../../../src/contract';
import { Message } from '../../../shared/message';
import { momentToTheMinute } from '../../../shared/time';
import { WorkItemLink } from '../../../shared/work-item-link';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { itemPath } from '../address';
import { number } from '../words';
import styles from './impact.module.css';
import { reachedRows, type ReachedRow } from './tables';
import { CAUSES, SECONDS } from './words';

const ROWS = 12;
const NAMED = 50;

function What({ row, open, onOpen }: { row: ReachedRow; open: boolean; onOpen: () => void }) {
  const { item, class: of } = row;
  if (item)
    return (
      <>
        <PageLink to={itemPath(item.key)}>{item.key}</PageLink> {item.name}
      </>
    );
  return (
    <button type="button" className={styles['opens']} aria-expanded={open} onClick={onOpen}>
      {of}
    </button>
  );
}

const rowKey = ({ class: of, place }: ReachedRow): string => `${of} ${place}`;

export function Items({ answer, id, back }: { answer: RegisterImpact; id: string; back: boolean }) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string>();
  const rows = reachedRows(answer);
  const shown = all ? rows : rows.slice(0, ROWS);
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className={layout['subhead']}>
        {back ? 'Items it depends on' : 'Items reached'}
      </h2>
      <div className={table['scroll']} role="region" aria-labelledby={`${id}-title`} tabIndex={0}>
        <table id={id} className={table['table']}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col" className={table['number']}>
                Count
              </th>
              <th scope="col" className={table['number']}>
                {back ? 'Stop it alone' : 'Stop'}
              </th>
              <th scope="col" className={table['number']}>
                Steps
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const key = rowKey(row);
              return (
                <tr key={key}>
                  <td>
                    <What row={row} open={open === key} onOpen={() => setOpen(open === key ? undefined : key)} />
                    {open === key && (
                      <ul className={styles['named']}>
                        {row.items.slice(0, NAMED).map(({ key: item, name, second }) => (
                          <li key={item}>
                            <PageLink to={itemPath(item)}>{item}</PageLink> {name}
                            {second !== undefined && second !== 'none' && `, ${back ? CAUSES[second] : `second path: ${SECONDS[second].name}`}`}
                          </li>
                        ))}
                        {row.items.length > NAMED && <li>{number(row.items.length - NAMED)} more; the export has them.</li>}
                      </ul>
                    )}
                  </td>
                  <td className={table['quiet']}>{row.place}</td>
                  <td className={table['number']}>{number(row.count)}</td>
                  <td className={table['number']}>{number(row.failing)}</td>
                  <td className={table['number']}>{row.steps}</td>
                </tr>
              );
            })}
            {rows.length === 0 && (
              <tr>
                <td colSpan={5} className={table['quiet']}>
                  Nothing.
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS && (
        <button type="button" className={styles['opens']} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${number(rows.length)}`}
        </button>
      )}
      {answer.total > answer.items.length && (
        <p className={layout['small']}>
          The nearest {number(answer.items.length)} of {number(answer.total)} items are listed.
        </p>
      )}
    </section>
  );
}

export function Running({ answer: { workItems, unseen, overlaps, overlapsMore }, now }: { answer: RegisterImpact; now: number }) {
  return (
    <section aria-labelledby="running">
      <h2 id="running" className={layout['subhead']}>
        Work running on what is reached
      </h2>
      {workItems.length === 0 ? (
        <p className={layout['small']}>{unseen > 0 ? 'None that you may see.' : 'None.'}</p>
      ) : (
        <div className={table['scroll']} role="region" aria-labelledby="running" tabIndex={0}>
          <table className={table['table']}>
            <thead>
              <tr>
                <th scope="col">Work item</th>
                <th scope="col">What</th>
                <th scope="col">On</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {workItems.map(({ key, summary, items, start }) => (
                <tr key={key}>
                  <td>
                    <WorkItemLink itemKey={key}>{key}</WorkItemLink>
                  </td>
                  <td>{summary}</td>
                  <td className={table['quiet']}>{items.join(', ')}</td>
                  <td>{start === undefined ? 'no window' : momentToTheMinute(start, now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unseen > 0 && workItems.length > 0 && <p className={layout['small']}>{counted(unseen, 'work item')} more that you may not see.</p>}
      {unseen > 0 && workItems.length === 0 && <p className={layout['small']}>{counted(unseen, 'work item')} that you may not see.</p>}
      {overlaps.length > 0 && (
        <Message tone="warning" title={overlaps.length === 1 ? 'Two of them overlap' : 'Some of them overlap'}>
          <ul className={layout['lines']}>
            {overlaps.map(({ keys: [one, other], from, until }) => (
              <li key={`${one} ${other}`}>
                <WorkItemLink itemKey={one}>{one}</WorkItemLink> and <WorkItemLink itemKey={other}>{other}</WorkItemLink> overlap from{' '}
                {momentToTheMinute(from, now)} to {momentToTheMinute(until, now)}.
              </li>
            ))}
            {overlapsMore > 0 && <li>{number(overlapsMore)} more.</li>}
          </ul>
        </Message>
      )}
    </section>
  );
}
