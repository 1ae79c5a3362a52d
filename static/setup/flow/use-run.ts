/** The run of a plan. Its state lives on the server; the page drives it step by step, and closing the page pauses it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlanChanged, SetupProgress, SetupTarget, Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { call } from './call';
import { isUnfinished } from './run';

/** What this page is doing. A new object begins a new loop. */
type Drive = { doing: 'apply'; target: SetupTarget; hash: string; skip: boolean } | { doing: 'undo'; hash: string };

export interface Run {
  progress?: SetupProgress;
  trouble?: Trouble;
  driving?: Drive['doing'];
  /** What happens after the step that is under way. */
  stopping?: 'pause' | 'undo';
  changed?: { target: SetupTarget; answer: PlanChanged };
}

/** The run this page drives, so that a reload goes on by itself; anybody else is asked first. */
const DRIVING_KEY = 'usm.setup.driving';
const marker = ({ doing, hash }: Drive): string => `${doing} ${hash}`;

/** Somebody else is at work: how often the page looks. */
const LOOK_EVERY = 2_000;
const BUSY_FOR = 1_000;

const wait = (ms: number): Promise<void> => new Promise((done) => window.setTimeout(done, ms));

function resumed(progress: SetupProgress): Drive | undefined {
  const { hash, target, phase } = progress;
  if (hash === undefined || target === undefined) return undefined;
  const drive: Drive | undefined =
    phase === 'running' ? { doing: 'apply', target, hash, skip: false } : phase === 'undoing' ? { doing: 'undo', hash } : undefined;
  return drive && sessionStorage.getItem(DRIVING_KEY) === marker(drive) ? drive : undefined;
}

export function useRun() {
  const [run, setRun] = useState<Run>({});
  const [drive, setDrive] = useState<Drive>();
  const stopping = useRef<Run['stopping']>(undefined);

  const begin = useCallback((next: Drive): void => {
    stopping.current = undefined;
    sessionStorage.setItem(DRIVING_KEY, marker(next));
    setRun(({ progress }) => ({ progress, driving: next.doing }));
    setDrive(next);
  }, []);

  const end = useCallback((last: Run): void => {
    sessionStorage.removeItem(DRIVING_KEY);
    setRun((before) => ({ progress: before.progress, ...last }));
    setDrive(undefined);
  }, []);

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('setup.status', {});
    if (isTrouble(answer)) return setRun(({ progress }) => ({ progress, trouble: answer }));
    setRun({ progress: answer });
    const mine = resumed(answer);
    if (mine) begin(mine);
  }, [begin]);
  useEffect(() => void read(), [read]);

  useEffect(() => {
    if (!drive) return undefined;
    // One loop at a time: the next effect (or leaving the page) ends this one after its step.
    let mine = true;
    let skip = drive.doing === 'apply' && drive.skip;
    const loop = async (): Promise<void> => {
      // A loop that is given up before its first step, as in React's strict mode, must not take one.
      await Promise.resolve();
      while (mine) {
        const answer =
          drive.doing === 'apply'
            ? await call('setup.step', { target: drive.target, hash: drive.hash, skip })
            : await call('setup.undo', { hash: drive.hash });
        skip = false;
        if (!mine) return;
        if (isTrouble(answer)) return end({ trouble: answer });
        if (answer.state === 'changed') return end(drive.doing === 'apply' ? { changed: { target: drive.target, answer } } : {});
        if (answer.phase !== (drive.doing === 'apply' ? 'running' : 'undoing')) return end({ progress: answer });
        if (stopping.current === 'undo') {
          setRun({ progress: answer });
          return begin({ doing: 'undo', hash: drive.hash });
        }
        if (stopping.current === 'pause') return end({ progress: answer });
        setRun((before) => ({ ...before, progress: answer }));
        if (answer.busy) await wait(BUSY_FOR);
      }
    };
    void loop();
    return () => {
      mine = false;
    };
  }, [drive, begin, end]);

  // Somebody else's run: how far it has come.
  const { progress, trouble } = run;
  const watching = drive === undefined && trouble === undefined && progress !== undefined && isUnfinished(progress);
  useEffect(() => {
    if (!watching) return undefined;
    const timer = window.setInterval(() => {
      if (document.hidden) return;
      void call('setup.status', {}).then((answer) => setRun((before) => (isTrouble(answer) || before.driving ? before : { progress: answer })));
    }, LOOK_EVERY);
    return () => window.clearInterval(timer);
  }, [watching]);

  const stop = (how: 'pause' | 'undo'): void => {
    if (drive?.doing === 'apply') {
      stopping.current = how;
      setRun((before) => ({ ...before, stopping: how }));
    } else if (how === 'undo' && progress?.hash !== undefined) begin({ doing: 'undo', hash: progress.hash });
    else if (how === 'pause') {
      stopping.current = how;
      setRun((before) => ({ ...before, stopping: how }));
    }
  };

  /** Goes on with what was left, whoever began it. */
  const resume = (skip = false): void => {
    const { target, hash, phase } = progress ?? {};
    if (hash === undefined) return;
    if (phase === 'undoing' || phase === 'undoFailed') begin({ doing: 'undo', hash });
    else if (target) begin({ doing: 'apply', target, hash, skip });
  };

  const apply = (target: SetupTarget, hash: string): void => {
    setRun({});
    begin({ doing: 'apply', target, hash, skip: false });
  };

  const forgetChange = useCallback(() => setRun(({ changed: _, ...rest }) => rest), []);
  return { ...run, read, apply, resume, stop, forgetChange };
}
