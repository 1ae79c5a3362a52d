/** What stands in a dialog while there is no form: it is being read, or why there is none. */
import Button from '@atlaskit/button/new';
import { useEffect } from 'react';
import type { Trouble } from '../../src/contract';
import { close } from './close';
import styles from './dialog-page.module.css';
import { TroubleView } from './trouble';

const Loading = () => (
  <div className={styles['loading']} aria-busy aria-label="Reading the work item">
    {[28, 76, 76, 36, 112, 96].map((height, index) => (
      <span key={index} style={{ height }} />
    ))}
  </div>
);

interface FormlessProps {
  label: string;
  /** Nothing to do here now, and why. */
  notNow?: { title: string; text: string } | undefined;
  trouble?: Trouble | undefined;
  retry: () => void;
}

export function Formless({ label, notNow, trouble, retry }: FormlessProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <main className={styles['page']} aria-label={label}>
      {!notNow && !trouble && <Loading />}
      {notNow && (
        <>
          <h1>{notNow.title}</h1>
          <p>{notNow.text}</p>
        </>
      )}
      {trouble && <TroubleView trouble={trouble} subject="The work item" retry={retry} />}
      {(notNow ?? trouble) && (
        <div className={styles['close']}>
          <Button onClick={() => close()}>Close</Button>
        </div>
      )}
    </main>
  );
}
