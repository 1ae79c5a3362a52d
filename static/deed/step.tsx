/** A step that asks something, or facts alone: fields as Jira has them. */
import type { DeedForm } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { RefusalMessage } from '../shared/refusal';
import { Unmet } from '../shared/unmet';
import { valuesOf } from './draft';
import { Fields, useFirstFocus } from './fields';
import { useDeed } from './use-deed';

export function Step({ form, onReadAgain }: { form: DeedForm; onReadAgain: () => void }) {
  const { key, summary, step, fields, button, unmet } = form;
  const state = useDeed(fields);
  useFirstFocus(fields);
  const onSend = (): void =>
    void state.send({
      request: { ...(step && { transition: step.transition }), values: valuesOf(fields, state.inputs) },
      told: step ? `${key} is now ${step.toName}.` : `Recorded on ${key}.`,
      nothing: step ? `${step.name} was refused` : 'Nothing was recorded',
    });
  return (
    <Dialog
      title={`${button}: ${key}`}
      text={summary}
      leave="Leave without recording"
      typed={state.typed}
      sending={state.sending}
      primary={button}
      consequence={step ? `${key} moves from ${form.statusName} to ${step.toName}.` : 'It stands on the work item, as if you had filled it in there.'}
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={onReadAgain} />}
      <Unmet step={step?.name ?? 'This step'} rules={unmet} />
      <Fields state={state} fields={fields} />
    </Dialog>
  );
}
