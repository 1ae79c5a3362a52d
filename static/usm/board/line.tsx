/** One hand-off as a line: what, for whom, who has to move, and by when. */
import type { HandoffRow } from '../../../src/contract';
import { classes } from '../../shared/classes';
import { Icon } from '../../shared/icons';
import { Lozenge } from '../../shared/lozenge';
import { Mark } from '../../shared/mark';
import { span, wholeMoment } from '../../shared/time';
import { TypeGlyph } from '../../shared/type-glyph';
import { WorkItemLink } from '../../shared/work-item-link';
import table from '../../setup/ui/table.module.css';
import { REASONS } from '../../receipt/words';
import { Acts } from './acts';
import styles from './board.module.css';
import { consequence, mover, readiness, stateOf, wayOf } from './list';
import { type Acting, useActs } from './use-acts';

const route = (row: HandoffRow): string => {
  const { from, to } = wayOf(row);
  return from === undefined ? to : `${from} to ${to}`;
};

/** Small print that is cut where it is too long, whole in its tooltip. */
const Cut = ({ text }: { text: string }) => (
  <small className={styles['cut']} title={text}>
    {text}
  </small>
);

interface HandoffLineProps extends Acting {
  row: HandoffRow;
  now: number;
}

export function HandoffLine({ row, now, ...acting }: HandoffLineProps) {
  const acts = useActs(row, acting);
  const { by, late } = readiness(row, now);
  const state = stateOf(row);
  const { team, person } = mover(row);
  return (
    <tr>
      <th scope="row" className={styles['item']}>
        <span className={styles['title']}>
          {row.supplier ? <Icon name="arrowRight" /> : <TypeGlyph type={row.type} name={row.typeName} />}
          {row.key === undefined ? null : <WorkItemLink itemKey={row.key}>{row.key}</WorkItemLink>}
          <span className={styles['cut']} title={row.summary}>
            {row.summary}
          </span>
        </span>
        <Cut text={consequence(row, now)} />
        {row.returned && <small>{REASONS[row.returned.reason].name}</small>}
        <Acts {...{ row, now, acts }} />
      </th>
      <td className={styles['what']}>
        <span className={styles['cut']} title={row.what}>
          {row.what}
        </span>
        <Cut text={`${row.askedBy.name}, ${route(row)}`} />
      </td>
      <td>
        {team ?? 'No team'}
        {person !== undefined && <small>{person}</small>}
        {row.supplier?.speaker && <small>{row.supplier.speaker.name} speaks for them</small>}
        {row.supplier?.unseen && <small>USM cannot see their work item</small>}
      </td>
      <td className={table['quiet']}>{row.service ?? ''}</td>
      <td className={styles['time']}>
        {by}
        {late !== undefined && (
          <small className={styles['late']}>
            <Mark kind="unmet" />
            {late}
          </small>
        )}
      </td>
      <td className={classes(table['number'], table['quiet'])} title={`Asked ${wholeMoment(row.askedAt)}`}>
        {span(now - row.askedAt)}
      </td>
      <td>
        <Lozenge tone={state.tone}>{state.text}</Lozenge>
      </td>
    </tr>
  );
}
