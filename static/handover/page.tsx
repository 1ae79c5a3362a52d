import { useCallback, useEffect, useState } from 'react';
import type { HandOverFormAnswer } from '../../src/contract';
import { isTrouble } from '../shared/call';
import { close } from '../shared/close';
import { Formless } from '../shared/dialog-page';
import { call } from '../shared/work-call';
import { HandOverDialog } from './dialog';

/** The page of the dialog: the form, or why there is none. */
export function Page() {
  const [answer, setAnswer] = useState<HandOverFormAnswer>();

  const read = useCallback(async (): Promise<void> => setAnswer(await call('work.handOverForm', {})), []);
  useEffect(() => void read(), [read]);

  if (answer?.state === 'ok') return <HandOverDialog form={answer} onClose={close} onReadAgain={read} />;
  return (
    <Formless
      label="Hand over"
      notNow={answer?.state === 'notNow' ? { title: 'Nothing to hand over now', text: answer.text } : undefined}
      trouble={answer && isTrouble(answer) ? answer : undefined}
      retry={() => void read()}
    />
  );
}
