/** The work items that name an item, newest first, as far as whoever looks may see them. */
import Button from '@atlaskit/button/new';
import { useCallback } from 'react';
import type { ItemDetail, WorkOfItem } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { classes } from '../../../shared/classes';
import { Lozenge } from '../../../shared/lozenge';
import { Skeleton } from '../../../shared/skeleton';
import { statusName, statusTone } from '../../../shared/status';
import { wholeMoment } from '../../../shared/time';
import { WorkItemLink } from '../../../shared/work-item-link';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import table from '../../../setup/ui/table.module.css';
import { momentDay } from '../../agreements/words';
import { Instead } from '../../instead';
import { call } from '../call';
import { usePaged } from '../use-paged';
import { number } from '../words';
import styles from './item.module.css';

type Line = ItemDetail['workItems']['rows'][number] & Partial<Pick<WorkOfItem, 'outcome'>>;

const ROLES: Readonly<Record<Line['role'], string>> = { concerned: 'is about it', toChange: 'changes it', toAdd: 'adds it' };
const OUTCOMES: Readonly<Record<NonNullable<Line['outcome']>, string>> = { updated: 'changed it', noChange: 'did not change it after all' };

const LINES = Array.from({ length: 6 }, () => ({ height: 36, width: '100%' }));

export const WorkTable = ({ rows }: { rows: readonly Line[] }) => (
  <div className={table['scroll']} role="region" aria-label="Work items" tabIndex={0}>
    <table className={classes(table['table'], styles['work'])}>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Work type</th>
          <th scope="col">Summary</th>
          <th scope="col">Status</th>
          <th scope="col">With the item</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, type, summary, status, role, outcome, reportedAt, windowStart }) => (
          <tr key={`${key} ${role}`}>
            <th scope="row" className={styles['key']}>
              <WorkItemLink itemKey={key}>{key}</WorkItemLink>
            </th>
            <td>{WORK_TYPE_NAMES[type]}</td>
            <td>{summary}</td>
            <td>
              <Lozenge tone={statusTone(status)}>{statusName(status)}</Lozenge>
            </td>
            <td>{outcome === undefined ? ROLES[role] : OUTCOMES[outcome]}</td>
            <td>{windowStart === undefined ? momentDay(reportedAt) : `planned ${wholeMoment(windowStart)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

export const NoWork = ({ total }: { total: number }) => (
  <p className={layout['small']}>{total === 0 ? 'No work item names it.' : `${number(total)} name it; you may see none of them.`}</p>
);

/** All of them, part by part. */
export function AllWork({ itemKey }: { itemKey: string }) {
  const read = useCallback(
    async (after: string | undefined) => {
      const answer = await call('register.workItems', { key: itemKey, ...(after !== undefined && { after }) });
      return isTrouble(answer) ? answer : { ...answer, rows: answer.items };
    },
    [itemKey],
  );
  const { answer, trouble, busy, again, more } = usePaged(read);
  if (!answer)
    return trouble ? <Instead trouble={trouble} subject="The work items" retry={again} /> : <Skeleton subject="the work items" lines={LINES} />;
  return (
    <>
      {trouble && <Failed trouble={trouble} title="More work items could not be read" retry={more} />}
      {answer.rows.length === 0 ? <NoWork total={answer.total} /> : <WorkTable rows={answer.rows} />}
      <div className={layout['row']}>
        {answer.rows.length > 0 && (
          <span className={layout['small']}>
            {number(answer.rows.length)} of {number(answer.total)}
            {answer.rows.length < answer.total && answer.after === undefined && '; the others you may not see'}
          </span>
        )}
        {answer.after !== undefined && (
          <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
            Show more work items
          </Button>
        )}
      </div>
    </>
  );
}
