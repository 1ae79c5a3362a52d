import { view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeedForm, DeedFormAnswer } from '../../src/contract';
import { type Deed, deed } from '../../src/contract/deeds';
import { isTrouble } from '../shared/call';
import { Formless } from '../shared/dialog-page';
import { report } from '../shared/report';
import { call } from './call';
import { Confirm } from './confirm';
import { Evaluate } from './evaluate';
import { FollowUpDialog } from './follow-up';
import { Reclassify } from './reclassify';
import { Step } from './step';

/** What the panel asked for; the host hands it on. */
async function askedDeed(): Promise<Deed | undefined> {
  const { extension } = await view.getContext();
  return deed.safeParse((extension as Record<string, unknown>)['modal']).data;
}

/** Each deed has its own face; a step without one asks its fields. */
function Face({ asked, form, onReadAgain }: { asked: Deed; form: DeedForm; onReadAgain: () => void }) {
  if (asked.deed === 'followUp') return <FollowUpDialog form={form} />;
  if (form.confirmation) return <Confirm form={form} confirmation={form.confirmation} onReadAgain={onReadAgain} />;
  if (form.evaluation) return <Evaluate form={form} evaluation={form.evaluation} onReadAgain={onReadAgain} />;
  if (form.triage) return <Reclassify form={form} triage={form.triage} onReadAgain={onReadAgain} />;
  return <Step form={form} onReadAgain={onReadAgain} />;
}

export function Page() {
  const asked = useRef<Deed>();
  const [answer, setAnswer] = useState<DeedFormAnswer>();

  const read = useCallback(async (): Promise<void> => {
    asked.current ??= await askedDeed();
    setAnswer(
      asked.current
        ? await call('deeds.form', asked.current)
        : { state: 'notNow', text: 'This dialog was opened without saying what for. Close it and open it again from USM process.' },
    );
  }, []);
  useEffect(() => {
    read().catch((error: unknown) => report('The dialog could not be read', error));
  }, [read]);
  const onReadAgain = (): void => void read();

  if (answer?.state === 'ok' && asked.current) return <Face asked={asked.current} form={answer} onReadAgain={onReadAgain} />;
  return (
    <Formless
      label="Work item"
      notNow={answer?.state === 'notNow' ? { title: 'Nothing to do here now', text: answer.text } : undefined}
      trouble={answer && isTrouble(answer) ? answer : undefined}
      retry={onReadAgain}
    />
  );
}
