/** The present moment for what is drawn. */
import { useEffect, useState } from 'react';
import { MINUTE } from './time';

/** Ticks as each minute begins, so that whatever is told or chosen to the minute is right. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setTimeout(() => setNow(Date.now()), MINUTE - (Date.now() % MINUTE));
    return () => window.clearTimeout(timer);
  }, [now]);
  return now;
}
