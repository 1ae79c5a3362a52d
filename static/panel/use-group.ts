/** Grouping, ungrouping and bringing along, from the panel. */
import { useState } from 'react';
import type { GroupCandidates, ProcessAnswer, ProcessPanel } from '../../src/contract';
import { groupCalls } from '../../src/contract/groups';
import { caller, isTrouble } from '../shared/call';

const call = caller(groupCalls);

type Act = 'group' | 'ungroup' | 'bring';

interface State {
  choosing: boolean;
  candidates?: GroupCandidates['candidates'];
  busy?: Act;
  problem?: string;
}

/** One call takes as many along as time allows; so many calls are more than any group needs. */
const CALLS_AT_MOST = 60;

const problemOf = (answer: Exclude<ProcessAnswer, ProcessPanel>): string =>
  'text' in answer ? answer.text : 'This work item does not work with USM any more.';

export function useGroup(onPanel: (panel: ProcessPanel) => void) {
  const [state, setState] = useState<State>({ choosing: false });

  async function act(busy: Act, ask: () => Promise<ProcessAnswer>): Promise<void> {
    if (state.busy) return;
    setState({ choosing: state.choosing, ...(state.candidates && { candidates: state.candidates }), busy });
    for (let calls = 1; ; calls += 1) {
      const answer = await ask();
      if (isTrouble(answer))
        return setState(({ choosing, candidates }) => ({ choosing, ...(candidates && { candidates }), problem: problemOf(answer) }));
      onPanel(answer);
      if (busy !== 'bring' || calls >= CALLS_AT_MOST || !answer.group?.members.some((one) => one.state === 'going')) break;
    }
    setState({ choosing: false });
  }

  const open = (): void => {
    setState({ choosing: true });
    void call('work.groupCandidates', {}).then((answer) => {
      // Without them a key can still be typed.
      if (!isTrouble(answer)) setState((before) => ({ ...before, candidates: answer.candidates }));
    });
  };

  return {
    ...state,
    open,
    close: () => setState({ choosing: false }),
    group: (main: string) => void act('group', () => call('work.group', { main })),
    ungroup: () => void act('ungroup', () => call('work.ungroup', {})),
    bring: (message: string) => void act('bring', () => call('work.bringAlong', { message })),
  };
}

export type GroupActs = ReturnType<typeof useGroup>;
