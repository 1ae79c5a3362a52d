import type { HistoryLine } from '../../src/contract';
import { Hidden } from '../shared/hidden';
import { Icon } from '../shared/icons';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { Reference } from '../shared/reference';
import { statusName, statusTone } from '../shared/status';
import { momentToTheMinute, wholeMoment } from '../shared/time';
import { WorkItemLink } from '../shared/work-item-link';
import styles from './line.module.css';
import { markOf, sideOf, titleOf } from './words';

const Steps = ({ line }: { line: Extract<HistoryLine, { kind: 'status' }> }) =>
  line.from ? (
    <span className={styles['step']}>
      <Lozenge tone={statusTone(line.from)}>{statusName(line.from)}</Lozenge>
      <Icon name="arrowRight" />
      <Hidden>to</Hidden>
      <Lozenge tone={statusTone(line.to)}>{statusName(line.to)}</Lozenge>
    </span>
  ) : (
    <span className={styles['step']}>
      <Lozenge tone={statusTone(line.to)}>{statusName(line.to)}</Lozenge>
    </span>
  );

const Rules = ({ line }: { line: Extract<HistoryLine, { kind: 'override' | 'refusal' }> }) => (
  <ul className={styles['rules']}>
    {line.rules.map(({ rule, text }) => (
      <li key={rule}>
        Not met: {text} <small>{rule}</small>
      </li>
    ))}
  </ul>
);

const Other = ({ line }: { line: Extract<HistoryLine, { kind: 'handoff' | 'group' }> }) => (
  <p>
    {sideOf(line)} {line.key === undefined ? 'a work item you may not see' : <WorkItemLink itemKey={line.key}>{line.key}</WorkItemLink>}
  </p>
);

export const Line = ({ line, now }: { line: HistoryLine; now: number }) => (
  <li className={styles['line']}>
    <time dateTime={new Date(line.at).toISOString()} title={wholeMoment(line.at)}>
      {momentToTheMinute(line.at, now)}
    </time>
    <span className={styles['mark']}>
      <Mark kind={markOf(line)} />
    </span>
    <div className={styles['what']}>
      {line.kind === 'status' ? <Steps line={line} /> : <strong>{titleOf(line)}</strong>}
      {(line.kind === 'handoff' || line.kind === 'group') && <Other line={line} />}
      {line.kind === 'anomaly' && <p>{line.text}</p>}
      {(line.kind === 'override' || line.kind === 'refusal') && <Rules line={line} />}
      {line.kind === 'refusal' && <Reference value={line.reference} />}
    </div>
    <span className={styles['who']}>{'by' in line && line.by?.name}</span>
  </li>
);
