/** What could be moved, the preview, and the run, which lives on the server and is driven by the page. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MoveOffer, MovePreview, MoveProgress, MoveTarget, Trouble } from '../../../src/contract';
import { existingWorkCalls } from '../../../src/contract/existing-work';
import { caller, isTrouble } from '../../shared/call';

const call = caller(existingWorkCalls);

/** Jira works on a batch by itself: how often the page looks. */
const LOOK_EVERY = 1_000;

const wait = (ms: number): Promise<void> => new Promise((done) => window.setTimeout(done, ms));

interface Order {
  target: MoveTarget;
  hash: string;
}

interface State {
  offer?: MoveOffer;
  preview?: MovePreview;
  progress?: MoveProgress;
  trouble?: Trouble;
  /** The site has changed since the preview: why. */
  changed?: string;
  busy?: 'offer' | 'preview';
}

export function useExisting() {
  const [state, setState] = useState<State>({});
  const [order, setOrder] = useState<Order>();
  const stopping = useRef(false);
  const [pausing, setPausing] = useState(false);

  const offer = useCallback(async (from?: string): Promise<void> => {
    setState(({ offer: known, progress }) => ({ offer: known, progress, busy: 'offer' }));
    const answer = await call('existing.offer', { from });
    setState(({ offer: known, progress }) => (isTrouble(answer) ? { offer: known, progress, trouble: answer } : { offer: answer, progress }));
  }, []);

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('existing.status', {});
    if (isTrouble(answer)) return setState({ trouble: answer });
    setState({ progress: answer });
    if (answer.phase === 'none' || answer.phase === 'done') await offer();
  }, [offer]);
  useEffect(() => void read(), [read]);

  const preview = async (target: MoveTarget): Promise<void> => {
    setState((before) => ({ ...before, trouble: undefined, busy: 'preview' }));
    const answer = await call('existing.preview', target);
    setState(({ offer: known, progress, changed }) => ({
      offer: known,
      progress,
      changed,
      ...(isTrouble(answer) ? { trouble: answer } : { preview: answer }),
    }));
  };

  const drive = (next: Order): void => {
    stopping.current = false;
    setPausing(false);
    setState(({ offer: known, progress }) => ({
      offer: known,
      // A new run begins at nothing; one that is taken up again goes on where it was.
      progress: progress?.hash === next.hash ? progress : { state: 'ok', phase: 'running', moved: 0, total: 0, failures: [] },
    }));
    setOrder(next);
  };

  useEffect(() => {
    if (!order) return undefined;
    let mine = true;
    const end = (part: State): void => {
      setOrder(undefined);
      setPausing(false);
      setState((before) => ({ ...before, ...part }));
    };
    const loop = async (): Promise<void> => {
      // A loop that is given up before its first step, as in React's strict mode, must not take one.
      await Promise.resolve();
      while (mine) {
        const answer = await call('existing.step', order);
        if (!mine) return;
        if (isTrouble(answer)) return end({ trouble: answer });
        if (answer.state === 'changed') return end({ changed: answer.text, progress: undefined });
        setState((before) => ({ ...before, progress: answer }));
        if (answer.phase !== 'running' || stopping.current) return end({});
        await wait(LOOK_EVERY);
      }
    };
    void loop();
    return () => {
      mine = false;
    };
  }, [order]);

  return {
    ...state,
    driving: order !== undefined,
    pausing,
    offerFrom: (from?: string) => void offer(from),
    read: () => void read(),
    look: (target: MoveTarget) => void preview(target),
    dropPreview: () => setState(({ preview: _, changed: __, ...before }) => before),
    start: (shown: MovePreview) => drive({ target: shown.target, hash: shown.hash }),
    resume: () => {
      const { target, hash } = state.progress ?? {};
      if (target && hash !== undefined) drive({ target, hash });
    },
    pause: () => {
      stopping.current = true;
      setPausing(true);
    },
    another: () => {
      setState(({ offer: known }) => ({ offer: known }));
      void offer();
    },
  };
}
