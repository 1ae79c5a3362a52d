/** The work items that name an item, newest first, as far as whoever looks may see them. */
import type { ItemDetail } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Lozenge } from '../../../shared/lozenge';
import { statusName, statusTone } from '../../../shared/status';
import { WorkItemLink } from '../../../shared/work-item-link';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import { wholeMoment } from '../../../shared/time';
import layout from '../../../setup/ui/layout.module.css';
import table from '../../../setup/ui/table.module.css';
import { momentDay } from '../../agreements/words';
import { number } from '../words';
import styles from './item.module.css';

export type WorkLine = ItemDetail['workItems']['rows'][number];

const ROLES: Readonly<Record<WorkLine['role'], string>> = { concerned: 'is about it', toChange: 'changes it', toAdd: 'adds it' };

export const WorkTable = ({ rows }: { rows: readonly WorkLine[] }) => (
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
        {rows.map(({ key, type, summary, status, role, reportedAt, windowStart }) => (
          <tr key={`${key} ${role}`}>
            <th scope="row" className={styles['key']}>
              <WorkItemLink itemKey={key}>{key}</WorkItemLink>
            </th>
            <td>{WORK_TYPE_NAMES[type]}</td>
            <td>{summary}</td>
            <td>
              <Lozenge tone={statusTone(status)}>{statusName(status)}</Lozenge>
            </td>
            <td>{ROLES[role]}</td>
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
