/** Who: accountable now, coordinating, and whom we wait for. A line without anybody is absent, except the one who is accountable. */
import type { ReactNode } from 'react';
import type { ProcessPanel } from '../../src/contract';
import { Face, TeamFace } from '../shared/face';
import { span, wholeMoment } from '../shared/time';
import styles from './people.module.css';

const Row = ({ label, face, name, detail }: { label: string; face: ReactNode; name: string; detail?: ReactNode }) => (
  <div className={styles['row']}>
    <dt>{label}</dt>
    <dd>
      {face}
      <span>
        <span className={styles['name']} title={name}>
          {name}
        </span>
        {detail && <span className={styles['detail']}>{detail}</span>}
      </span>
    </dd>
  </div>
);

export function People({ panel }: { panel: ProcessPanel }) {
  const { accountable, coordinator, waitsFor, asOf } = panel;
  if (!accountable && !coordinator && !waitsFor) return null;
  return (
    <dl className={styles['people']}>
      {accountable && (
        <Row
          label="Accountable now"
          face={accountable.person ? <Face id={accountable.person.accountId} name={accountable.person.name} /> : <TeamFace />}
          name={accountable.person?.name ?? accountable.role}
          detail={accountable.person && accountable.role}
        />
      )}
      {coordinator && <Row label="Coordinates" face={<Face id={coordinator.accountId} name={coordinator.name} />} name={coordinator.name} />}
      {waitsFor && (
        <Row
          label="We wait for"
          face={<TeamFace />}
          name={waitsFor.party}
          detail={<span title={`since ${wholeMoment(waitsFor.since)}`}>{span(asOf - waitsFor.since)}</span>}
        />
      )}
    </dl>
  );
}
