/** "We are", remembered in this browser for each person. An address that says what to show is shown as it was sent. */
import { view as host } from '@forge/bridge';
import { useCallback, useEffect, useRef } from 'react';
import { report } from '../../shared/report';

const keyFor = async (): Promise<string> => {
  const { accountId } = await host.getContext();
  return `usm.board.team.${accountId ?? 'nobody'}`;
};

/** A browser may keep nothing for pages in frames; then nothing is remembered. */
async function withMemory<T>(ask: (memory: Storage, key: string) => T): Promise<T | undefined> {
  try {
    return ask(window.localStorage, await keyFor());
  } catch (error) {
    report('No memory', error);
    return undefined;
  }
}

/** `search`: what the address says. Answers what keeps another choice. */
export function useOwnTeam(search: string, choose: (team: string) => void): (team: string) => void {
  const opened = useRef(search === '' ? choose : undefined);
  useEffect(() => {
    const begin = opened.current;
    if (!begin) return;
    void withMemory((memory, key) => memory.getItem(key)).then((team) => {
      if (opened.current === begin && team !== null && team !== undefined && team !== '') begin(team);
      opened.current = undefined;
    });
  }, []);
  return useCallback((team: string): void => {
    // Whoever was faster than the memory has chosen.
    opened.current = undefined;
    void withMemory((memory, key) => (team === '' ? memory.removeItem(key) : memory.setItem(key, team)));
  }, []);
}
