/** The agreements: what needs somebody first. Filters and order are in the address. */
import Button from '@atlaskit/button/new';
import { lazy, Suspense, useState } from 'react';
import type { AgreementList, AgreementRow } from '../../../../src/contract';
import { Face } from '../../../shared/face';
import { Hidden, Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Mark } from '../../../shared/mark';
import { Skeleton } from '../../../shared/skeleton';
import { momentToTheMinute } from '../../../shared/time';
import { useNow } from '../../../shared/use-now';
import { classes } from '../../../shared/classes';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { SortHead } from '../../../setup/ui/sort-head';
import table from '../../../setup/ui/table.module.css';
import { Instead } from '../../instead';
import { pathOf } from '../address';
import { KindTag } from '../tag';
import { Verdict } from '../verdict';
import { dayWords, inDays, STATUSES } from '../words';
import { Filters } from './filters';
import { First } from './first';
import styles from './list.module.css';
import { useList } from './use-list';
import { EVERYTHING, narrows, ordering, sortedBy, type SortKey, toSearch, toView, type View } from './view';
import { countWords, number, QUICK, serviceWords, sortWords, withWhom } from './words';

const NewAgreement = lazy(() => import('../edit/begin').then((one) => ({ default: one.NewAgreement })));

const LINES = [{ height: 32, width: '80%' }, ...Array.from({ length: 8 }, () => ({ height: 46, width: '100%' }))];

interface PartProps {
  answer: AgreementList;
  view: View;
  change: (part: Partial<View>) => void;
}

const QuickFilters = ({ answer, view, change }: PartProps) => (
  <div className={styles['quick']} role="group" aria-label="What needs attention">
    {QUICK.map(({ value, name, mark, count }) => (
      <button key={value} type="button" aria-pressed={view.quick === value} onClick={() => change({ quick: view.quick === value ? '' : value })}>
        {mark && <Mark kind={mark} />}
        {name}
        <span className={styles['count']}>{number(answer.quick[count])}</span>
      </button>
    ))}
  </div>
);

/** A day, and how far it is where somebody has to do something. */
function Day({
  day,
  away,
  none,
  past = inDays,
}: {
  day: string | undefined;
  away: number | undefined;
  none: string;
  past?: (days: number) => string;
}) {
  if (day === undefined) return <span className={styles['soft']}>{none}</span>;
  return (
    <>
      {dayWords(day)}
      {away !== undefined && <small className={away < 0 ? styles['late'] : styles['due']}>{away < 0 ? past(away) : inDays(away)}</small>}
    </>
  );
}

const BEFORE_FORCE: readonly AgreementRow['status'][] = ['draft', 'offered'];

function Line({ row }: { row: AgreementRow }) {
  const { id, kind, name, version, status, owner, open, verdict } = row;
  const party = withWhom(row);
  const none = BEFORE_FORCE.includes(status) ? 'not yet' : 'no end';
  return (
    <tr>
      <th scope="row" className={styles['agreement']}>
        <div className={styles['named']}>
          <KindTag kind={kind} />
          <div>
            <PageLink to={pathOf(id)} className={styles['cut']}>
              {name}
            </PageLink>
            <small>
              {id}, version {version}
              {open && `; version ${String(open.version)} is ${STATUSES[open.status].name.toLowerCase()}`}
            </small>
          </div>
        </div>
      </th>
      <td>
        {party.name}
        <small>{party.role}</small>
      </td>
      <td>{serviceWords(row)}</td>
      <td>
        <Lozenge tone={STATUSES[status].tone}>{STATUSES[status].name}</Lozenge>
      </td>
      <td className={styles['day']}>
        <Day day={row.validUntil} away={row.lapsesIn} none={none} />
      </td>
      <td className={styles['day']}>
        <Day day={row.nextReview} away={row.reviewIn} none="none set" past={() => 'overdue'} />
      </td>
      <td>
        <Verdict state={verdict.state} reason={verdict.reason} />
      </td>
      <td>
        {owner && (
          <span title={owner.name}>
            <Face id={owner.accountId} name={owner.name} />
            <Hidden>{owner.name}</Hidden>
          </span>
        )}
      </td>
    </tr>
  );
}

const HEADS: readonly { name: string; by?: SortKey }[] = [
  { name: 'Agreement', by: 'name' },
  { name: 'With', by: 'party' },
  { name: 'Service' },
  { name: 'Status', by: 'status' },
  { name: 'Valid until', by: 'validUntil' },
  { name: 'Next review', by: 'nextReview' },
  { name: 'Can it be kept?', by: 'verdict' },
];

function Rows({ answer, view, change }: PartProps) {
  const { by, down } = ordering(view.sort);
  return (
    <div className={table['scroll']} role="region" aria-label="Agreements" tabIndex={0}>
      <table className={classes(table['table'], styles['table'])}>
        <thead>
          <tr>
            {HEADS.map((head) => {
              const key = head.by;
              return key === undefined ? (
                <th key={head.name} scope="col">
                  {head.name}
                </th>
              ) : (
                <SortHead
                  key={head.name}
                  name={head.name}
                  direction={by === key ? (down ? 'descending' : 'ascending') : undefined}
                  onSort={() => change({ sort: sortedBy(key, view.sort) })}
                />
              );
            })}
            <th scope="col">
              <Hidden>Owner</Hidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Nothing is agreed yet, or the filters leave nothing. */
function Nothing({ answer, view, change }: PartProps) {
  if (!narrows(view))
    return (
      <div className={layout['empty']}>
        <h2>Nothing is agreed yet</h2>
        <p>
          {answer.keeps
            ? 'Agreements say what is promised to whom, and by whom it is kept. Once they are imported or drafted they stand here.'
            : 'Agreements say what is promised to whom. A service manager writes them down; they then stand here.'}
        </p>
        {answer.keeps && <First />}
      </div>
    );
  return (
    <div className={layout['empty']}>
      <h2>No agreement fits</h2>
      <p>{answer.quick.all > 0 ? `${number(answer.quick.all)} fit without the quick filter.` : 'No agreement is left by these filters.'}</p>
      <div>
        <Button onClick={() => change(EVERYTHING)}>Show all agreements</Button>
      </div>
    </div>
  );
}

export function List() {
  const { search, show } = useAddress();
  const { answer, trouble, busy, again, more } = useList(search);
  const now = useNow();
  const [drafting, setDrafting] = useState(false);
  const view = toView(search);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));

  const body = () => {
    if (!answer)
      return trouble ? <Instead trouble={trouble} subject="The agreements" retry={again} /> : <Skeleton subject="the agreements" lines={LINES} />;
    const { by, down } = ordering(view.sort);
    const shown = answer.rows.length;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="The agreements could not be read again" retry={again} />}
        <QuickFilters {...{ answer, view, change }} />
        <Filters {...{ answer, view, change }} />
        {shown === 0 ? (
          <Nothing {...{ answer, view, change }} />
        ) : (
          <>
            <div className={layout['row']}>
              <span className={layout['small']}>{countWords(answer)}</span>
              <span className={classes(layout['end'], layout['small'])}>{sortWords(by, down)}</span>
            </div>
            <Rows {...{ answer, view, change }} />
            <div className={layout['row']}>
              <span className={layout['small']}>
                Rows 1 to {number(shown)} of {number(answer.total)}
              </span>
              {answer.after !== undefined && (
                <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
                  Show more agreements
                </Button>
              )}
              {answer.calculatedAt !== undefined && (
                <span className={classes(layout['end'], layout['small'])}>
                  Calculated {momentToTheMinute(answer.calculatedAt, now)}, again after each change to an agreement
                </span>
              )}
            </div>
          </>
        )}
        <Live>{busy === undefined && countWords(answer)}</Live>
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Agreements" text="What is promised to whom, and whether it can be kept.">
        {answer?.keeps === true && !drafting && (
          <Button appearance="primary" onClick={() => setDrafting(true)}>
            Draft an agreement
          </Button>
        )}
      </PageHead>
      {drafting && (
        <Suspense>
          <NewAgreement onKeep={() => setDrafting(false)} />
        </Suspense>
      )}
      {body()}
    </div>
  );
}
