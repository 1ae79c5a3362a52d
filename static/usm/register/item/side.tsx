/** Beside an item: the agreements it serves, its relations in words, its life. */
import type { ItemDetail } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import { pathOf } from '../../agreements/address';
import { VerdictMark } from '../../agreements/verdict';
import { hours, momentDay } from '../../agreements/words';
import { itemPagePath } from '../address';
import { useOpen } from '../open';
import { lifeOf, number } from '../words';
import styles from './item.module.css';
import { EndLink, headOf } from './relations';

function Served({ detail: { agreements } }: { detail: ItemDetail }) {
  return (
    <section className={layout['card']} aria-labelledby="served">
      <h2 id="served">Agreements served</h2>
      {agreements.length === 0 ? (
        <p>It serves no agreement that is in force: no service that it supports is agreed with anybody.</p>
      ) : (
        <ul className={styles['served']}>
          {agreements.map(({ id, name, customer, restore, hours: counted, verdict }) => (
            <li key={id}>
              <span>
                <span className={styles['end']}>
                  <PageLink to={pathOf(id)}>{id}</PageLink> <span>{name}</span>
                </span>
                <small>
                  {customer}
                  {restore !== undefined && `, P1 ${hours(restore)} h`}
                  {counted !== undefined && `, ${counted}`}
                </small>
              </span>
              <VerdictMark state={verdict} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function InWords({ detail: { item, relations }, onAll }: { detail: ItemDetail; onAll: () => void }) {
  const { ofItem } = useOpen();
  return (
    <section className={layout['card']} aria-labelledby="related">
      <div className={layout['row']}>
        <h2 id="related">Relations</h2>
        {ofItem('explore') && relations.length > 0 && (
          <span className={layout['end']}>
            <PageLink to={itemPagePath(item.key, 'explore')}>Picture</PageLink>
          </span>
        )}
      </div>
      {relations.length === 0 && <p>None yet.</p>}
      {relations.map((group) => (
        <div key={`${group.kind} ${group.direction}`}>
          <h3>{headOf(group.words)}</h3>
          <ul className={styles['near']}>
            {group.first.map((end) => (
              <li key={end.id} className={styles['end']}>
                <EndLink way={group} end={end} />
              </li>
            ))}
            {group.count > group.first.length && (
              <li>
                <button type="button" onClick={onAll}>
                  {number(group.count - group.first.length)} more
                </button>
              </li>
            )}
          </ul>
        </div>
      ))}
    </section>
  );
}

const Life = ({ detail: { life } }: { detail: ItemDetail }) => (
  <section className={layout['card']} aria-labelledby="life">
    <h2 id="life">Life cycle</h2>
    <ol className={styles['life']}>
      {life.map(({ life: part, at }, index) => {
        const here = index === life.length - 1;
        return (
          <li key={index} className={classes(here && styles['here'])} {...(here && { 'aria-current': 'step' as const })}>
            <span>{lifeOf(part).name}</span>
            <small>{at === undefined ? 'before it was registered' : momentDay(at)}</small>
          </li>
        );
      })}
    </ol>
  </section>
);

export const Side = ({ detail, onAll }: { detail: ItemDetail; onAll: () => void }) => (
  <>
    <Served detail={detail} />
    <InWords detail={detail} onAll={onAll} />
    <Life detail={detail} />
  </>
);
