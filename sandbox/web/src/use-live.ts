import { useCallback, useEffect, useRef, useState } from 'react';

export interface Live<T> {
  data: T | undefined;
  error: Error | undefined;
  /** Asks again and keeps what is shown until the answer is there. */
  reload: () => Promise<void>;
}

const CHANGED = 'site:changed';

/** Tells everything watched on the page that it may have changed. */
export const announceChange = (): void => void window.dispatchEvent(new Event(CHANGED));

interface Options {
  /** Asks again this often while the page is looked at. */
  everyMs?: number;
  /** Asks again when this changes, keeping what is shown. */
  revision?: string;
}

/**
 * Data of the site that may change behind the page's back. `key` says whose data it is: another key starts empty.
 * An answer equal to the last one changes nothing, so nothing is drawn anew.
 */
export function useLive<T>(key: string, load: () => Promise<T>, { everyMs, revision }: Options = {}): Live<T> {
  const [state, setState] = useState<{ key: string; text?: string; data?: T; error?: Error }>({ key });
  const loader = useRef(load);
  const asked = useRef(0);

  useEffect(() => {
    loader.current = load;
  });

  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const data = await loader.current();
      if (turn !== asked.current) return;
      const text = JSON.stringify(data);
      setState((last) => (last.key === key && last.text === text && !last.error ? last : { key, text, data }));
    } catch (error) {
      if (turn !== asked.current) return;
      const failure = error instanceof Error ? error : new Error(String(error));
      setState((last) => ({ ...(last.key === key ? last : {}), key, error: failure }));
    }
  }, [key]);

  useEffect(() => {
    void reload();
  }, [reload, revision]);

  useEffect(() => {
    if (!everyMs) return undefined;
    const look = (): void => {
      if (document.visibilityState === 'visible') void reload();
    };
    const timer = setInterval(look, everyMs);
    window.addEventListener(CHANGED, look);
    return () => {
      clearInterval(timer);
      window.removeEventListener(CHANGED, look);
    };
  }, [reload, everyMs]);

  const current = state.key === key;
  return { data: current ? state.data : undefined, error: current ? state.error : undefined, reload };
}
