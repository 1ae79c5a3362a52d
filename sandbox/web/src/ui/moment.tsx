import { useEffect, useState } from 'react';
import { ago, exact } from './time';
import styles from './ui.module.css';

const LOOK_MS = 30_000;

/** When something happened: in words that keep up with the clock, with the exact moment on hover. */
export function Moment({ at }: { at: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <time className={styles['moment']} dateTime={at} title={exact(at)}>
      {ago(at, now)}
    </time>
  );
}
