/** How it went, in figures. */
import type { Evaluation } from '../../src/contract';
import { span } from '../shared/time';
import styles from './deed.module.css';

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`);
const handoffs = (count: number): string => (count === 0 ? 'no hand-off' : count === 1 ? '1 hand-off' : `${String(count)} hand-offs`);

function due(late: number): { text: string; bad: boolean } {
  return late > 0 ? { text: `${span(late)} late`, bad: true } : { text: `${span(-late)} early`, bad: false };
}

export function Figures({ evaluation: { figures } }: { evaluation: Evaluation }) {
  const { gross, waited, late, reworks, reopens, path } = figures;
  const againText = [...(reworks > 0 ? [`sent back ${times(reworks)}`] : []), ...(reopens > 0 ? [`reopened ${times(reopens)}`] : [])].join(', ');
  const lines: { label: string; text: string; bad?: boolean }[] = [
    { label: 'Fulfilled, net of waiting', text: span(gross - waited) },
    { label: 'Gross', text: span(gross) },
    ...(late === undefined ? [] : [{ label: 'What was due', ...due(late) }]),
    { label: 'Again', text: againText === '' ? 'right the first time' : againText, bad: againText !== '' },
    { label: 'Path', text: `${path === 'open' ? 'Open' : path}, ${handoffs(figures.handoffs)}` },
  ];
  return (
    <dl className={styles['figures']}>
      {lines.map(({ label, text, bad = false }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={bad ? styles['bad'] : undefined}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
