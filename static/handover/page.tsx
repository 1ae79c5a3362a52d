import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useState } from 'react';
import type { HandOverFormAnswer } from '../../src/contract';
import { isTrouble } from '../shared/call';
import { TroubleView } from '../shared/trouble';
import { call } from '../shared/work-call';
import { close } from './close';
import { Dialog } from './dialog';
import styles from './page.module.css';

const Loading = () => (
  <div className={styles['loading']} aria-busy aria-label="Reading the work item">
    {[28, 76, 76, 36, 112, 96].map((height, index) => (
      <span key={index} style={{ height }} />
    ))}
  </div>
);

/** The page of the dialog: the form, or why there is none. */
export function Page() {
  const [answer, setAnswer] = useState<HandOverFormAnswer>();

  const read = useCallback(async (): Promise<void> => setAnswer(await call('work.handOverForm', {})), []);
  useEffect(() => void read(), [read]);

  const formless = answer?.state !== 'ok';
  useEffect(() => {
    if (!formless) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [formless]);

  if (answer?.state === 'ok') return <Dialog form={answer} onClose={close} onReadAgain={read} />;
  return (
    <main className={styles['page']} aria-label="Hand over">
      {!answer && <Loading />}
      {answer?.state === 'notNow' && (
        <>
          <h1>Nothing to hand over now</h1>
          <p>{answer.text}</p>
        </>
      )}
      {answer && isTrouble(answer) && <TroubleView trouble={answer} subject="The work item" retry={() => void read()} />}
      {answer && (
        <div className={styles['close']}>
          <Button onClick={() => close()}>Close</Button>
        </div>
      )}
    </main>
  );
}
