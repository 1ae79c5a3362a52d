/** The columns of the list: which there are, how a row looks in each, and which of them a person wants to see. */
import { useState } from 'react';
import type { AgreementRow } from '../../../../src/contract';
import { Face } from '../../../shared/face';
import { Hidden } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { report } from '../../../shared/report';
import { Verdict } from '../verdict';
import { dayWords, inDays, STATUSES } from '../words';
import styles from './list.module.css';
import type { SortKey } from './view';
import { serviceWords, withWhom } from './words';

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

export interface Column {
  key: string;
  name: string;
  by?: SortKey;
  day?: true;
  /** Its head is for screen readers alone. */
  quiet?: true;
  Cell: (props: { row: AgreementRow }) => JSX.Element | null;
}

export const COLUMNS: readonly Column[] = [
  {
    key: 'with',
    name: 'With',
    by: 'party',
    Cell: ({ row }) => {
      const { name, role } = withWhom(row);
      return (
        <>
          {name}
          <small>{role}</small>
        </>
      );
    },
  },
  { key: 'service', name: 'Service', Cell: ({ row }) => <>{serviceWords(row)}</> },
  {
    key: 'status',
    name: 'Status',
    by: 'status',
    Cell: ({ row: { status } }) => <Lozenge tone={STATUSES[status].tone}>{STATUSES[status].name}</Lozenge>,
  },
  {
    key: 'validUntil',
    name: 'Valid until',
    by: 'validUntil',
    day: true,
    Cell: ({ row }) => <Day day={row.validUntil} away={row.lapsesIn} none={BEFORE_FORCE.includes(row.status) ? 'not yet' : 'no end'} />,
  },
  {
    key: 'nextReview',
    name: 'Next review',
    by: 'nextReview',
    day: true,
    Cell: ({ row }) => <Day day={row.nextReview} away={row.reviewIn} none="none set" past={() => 'overdue'} />,
  },
  {
    key: 'verdict',
    name: 'Can it be kept?',
    by: 'verdict',
    Cell: ({ row: { verdict } }) => <Verdict state={verdict.state} reason={verdict.reason} />,
  },
  {
    key: 'owner',
    name: 'Owner',
    quiet: true,
    Cell: ({ row: { owner } }) =>
      owner ? (
        <span title={owner.name}>
          <Face id={owner.accountId} name={owner.name} />
          <Hidden>{owner.name}</Hidden>
        </span>
      ) : null,
  },
];

const KEY = 'usm.agreements.hidden-columns';

/** A browser may keep nothing for pages in frames; then every column is there. */
function remembered(): readonly string[] {
  try {
    const raw: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(raw) ? raw.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** The columns that this person wants to see, and what ticking one does. */
export function useColumns(): { columns: readonly Column[]; tick: (key: string) => void } {
  const [hidden, setHidden] = useState(remembered);
  const tick = (key: string): void => {
    const next = hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key];
    setHidden(next);
    try {
      window.localStorage.setItem(KEY, JSON.stringify(next));
    } catch (error) {
      report('No memory', error);
    }
  };
  return { columns: COLUMNS.filter(({ key }) => !hidden.includes(key)), tick };
}
