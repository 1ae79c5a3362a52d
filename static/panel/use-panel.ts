/** The panel's answer, kept fresh: after actions, when Jira tells of a change, and by a light poll while somebody looks. */
import { events, view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProcessPanel, Trouble } from '../../src/contract';
import { isTrouble } from '../shared/call';
import { report } from '../shared/report';
import { call } from '../shared/work-call';
import { news } from './view';

/** Jira tells neither of one's own steps nor of refusals, so somebody at work is served soon, and a page left open costs little. */
const POLL_EVERY = 15_000;
const POLL_AT_WORK = 4_000;
const AT_WORK = 120_000;

export interface PanelState {
  /** The last good answer; stays on screen while a later reading fails. */
  panel?: ProcessPanel;
  trouble?: Trouble;
  /** Told by the live region. */
  told: string;
}

/** A fault may pass, so the last good answer stays; the other troubles say that it is no longer to be shown. */
function reduce(state: PanelState, answer: ProcessPanel | Trouble): PanelState {
  if (!isTrouble(answer)) return { panel: answer, told: news(state.panel, answer) || state.told };
  return { ...(answer.state === 'error' && state.panel && { panel: state.panel }), trouble: answer, told: state.told };
}

export function usePanel() {
  const [state, setState] = useState<PanelState>({ told: '' });
  const [retrying, setRetrying] = useState(false);
  const reading = useRef(false);
  /** Something happened while an answer was on its way: that answer may not know of it. */
  const again = useRef(false);
  /** What the last answer said, and since when it says so. */
  const last = useRef({ text: '', since: 0 });

  const ask = useCallback(async (name: 'work.process' | 'work.retry'): Promise<void> => {
    if (reading.current && name === 'work.process') {
      again.current = true;
      return;
    }
    reading.current = true;
    const answer = await call(name, {});
    reading.current = false;
    const text = JSON.stringify({ ...answer, asOf: 0 });
    if (text !== last.current.text) last.current = { text, since: Date.now() };
    setState((before) => reduce(before, answer));
    if (!again.current) return;
    again.current = false;
    await ask('work.process');
  }, []);

  const refresh = useCallback(() => ask('work.process'), [ask]);

  /** Jira shows changes of others by itself, not those the app makes for the person who looks. */
  const refreshJira = useCallback(() => {
    view.refresh().catch((error: unknown) => report('Jira did not refresh its view', error));
  }, []);

  const retry = useCallback(async (): Promise<void> => {
    setRetrying(true);
    await ask('work.retry');
    setRetrying(false);
    refreshJira();
  }, [ask, refreshJira]);

  /** The panel as it is after an answer was given. */
  const show = useCallback((panel: ProcessPanel) => setState((before) => reduce(before, panel)), []);

  const tell = useCallback((told: string) => setState((before) => ({ ...before, told })), []);

  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) void refresh();
    };
    let timer = 0;
    last.current.since = Date.now();
    const poll = (): void => {
      timer = window.setTimeout(poll, Date.now() - last.current.since < AT_WORK ? POLL_AT_WORK : POLL_EVERY);
      if (!reading.current) look();
    };
    poll();
    document.addEventListener('visibilitychange', look);
    const subscription = events.on('JIRA_ISSUE_CHANGED', look);
    subscription.catch((error: unknown) => report('No events of the work item', error));
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      void subscription.then((one) => one.unsubscribe()).catch(() => undefined);
    };
  }, [refresh]);

  return { ...state, retrying, refresh, refreshJira, retry, show, tell };
}
