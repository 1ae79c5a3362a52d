/** The path code, and the five processes in the method's own order, so that the eye learns their place. */
import type { ProcessPanel } from '../../src/contract';
import { Hidden } from '../shared/hidden';
import styles from './path-strip.module.css';

type Path = ProcessPanel['path'];
type Process = Path['processes'][number];

const WORDS: Record<Process['state'], string> = {
  here: 'here',
  asked: 'asked',
  running: 'running',
  waits: 'waits',
  fulfilled: 'fulfilled',
  ahead: 'to come',
  off: '–',
};

const Verb = ({ process }: { process: Process }) => (
  <li className={`${styles['verb'] ?? ''} ${styles[process.state] ?? ''}`} {...(process.state === 'here' && { 'aria-current': 'step' as const })}>
    <span className={styles['name']}>{process.verb}</span>
    {process.state === 'off' ? (
      <>
        <span aria-hidden>{WORDS.off}</span>
        <Hidden>, not on this path</Hidden>
      </>
    ) : (
      <span className={styles['state']}>
        {process.order !== undefined && (
          <span className={styles['order']}>
            <Hidden>, number </Hidden>
            {process.order}
          </span>
        )}
        <Hidden> </Hidden>
        {WORDS[process.state]}
      </span>
    )}
  </li>
);

export const PathStrip = ({ path }: { path: Path }) => (
  <section className={styles['path']}>
    <h2 className={styles['title']}>
      {path.code === 'open' ? null : <span className={styles['code']}>Path {path.code}</span>}
      <span className={styles['meaning']}>{path.meaning}</span>
    </h2>
    <ol className={styles['verbs']} aria-label="The five processes">
      {path.processes.map((process) => (
        <Verb key={process.process} process={process} />
      ))}
    </ol>
  </section>
);
