/** One thing that can be asked for: what you get, how to ask, what happens next. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Card, CatalogDetail, Cell, Ordered } from '../../../../src/contract';
import { Skeleton } from '../../../shared/skeleton';
import { WorkItemLink } from '../../../shared/work-item-link';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { useReading } from '../../../setup/ui/use-reading';
import { pathOf } from '../../agreements/address';
import { Crumbs } from '../../agreements/crumbs';
import { Instead } from '../../instead';
import { BROWSE, editPath } from '../address';
import { useAs } from '../as';
import { call } from '../call';
import { dayWords, momentDay } from '../words';
import { AskForIt } from './form';
import styles from './item.module.css';

const LINES = [
  { height: 40, width: '60%' },
  { height: 200, width: '100%' },
  { height: 320, width: '100%' },
];

const ROWS: readonly { name: string; what: keyof Card; how: keyof Card }[] = [
  { name: 'What you get', what: 'facilityWhat', how: 'facilityHow' },
  { name: 'How we help', what: 'supportWhat', how: 'supportHow' },
];

const Promised = ({ cell: { text, lines } }: { cell: Cell }) => (
  <td>
    <ul className={layout['bullets']}>
      {text !== '' && <li>{text}</li>}
      {lines.map(({ label, value }) => (
        <li key={label}>
          {label}: {value}
        </li>
      ))}
    </ul>
  </td>
);

const Promise2x2 = ({ card }: { card: Card }) => (
  <div className={styles['frame']}>
    <table className={styles['promise']} aria-label="What is promised">
      <thead>
        <tr>
          <td />
          <th scope="col">What it does</th>
          <th scope="col">How well</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, what, how }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <Promised cell={card[what]} />
            <Promised cell={card[how]} />
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

function Next({ detail }: { detail: CatalogDetail }) {
  return (
    <section className={layout['card']} aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      <ol className={styles['next']}>
        {detail.next.map(({ text, when }) => (
          <li key={text}>
            <strong>{text}</strong>
            <small>{when}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Staff({ id, staff }: { id: string; staff: NonNullable<CatalogDetail['staff']> }) {
  const { agreement, team, register, owner, approved, validUntil } = staff;
  return (
    <section className={styles['staff']} aria-labelledby="staff">
      <h2 id="staff">Shown to staff only</h2>
      <dl>
        <dt>Starts</dt>
        <dd>{staff.typeName}</dd>
        <dt>Process</dt>
        <dd>{staff.process}</dd>
        <dt>Agreement</dt>
        <dd>
          <PageLink to={pathOf(agreement.id)}>{agreement.id}</PageLink> version {agreement.version}
          {agreement.until !== undefined && <>, ends {dayWords(agreement.until)}</>}
        </dd>
        {team !== undefined && (
          <>
            <dt>Team</dt>
            <dd>{team}</dd>
          </>
        )}
        {register.length > 0 && (
          <>
            <dt>Register</dt>
            <dd>{register.join(', ')}</dd>
          </>
        )}
        {owner && (
          <>
            <dt>Owner</dt>
            <dd>{owner.name}</dd>
          </>
        )}
        {approved && (
          <>
            <dt>Approved</dt>
            <dd>
              {approved.by.name}, {momentDay(approved.at)}
              {validUntil !== undefined && <>, until {dayWords(validUntil)}</>}
            </dd>
          </>
        )}
      </dl>
      <PageLink to={editPath(id)}>Look at the item</PageLink>
    </section>
  );
}

/** The answer has the focus: whoever sent it reads the number first. */
function Answered({ sent }: { sent: Ordered }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles['sent']}>
      <h2 ref={heading} tabIndex={-1}>
        Your request has the number <WorkItemLink itemKey={sent.key}>{sent.key}</WorkItemLink>
      </h2>
      {sent.dueBy !== undefined && <p>It is ready on {momentDay(sent.dueBy)} at the latest.</p>}
      <p>{sent.accepted ? 'It is taken on already.' : 'This happens now:'}</p>
      <ul className={layout['bullets']}>
        {sent.next.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <PageLink to={BROWSE}>Ask for something else</PageLink>
      </p>
    </section>
  );
}

const Shown = ({ detail }: { detail: CatalogDetail }) => {
  const { item, card, staff, person } = detail;
  const { person: as } = useAs();
  const [sent, setSent] = useState<Ordered>();
  return (
    <>
      <p className={styles['what']}>{item.what}</p>
      {as && <p className={layout['small']}>You ask for {person.name}.</p>}
      <div className={layout['columns']}>
        <div className={layout['page']}>
          {sent ? (
            <Answered sent={sent} />
          ) : (
            <>
              <Promise2x2 card={card} />
              {item.conditions.length > 0 && (
                <section>
                  <h2 className={layout['subhead']}>Good to know</h2>
                  <ul className={layout['bullets']}>
                    {item.conditions.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </section>
              )}
              <AskForIt detail={detail} onSent={setSent} />
            </>
          )}
        </div>
        <div className={layout['side']}>
          <Next detail={detail} />
          {staff && <Staff id={item.id} staff={staff} />}
        </div>
      </div>
    </>
  );
};

export function ItemPage({ id }: { id: string }) {
  const { person } = useAs();
  const as = person?.accountId;
  const first = useCallback(() => call('catalog.item', { id, ...(as !== undefined && { as }) }), [id, as]);
  const { answer, trouble, again } = useReading<CatalogDetail>(first);
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: BROWSE, name: 'Catalog' }]} here={answer?.item.title ?? id} />
      <PageHead title={answer?.item.title ?? 'Catalog'} />
      {answer ? (
        <Shown detail={answer} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="This item" retry={again} />
      ) : (
        <Skeleton subject="the item" lines={LINES} />
      )}
    </div>
  );
}
