/** It is not right yet: what has to be different, and where it goes back to. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Confirmation, DeedField, DeedForm } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { RefusalMessage } from '../shared/refusal';
import { Cards } from './cards';
import { valuesOf } from './draft';
import { Fields, useFirstFocus } from './fields';
import { useDeed } from './use-deed';

const DIFFERENCE: DeedField[] = [
  {
    key: 'difference',
    name: 'What has to be different',
    help: 'Sent back without a word, it comes back the same.',
    kind: 'paragraph',
    required: true,
  },
];

interface ReworkProps {
  form: DeedForm;
  confirmation: Confirmation;
  onReadAgain: () => void;
  onBack: () => void;
}

export function Rework({ form, confirmation: { rework }, onReadAgain, onBack }: ReworkProps) {
  const state = useDeed(DIFFERENCE);
  const [chosen, setChosen] = useState(rework[0]?.transition ?? '');
  useFirstFocus(DIFFERENCE);
  const target = rework.find((one) => one.transition === chosen);
  const onSend = (): void =>
    void state.send({
      request: { transition: chosen, values: valuesOf(DIFFERENCE, state.inputs) },
      told: `${form.key} is back in ${target?.toName ?? 'work'}.`,
      nothing: 'It was not sent back',
    });
  return (
    <Dialog
      title={`Not right yet: ${form.key}`}
      text={form.summary}
      leave="Leave without sending back"
      typed={state.typed}
      sending={state.sending}
      primary="Send back"
      consequence={`${form.key} goes back to ${target?.toName ?? 'work'}, and whoever works on it reads this.`}
      aside={
        <Button appearance="subtle" onClick={onBack}>
          Back
        </Button>
      }
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={onReadAgain} />}
      {rework.length > 1 && (
        <Cards
          id="rework-target"
          question="Where does it go back to?"
          cards={rework.map(({ transition, toName }) => ({ value: transition, name: toName }))}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      <Fields state={state} fields={DIFFERENCE} />
    </Dialog>
  );
}
