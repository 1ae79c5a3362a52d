/** The tab: what happened to this work item, the latest first. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Segments } from '../setup/ui/segments';
import { Skeleton } from '../shared/skeleton';
import { TroubleView } from '../shared/trouble';
import { useNow } from '../shared/use-now';
import styles from './history.module.css';
import { Line } from './line';
import { useHistory } from './use-history';
import { type Filter, FILTERS, NOTHING } from './words';

const LINES = [64, 52, 72, 44].map((width) => ({ height: 36, width: `${String(width)}%` }));

export function History() {
  const [filter, setFilter] = useState<Filter>('all');
  const { answer, trouble, busy, again, older } = useHistory(filter);
  const now = useNow();
  return (
    <main className={styles['history']} aria-label="USM history" aria-busy={busy}>
      {trouble?.state !== 'notUsm' && trouble?.state !== 'notSetUp' && (
        <Segments label="What to show" segments={FILTERS} value={filter} onChange={setFilter} />
      )}
      {answer && answer.lines.length > 0 && (
        <ol aria-label="What happened, the latest first">
          {answer.lines.map((line) => (
            <Line key={line.id} line={line} now={now} />
          ))}
        </ol>
      )}
      <div role="status">{answer?.lines.length === 0 && !busy && <p className={styles['nothing']}>{NOTHING[filter]}</p>}</div>
      {!answer && busy && <Skeleton subject="the history" lines={LINES} />}
      {trouble && <TroubleView trouble={trouble} subject="The history" retry={again} />}
      {answer?.after && (
        <div>
          <Button onClick={older} isLoading={busy}>
            Show older
          </Button>
        </div>
      )}
    </main>
  );
}
