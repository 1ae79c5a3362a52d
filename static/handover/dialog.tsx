import Button from '@atlaskit/button/new';
import { useEffect, useState } from 'react';
import type { HandOverForm } from '../../src/contract';
import type { Close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { Icon } from '../shared/icons';
import { RefusalMessage } from '../shared/refusal';
import { Unmet } from '../shared/unmet';
import { AskBlock } from './ask-block';
import { consequence, firstProblem, isTyped, mayAddAnother } from './draft';
import { GoesAlong } from './goes-along';
import { focusField, useHandOver } from './use-hand-over';

interface HandOverDialogProps {
  form: HandOverForm;
  onClose: Close;
  onReadAgain: () => Promise<void>;
}

/** Asks so that nobody has to ask back: route, what and by when, what goes along, consequence. */
export function HandOverDialog({ form, onClose, onReadAgain }: HandOverDialogProps) {
  const state = useHandOver(form, onClose, onReadAgain);
  const { drafts, now, sending, refusal } = state;
  const [firstGap] = useState(() => firstProblem(drafts, now));

  // The first empty required field; "What is asked" where all else is known. Only when the form is first shown: later the focus belongs to the person.
  useEffect(() => {
    if (firstGap) focusField(firstGap.id, firstGap.field);
  }, [firstGap]);

  const addAnother = (): void => {
    const draft = state.add();
    // It is on the page with the next frame.
    requestAnimationFrame(() => focusField(draft.id, firstProblem([draft], Date.now())?.field ?? 'what'));
  };

  return (
    <Dialog
      title={`Hand over ${form.key}`}
      text={`${form.summary}. From ${form.fromVerb}, by ${form.me.name}.`}
      leave="Leave without handing over"
      typed={isTyped(drafts)}
      sending={sending}
      primary="Hand over"
      consequence={consequence(form, drafts)}
      onSend={() => void state.send()}
      onClose={() => onClose()}
    >
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={() => void state.readAgain()} />}
      <Unmet step={form.transitionName ?? 'This step'} rules={form.unmet} />
      {drafts.map((draft, index) => (
        <AskBlock
          key={draft.id}
          form={form}
          drafts={drafts}
          draft={draft}
          place={index}
          problems={state.problems(draft)}
          onChange={(part) => state.change(draft.id, part)}
          onRemove={() => state.remove(draft.id)}
        />
      ))}
      {mayAddAnother(form, drafts, now) && (
        <div>
          <Button appearance="subtle" iconBefore={() => <Icon name="plus" />} onClick={addAnother}>
            Add {drafts.length === 1 ? 'a second' : 'another'} hand-over
          </Button>
        </div>
      )}
      <GoesAlong form={form} drafts={drafts} />
    </Dialog>
  );
}
