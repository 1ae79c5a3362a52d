/** What is kept of an item: now, before, when, by which work item, by whom. */
import type { AttributeRow, ItemDetail } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Face } from '../../../shared/face';
import { Mark } from '../../../shared/mark';
import { WorkItemLink } from '../../../shared/work-item-link';
import layout from '../../../setup/ui/layout.module.css';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { momentDay } from '../../agreements/words';
import { POLICIES } from '../words';
import styles from './item.module.css';

function ByWorkItem({ row: { cause, workItem, why } }: { row: AttributeRow }) {
  if (workItem?.key !== undefined) return <WorkItemLink itemKey={workItem.key}>{workItem.key}</WorkItemLink>;
  if (workItem) return <span className={table['quiet']}>one you may not see</span>;
  if (cause === 'unauthorised')
    return (
      <span className={styles['without']} title={why}>
        <Mark kind="unmet" /> without a work item
      </span>
    );
  if (cause === 'import') return <span className={table['quiet']}>from a file</span>;
  return cause === 'direct' ? <span className={table['quiet']}>by hand</span> : null;
}

const Row = ({ row }: { row: AttributeRow }) => (
  <tr>
    <th scope="row" className={styles['attribute']}>
      {row.name}
    </th>
    <td className={styles['now']}>{row.now ?? <span className={table['quiet']}>not said</span>}</td>
    <td className={styles['before']}>{row.before !== undefined && <s>{row.before}</s>}</td>
    <td className={styles['day']}>
      {row.changedAt === undefined || row.cause === 'registered' ? <span className={table['quiet']}>at registration</span> : momentDay(row.changedAt)}
    </td>
    <td>
      <ByWorkItem row={row} />
    </td>
    <td>
      {row.by && row.cause !== 'registered' && (
        <span className={styles['person']}>
          <Face id={row.by.accountId} name={row.by.name} /> {row.by.name}
        </span>
      )}
    </td>
  </tr>
);

const Table = ({ label, rows }: { label: string; rows: readonly AttributeRow[] }) => (
  <div className={table['scroll']} role="region" aria-label={label} tabIndex={0}>
    <table className={classes(table['table'], styles['attributes'])}>
      <thead>
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Now</th>
          <th scope="col">Before</th>
          <th scope="col">Changed on</th>
          <th scope="col">By work item</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </tbody>
    </table>
  </div>
);

export function Attributes({ detail: { attributes, class: of, unauthorised, directEdit } }: { detail: ItemDetail }) {
  const managed = attributes.filter((one) => one.managed);
  const others = attributes.filter((one) => !one.managed);
  return (
    <>
      {managed.length > 0 && <Table label="Managed attributes" rows={managed} />}
      <p className={layout['small']}>
        Data policy: {POLICIES[of.policy].name.toLowerCase()}.{' '}
        {managed.length === 0
          ? 'Nothing of this class is managed; all of it may be edited by hand.'
          : `A managed attribute is changed by a Request for Change${directEdit === 'block' ? ' only' : ''}; the others may be edited by hand.`}{' '}
        {unauthorised > 0 ? (
          <span className={styles['without']}>
            <Mark kind="unmet" /> {counted(unauthorised, 'change')} without a work item in 12 months.
          </span>
        ) : (
          'No change without a work item in 12 months.'
        )}
      </p>
      {others.length > 0 && (
        <section className={layout['lines']} aria-labelledby="others">
          <h2 id="others" className={layout['subhead']}>
            Other attributes
          </h2>
          <Table label="Other attributes" rows={others} />
        </section>
      )}
    </>
  );
}
