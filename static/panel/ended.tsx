/** Read-only: what a finished work item has come to. */
import type { ProcessPanel } from '../../src/contract';
import { momentToTheMinute, span } from '../shared/time';
import styles from './ended.module.css';

export function Ended({ panel }: { panel: ProcessPanel }) {
  const own = panel.chain.find((link) => link.here);
  const processes = panel.path.processes
    .filter((process) => process.order !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((process) => process.verb);
  const facts: [string, string][] = [
    ['Path', [panel.path.code === 'open' ? 'Open' : panel.path.code, ...processes].join(', ')],
    [panel.statusName, momentToTheMinute(panel.since, panel.asOf)],
    ...(own?.since !== undefined ? [['Took, gross', span((own.until ?? panel.since) - own.since)] satisfies [string, string]] : []),
  ];
  return (
    <section className={styles['ended']}>
      <h2>{panel.statusMeaning}</h2>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
