/** The setup page's state: a form, a plan, or the run of a plan. The browser drives the run step by step; closing the page pauses it. */
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { z } from 'zod';
import { setupTarget, type SetupPlan, type SetupProgress, type SetupTarget, type Trouble } from '../../src/contract';
import { call, isTrouble } from '../shared/call';

export interface Run {
  target: SetupTarget;
  hash: string;
}

/** Why the form is shown again. */
export interface Notice {
  title: string;
  text: string;
}

export type Screen =
  | { name: 'loading' }
  | { name: 'form'; target?: SetupTarget; planning: boolean; notice?: Notice }
  | { name: 'plan'; plan: SetupPlan }
  | { name: 'run'; run: Run; progress: SetupProgress; driving: boolean; pausing: boolean; done: string[] }
  | { name: 'trouble'; trouble: Trouble; back: Screen };

type Event = { is: 'show'; screen: Screen } | { is: 'progress'; progress: SetupProgress } | { is: 'drive' } | { is: 'pause' } | { is: 'paused' };

/** The run this page drives, so that a reload goes on by itself; anybody else is asked first. */
const DRIVING_KEY = 'usm.setup.driving';
const storedRun = z.object({ target: setupTarget, hash: z.string() });

function drivenRun(): Run | undefined {
  try {
    return storedRun.parse(JSON.parse(sessionStorage.getItem(DRIVING_KEY) ?? 'null'));
  } catch {
    // Nothing stored, or by an older page: then the person is asked.
    return undefined;
  }
}

const UNFINISHED = 'Setup of a space has begun and is not finished. Name the space again: what exists already is used, and only the rest is made.';

const finished = (progress: SetupProgress): boolean => progress.phase === 'done' || progress.phase === 'failed';

function reduce(screen: Screen, event: Event): Screen {
  if (event.is === 'show') return event.screen;
  if (screen.name !== 'run') return screen;
  switch (event.is) {
    case 'drive':
      return { ...screen, driving: true, pausing: false };
    case 'pause':
      return { ...screen, pausing: true };
    case 'paused':
      return { ...screen, driving: false, pausing: false };
    case 'progress': {
      const { progress } = event;
      // An answer names the step that is next, so the one just done is what the answer before has named.
      const stepped = progress.step > screen.progress.step ? screen.progress.current : undefined;
      return {
        ...screen,
        progress,
        driving: screen.driving && !finished(progress),
        done: stepped === undefined ? screen.done : [...screen.done, stepped],
      };
    }
  }
}

/** Where the page begins, by what has been done before. */
function firstScreen(progress: SetupProgress): Screen {
  const { phase, hash, project } = progress;
  if (phase === 'none' || hash === undefined) return { name: 'form', planning: false };
  const driven = drivenRun();
  const mine = driven?.hash === hash ? driven : undefined;
  const target = mine?.target ?? (project && { projectKey: project.key, projectName: project.name });
  if (!target) return { name: 'form', planning: false, notice: { title: 'Setup is not finished', text: UNFINISHED } };
  return { name: 'run', run: { target, hash }, progress, driving: phase === 'running' && mine !== undefined, pausing: false, done: [] };
}

export function useSetup() {
  const [screen, dispatch] = useReducer(reduce, { name: 'loading' });
  const stop = useRef(false);
  const show = useCallback((next: Screen) => dispatch({ is: 'show', screen: next }), []);

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('setup.status', {});
    show(isTrouble(answer) ? { name: 'trouble', trouble: answer, back: { name: 'loading' } } : firstScreen(answer));
  }, [show]);
  useEffect(() => void read(), [read]);

  const makePlan = async (target: SetupTarget): Promise<void> => {
    show({ name: 'form', target, planning: true });
    const answer = await call('setup.plan', target);
    show(isTrouble(answer) ? { name: 'trouble', trouble: answer, back: { name: 'form', target, planning: false } } : { name: 'plan', plan: answer });
  };

  const apply = (plan: SetupPlan): void => {
    const progress: SetupProgress = { state: 'ok', phase: 'running', hash: plan.hash, step: 0, of: 0, writes: 0 };
    show({ name: 'run', run: { target: plan.target, hash: plan.hash }, progress, driving: true, pausing: false, done: [] });
  };

  const driving = screen.name === 'run' && screen.driving;
  const run = screen.name === 'run' ? screen.run : undefined;
  useEffect(() => {
    if (!driving || !run) return undefined;
    // One loop at a time: the next effect (or leaving the page) ends this one after its step.
    let mine = true;
    stop.current = false;
    sessionStorage.setItem(DRIVING_KEY, JSON.stringify(run));
    const drive = async (): Promise<void> => {
      // A loop that is given up before its first step, as in React's strict mode, must not take one.
      await Promise.resolve();
      while (mine) {
        const answer = await call('setup.step', { target: run.target, hash: run.hash });
        if (!mine) return;
        if (answer.state === 'changed')
          return show({
            name: 'form',
            target: run.target,
            planning: false,
            notice: { title: 'The site has changed since the plan was made', text: answer.text },
          });
        if (isTrouble(answer)) return show({ name: 'trouble', trouble: answer, back: { name: 'loading' } });
        dispatch({ is: 'progress', progress: answer });
        if (finished(answer)) return sessionStorage.removeItem(DRIVING_KEY);
        if (stop.current) {
          sessionStorage.removeItem(DRIVING_KEY);
          return dispatch({ is: 'paused' });
        }
      }
    };
    void drive();
    return () => {
      mine = false;
    };
  }, [driving, run, show]);

  const pause = (): void => {
    stop.current = true;
    dispatch({ is: 'pause' });
  };

  /** After trouble: back to where it happened, or reading again how far it has come. */
  const goBack = (back: Screen): void => {
    show(back);
    if (back.name === 'loading') void read();
  };

  return { screen, show, makePlan, apply, pause, resume: () => dispatch({ is: 'drive' }), goBack };
}
