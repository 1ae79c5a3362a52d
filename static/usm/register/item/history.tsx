/** Every version of an item, newest first: what changed, by which work item, by whom. */
import Button from '@atlaskit/button/new';
import { useCallback } from 'react';
import type { VersionRow } from '../../../../src/contract';
import { verifiedHow } from '../../../../src/contract/register';
import { isTrouble } from '../../../shared/call';
import { Face } from '../../../shared/face';
import { Mark } from '../../../shared/mark';
import { Skeleton } from '../../../shared/skeleton';
import { wholeMoment } from '../../../shared/time';
import { WorkItemLink } from '../../../shared/work-item-link';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import table from '../../../setup/ui/table.module.css';
import { dayWords } from '../../agreements/words';
import { Instead } from '../../instead';
import { call } from '../call';
import { usePaged } from '../use-paged';
import { HOW_NAMES } from '../verify';
import { CAUSES, number } from '../words';
import styles from './item.module.css';

const LINES = Array.from({ length: 6 }, () => ({ height: 46, width: '100%' }));

/** A look is kept as its day and how: 2026-11-23 onSite. */
function lookWords(cause: VersionRow['cause'], text: string): string {
  const [day = '', how = ''] = text.split(' ');
  const { data } = verifiedHow.safeParse(how);
  return cause === 'verified' && data !== undefined ? `${dayWords(day)}, ${HOW_NAMES[data]}` : text;
}

const Line = ({ version: { number: count, at, by, cause, workItem, changes, why } }: { version: VersionRow }) => (
  <tr>
    <th scope="row">{count}</th>
    <td className={styles['day']}>{wholeMoment(at)}</td>
    <td>
      <span className={styles['without']}>
        {cause === 'unauthorised' && <Mark kind="unmet" />}
        {workItem?.key === undefined ? (
          workItem ? (
            'By a change you may not see'
          ) : (
            CAUSES[cause]
          )
        ) : (
          <WorkItemLink itemKey={workItem.key}>{workItem.key}</WorkItemLink>
        )}
      </span>
      {why !== undefined && <small>{why}</small>}
    </td>
    <td>
      {changes.length === 0 ? (
        <span className={table['quiet']}>{cause === 'registered' ? 'as it came in' : 'no attribute'}</span>
      ) : (
        <ul>
          {changes.map(({ attribute, name, from, to }) => (
            <li key={attribute}>
              {name}: {from !== undefined && <s className={table['quiet']}>{lookWords(cause, from)}</s>}{' '}
              <strong>{to === undefined ? 'nothing' : lookWords(cause, to)}</strong>
            </li>
          ))}
        </ul>
      )}
    </td>
    <td>
      {by ? (
        <span className={styles['person']}>
          <Face id={by.accountId} name={by.name} /> {by.name}
        </span>
      ) : (
        <span className={table['quiet']}>the app</span>
      )}
    </td>
  </tr>
);

export function History({ itemKey }: { itemKey: string }) {
  const read = useCallback(
    async (after: string | undefined) => {
      const answer = await call('register.history', { key: itemKey, ...(after !== undefined && { after }) });
      return isTrouble(answer) ? answer : { state: 'ok' as const, rows: answer.versions, total: answer.total, after: answer.after };
    },
    [itemKey],
  );
  const { answer, trouble, busy, again, more } = usePaged(read);
  if (!answer) return trouble ? <Instead trouble={trouble} subject="The history" retry={again} /> : <Skeleton subject="the history" lines={LINES} />;
  return (
    <>
      {trouble && <Failed trouble={trouble} title="More of the history could not be read" retry={more} />}
      <div className={table['scroll']} role="region" aria-label="History" tabIndex={0}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">When</th>
              <th scope="col">Why</th>
              <th scope="col">What changed</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((one) => (
              <Line key={one.number} version={one} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={layout['row']}>
        <span className={layout['small']}>
          {number(answer.rows.length)} of {number(answer.total)} versions
        </span>
        {answer.after !== undefined && (
          <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
            Show more versions
          </Button>
        )}
      </div>
    </>
  );
}
