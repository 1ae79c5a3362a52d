/** What a person does from the panel: a step at once, a dialog, handing over. The focus comes back to where it was. */
import { useRef, useState } from 'react';
import type { Deed, ProcessAnswer, RuleLine, Take } from '../../src/contract';
import { deedCalls } from '../../src/contract/deeds';
import { caller, isTrouble } from '../shared/call';
import { report } from '../shared/report';
import { openDeed, type Made } from './deed';
import { openHandOver } from './hand-over';

const call = caller(deedCalls);

interface Behind {
  show: (answer: ProcessAnswer) => void;
  refresh: () => Promise<void>;
  refreshJira: () => void;
  tell: (told: string) => void;
}

export interface Acts {
  onHandOver: () => void;
  onTake: (step: { transition: string; name: string; take?: Take | undefined }) => void;
  onAsk: (rule: RuleLine['rule'], ask: NonNullable<RuleLine['ask']>) => void;
  onFollowUp: () => void;
  /** The step that is under way. */
  busy: string | undefined;
}

export interface Told {
  /** A step taken at once that was refused, in the words of whoever refused it. */
  refused?: { name: string; text: string };
  /** What was just made. */
  made: readonly Made[];
}

export function useActs({ show, refresh, refreshJira, tell }: Behind): Acts & { told: Told } {
  const opener = useRef<Element | null>(null);
  const [busy, setBusy] = useState<string>();
  const [told, setTold] = useState<Told>({ made: [] });

  const open = (dialog: (back: () => void) => Promise<void>): void => {
    opener.current = document.activeElement;
    setTold({ made: [] });
    const back = (): void => {
      if (opener.current instanceof HTMLElement) opener.current.focus();
    };
    dialog(back).catch((error: unknown) => {
      report('The dialog did not open', error);
      tell('The dialog did not open. Reload the page and try again.');
    });
  };

  const changed = (panel?: ProcessAnswer): void => {
    refreshJira();
    if (panel) show(panel);
    else void refresh();
  };

  const onHandOver = (): void =>
    open((back) =>
      openHandOver((result) => {
        if (result) {
          tell(`Handed over: ${result.made.map((one) => `${one.typeName} ${one.key}`).join(', ')}.`);
          changed();
        }
        back();
      }),
    );

  const onDeed = (asked: Deed): void =>
    open((back) =>
      openDeed(asked, (done) => {
        if (done) {
          setTold({ made: done.made });
          tell(done.told);
          changed(done.panel);
        }
        back();
      }),
    );

  const takeNow = async (transition: string, name: string): Promise<void> => {
    setBusy(transition);
    setTold({ made: [] });
    const answer = await call('deeds.take', { transition });
    setBusy(undefined);
    if (answer.state === 'done') return changed(answer.panel);
    const text = isTrouble(answer) ? ('text' in answer ? answer.text : 'This work item does not work with USM any more.') : answer.text;
    setTold({ made: [], refused: { name, text } });
    await refresh();
  };

  return {
    told,
    busy,
    onHandOver,
    onTake({ transition, name, take }) {
      if (take === 'handOver') onHandOver();
      else if (take === 'dialog') onDeed({ deed: 'step', transition });
      else if (take === 'now' && busy === undefined) void takeNow(transition, name);
    },
    onAsk: (rule, { transition }) => onDeed(transition === undefined ? { deed: 'facts', rule } : { deed: 'step', transition }),
    onFollowUp: () => onDeed({ deed: 'followUp' }),
  };
}
