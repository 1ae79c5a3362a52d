/** A file on its way in: taken in portions, looked at, written. Who stops half-way goes on with the same run; nothing is written before all of it is well. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportAnswer, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { report } from '../../../shared/report';
import { call } from '../call';
import { type Portion, portionsOf, type Read, readFile, Unreadable } from './file';

export type WrongRow = Extract<ImportAnswer, { state: 'wrong' }>['wrong'][number];
export interface Outcome {
  added: number;
  changed: number;
  same: number;
}

type Step = 'take' | 'check' | 'write';

/** What is under way on the site, remembered in this browser. */
interface Run {
  run: string;
  name: string;
  /** Of the file: another of the same name is another. */
  of: string;
  step: Step;
}

interface State {
  run?: Run;
  /** The file, while it is in hand. */
  file?: { read: Read; portions: Portion[] };
  unreadable?: string;
  /** Portions that were taken, rows that were looked at or written. */
  progress?: { step: Step; done: number; of: number };
  wrong?: { rows: WrongRow[]; inAll: number };
  checked?: Outcome;
  done?: Outcome;
  trouble?: Trouble;
  busy: boolean;
}

const KEY = 'usm.agreements.import';
const STEPS: readonly string[] = ['take', 'check', 'write'];

function remembered(): Run | undefined {
  try {
    const raw: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? 'null');
    if (typeof raw !== 'object' || raw === null) return undefined;
    const { run, name, of, step } = raw as Partial<Record<keyof Run, unknown>>;
    return typeof run === 'string' && typeof name === 'string' && typeof of === 'string' && typeof step === 'string' && STEPS.includes(step)
      ? { run, name, of, step: step as Step }
      : undefined;
  } catch {
    return undefined;
  }
}

function remember(run: Run | undefined): void {
  try {
    if (run) window.localStorage.setItem(KEY, JSON.stringify(run));
    else window.localStorage.removeItem(KEY);
  } catch (error) {
    report('No memory', error);
  }
}

export function useImport() {
  const [state, setState] = useState<State>(() => {
    const run = remembered();
    return { ...(run && { run }), busy: false };
  });
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const put = (part: Partial<State>): void => {
    if (alive.current) setState((before) => ({ ...before, ...part }));
  };
  const at = useCallback((run: Run): void => {
    remember(run);
    setState((before) => ({ ...before, run }));
  }, []);

  /** Asks until it is through. */
  const until = async (run: Run, step: 'check' | 'write'): Promise<void> => {
    at({ ...run, step });
    put({ busy: true, trouble: undefined });
    for (;;) {
      const answer = await call('agreements.import', { step, run: run.run });
      if (!alive.current) return;
      if (isTrouble(answer)) return put({ busy: false, trouble: answer });
      if (answer.state === 'running') put({ progress: { step: answer.step, done: answer.done, of: answer.of } });
      else if (answer.state === 'wrong') {
        remember(undefined);
        return put({ busy: false, progress: undefined, run: undefined, wrong: { rows: answer.wrong, inAll: answer.inAll } });
      } else if (answer.state === 'checked') return put({ busy: false, progress: undefined, checked: answer });
      else if (answer.state === 'done') {
        remember(undefined);
        return put({ busy: false, progress: undefined, run: undefined, checked: undefined, done: answer });
      } else return put({ busy: false });
    }
  };

  const take = async (run: Run, portions: readonly Portion[], from: number): Promise<void> => {
    put({ busy: true, trouble: undefined });
    for (let index = from; index < portions.length; index += 1) {
      put({ progress: { step: 'take', done: index, of: portions.length } });
      const portion = portions[index];
      if (!portion) break;
      const answer = await call('agreements.import', { step: 'take', run: run.run, ...portion });
      if (!alive.current) return;
      if (isTrouble(answer)) return put({ busy: false, trouble: answer });
    }
    await until(run, 'check');
  };

  return {
    ...state,
    choose: async (file: File): Promise<void> => {
      try {
        const read = readFile(new Uint8Array(await file.arrayBuffer()));
        const of = `${file.name} ${String(file.size)} ${String(file.lastModified)}`;
        // Chosen again after a stop: what was taken already is taken once more, which changes nothing.
        const before = state.run?.step === 'take' && state.run.of === of ? state.run : undefined;
        const run: Run = before ?? { run: crypto.randomUUID(), name: file.name, of, step: 'take' };
        at(run);
        put({
          file: { read, portions: portionsOf(read.rows) },
          unreadable: undefined,
          progress: undefined,
          wrong: undefined,
          checked: undefined,
          done: undefined,
          trouble: undefined,
        });
      } catch (error) {
        if (!(error instanceof Unreadable)) report('The file could not be read', error);
        put({ unreadable: error instanceof Unreadable ? error.message : 'The browser could not read it. Choose it again.' });
      }
    },
    check: (): void => {
      if (state.run && state.file) void take(state.run, state.file.portions, state.progress?.step === 'take' ? state.progress.done : 0);
    },
    write: (): void => {
      if (state.run) void until(state.run, 'write');
    },
    /** Where it stopped: a step that needs no file. */
    goOn: (): void => {
      if (!state.run) return;
      if (state.run.step === 'take') {
        if (state.file) void take(state.run, state.file.portions, state.progress?.done ?? 0);
      } else void until(state.run, state.run.step);
    },
    giveUp: (): void => {
      remember(undefined);
      setState({ busy: false });
    },
  };
}
