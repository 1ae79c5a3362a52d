/** One hand-off as a card: by which processes it goes, since when, what it holds, who has to move, and until when. */
import { forwardRef, useRef, type KeyboardEvent } from 'react';
import type { HandoffRow } from '../../../src/contract';
import { REASONS } from '../../receipt/words';
import { classes } from '../../shared/classes';
import { TeamFace } from '../../shared/face';
import { Hidden } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { wholeMoment } from '../../shared/time';
import { TypeGlyph } from '../../shared/type-glyph';
import { openWorkItem, WorkItemLink } from '../../shared/work-item-link';
import { Acts } from './acts';
import { cameBack, consequence, countsNext, turnOf, wayOf } from './list';
import styles from './card.module.css';
import { type Acting, useActs } from './use-acts';

interface CardProps extends Acting {
  row: HandoffRow;
  now: number;
  /** The one card that Tab comes to; arrows lead to the others. */
  tabbable: boolean;
  onFocus: () => void;
}

const Way = ({ row }: { row: HandoffRow }) => {
  const { from, to } = wayOf(row);
  return (
    <span className={styles['way']}>
      {from !== undefined && (
        <>
          {from} <Icon name="arrowRight" />
          <Hidden>to</Hidden>{' '}
        </>
      )}
      {to}
    </span>
  );
};

/** The team that is asked, and who of us answers once it came back. */
function Party({ row }: { row: HandoffRow }) {
  const team = row.team?.name ?? 'No team';
  const more = [
    cameBack(row) ? `${row.askedBy.name} answers` : row.owner?.name,
    row.supplier?.speaker && `${row.supplier.speaker.name} speaks for them`,
    row.supplier?.unseen === true ? 'USM cannot see their work item' : undefined,
  ].filter((one) => one !== undefined);
  return (
    <span className={styles['party']} title={[team, ...more].join(', ')}>
      <TeamFace small />
      <span>
        {team}
        {more.length > 0 && <small>{more.join(', ')}</small>}
      </span>
    </span>
  );
}

/** What its keys do, for whoever may. */
const keysOf = ({ key, may }: HandoffRow): string =>
  [key !== undefined && 'Enter', (may.accept || may.answer) && 'A', (may.accept || may.remind) && 'R'].filter((one) => one !== false).join(' ');

export const Card = forwardRef<HTMLDivElement, CardProps>(function Card({ row, now, tabbable, onFocus, ...acting }, place) {
  const acts = useActs(row, acting);
  const card = useRef<HTMLDivElement | null>(null);
  const { accept, answer, remind } = row.may;
  const next = countsNext(row, now);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys of what stands in the card are its own.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      enter: row.key === undefined ? undefined : () => openWorkItem(row.key ?? ''),
      a: accept ? () => void acts.receiving.send('work.accept') : answer ? () => acts.setOpen('answer') : undefined,
      r: accept ? () => acts.setOpen('return') : remind ? () => void acts.receiving.send('work.remind') : undefined,
    }[event.key.toLowerCase()];
    if (!act || (acts.open && event.key !== 'Enter')) return;
    // The letter must not land in the field that takes the focus.
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={(element) => {
        card.current = element;
        if (typeof place === 'function') place(element);
      }}
      role="group"
      tabIndex={tabbable ? 0 : -1}
      aria-label={[row.key, row.summary].filter(Boolean).join(' ')}
      aria-keyshortcuts={keysOf(row)}
      className={styles['card']}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div className={styles['ends']}>
        <Way row={row} />
        <span className={styles['age']} title={`Asked ${wholeMoment(row.askedAt)}`}>
          {turnOf(row, now)}
        </span>
      </div>
      <div className={styles['title']}>
        {row.supplier ? <Icon name="arrowRight" /> : <TypeGlyph type={row.type} name={row.typeName} />}
        <span title={row.what}>
          {row.key !== undefined && <WorkItemLink itemKey={row.key}>{row.key}</WorkItemLink>} {row.summary}
        </span>
      </div>
      <p className={styles['holds']}>
        <span className={classes(row.reason !== undefined && styles['quote'])}>{consequence(row, now)}</span>
        {row.returned && ` ${REASONS[row.returned.reason].name}`}
      </p>
      <div className={styles['ends']}>
        <Party row={row} />
        <span className={classes(styles['next'], next.late && styles['late'])}>{next.text}</span>
      </div>
      <Acts row={row} now={now} acts={acts} onLeft={() => card.current?.focus()} />
    </div>
  );
});
