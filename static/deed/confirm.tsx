/** Confirmation: the promise again, who, how, when and what was said. Sending it back is as good an answer. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Confirmation, DeedField, DeedForm } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { Face } from '../shared/face';
import { Message } from '../shared/message';
import { RefusalMessage } from '../shared/refusal';
import { momentToTheMinute, span } from '../shared/time';
import { Unmet } from '../shared/unmet';
import { useNow } from '../shared/use-now';
import { Cards } from './cards';
import styles from './deed.module.css';
import { momentInput, momentOf, valuesOf } from './draft';
import { FieldInput } from './field-input';
import { Fields, useFirstFocus } from './fields';
import { Proof, useProof } from './proof';
import { Prevention, usePrevention } from './prevention';
import { Rework } from './rework';
import { fieldId, useDeed } from './use-deed';

interface ConfirmProps {
  form: DeedForm;
  confirmation: Confirmation;
  onReadAgain: () => void;
}

/** What each way of confirming means. On the portal it is confirmed there, by whoever asked. */
const HOW: Readonly<Record<string, string>> = {
  'By phone': 'You write down what was said.',
  'By mail': 'You copy the words that matter.',
  'In person': 'You write down what was said.',
  'From the agreement': 'Monitoring only, no person asked.',
};

const EVIDENCE: readonly string[] = ['confirmedHow', 'confirmedAt', 'confirmedWords', 'whyNoPrevention'];

const find = (fields: readonly DeedField[], key: DeedField['key']): DeedField | undefined => fields.find((one) => one.key === key);

export function Confirm(props: ConfirmProps) {
  const [back, setBack] = useState(false);
  return back ? <Rework {...props} onBack={() => setBack(false)} /> : <Confirming {...props} onBack={() => setBack(true)} />;
}

function Confirming({ form, confirmation, onReadAgain, onBack }: ConfirmProps & { onBack: () => void }) {
  const { own, who, asked, rework, prevention, files } = confirmation;
  const { key, fields } = form;
  const now = useNow();
  /** Why no Preventive Action is asked by a choice of its own. */
  const plain = fields.filter((one) => one.key !== 'whyNoPrevention');
  const state = useDeed(plain, own ? {} : { confirmedAt: momentInput(now) });
  const preventing = usePrevention(prevention);
  const proof = useProof(files, key);
  const others = fields.filter((one) => !EVIDENCE.includes(one.key));
  const [how, when, said] = [find(fields, 'confirmedHow'), find(fields, 'confirmedAt'), find(fields, 'confirmedWords')];
  useFirstFocus(plain);

  const at = momentOf(String(state.inputs['confirmedAt'] ?? '')) ?? now;
  const sent = preventing.mode === 'reason' ? fields : plain;
  const onSend = (): void =>
    void state.send(
      {
        request: {
          ...(form.step && { transition: form.step.transition }),
          values: valuesOf(sent, state.inputs),
          followUps: preventing.followUps,
          proof: [...proof.chosen],
        },
        told: `${key} is confirmed and Fulfilled.`,
        nothing: 'It is not confirmed yet',
      },
      preventing.gaps(state.inputs),
    );

  const single = (field: DeedField, label: string, hint?: string) => (
    <FieldInput
      field={field}
      label={label}
      hint={hint}
      input={state.inputs[field.key] ?? ''}
      problem={state.problems[field.key]}
      onChange={(input) => state.set(field.key, input)}
    />
  );

  return (
    <Dialog
      title={own ? `Confirm ${key}` : `Record confirmation of ${key}`}
      text="Fulfilled means: as agreed, in the words of whoever asked."
      leave="Leave without confirming"
      typed={[state.typed, preventing.typed, proof.chosen.length > 0].includes(true)}
      sending={[state.sending, proof.adding > 0].includes(true)}
      primary={own ? 'Confirm result' : 'Record and fulfil'}
      consequence=""
      aside={
        rework.length > 0 && (
          <Button appearance="subtle" onClick={onBack}>
            It is not right yet
          </Button>
        )
      }
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={onReadAgain} />}
      <dl className={styles['promise']}>
        {asked.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Unmet step={form.button} rules={form.unmet} />
      {!own && (
        <div className={styles['group']}>
          <h2>Who confirmed?</h2>
          <p className={styles['who']}>
            <Face id={who.accountId} name={who.name} />
            {who.name}
            <small>asked for it</small>
          </p>
        </div>
      )}
      {how && (
        <Cards
          id={fieldId('confirmedHow')}
          question="How?"
          cards={(how.options ?? []).filter((one) => one.name in HOW).map(({ value, name }) => ({ value, name, help: HOW[name] ?? '' }))}
          chosen={String(state.inputs['confirmedHow'] ?? '')}
          problem={state.problems['confirmedHow']}
          onChoose={(value) => state.set('confirmedHow', value)}
        />
      )}
      <div className={styles['pair']}>
        {when && single(when, 'When')}
        {said && single(said, own ? 'In your words' : 'What was said', own ? 'If you want to add something.' : undefined)}
      </div>
      <Proof {...proof} />
      <Fields state={state} fields={others} />
      {prevention && <Prevention state={state} reason={find(fields, 'whyNoPrevention')} preventing={preventing} tried={state.tried} />}
      <Message tone="information" title={own ? 'Your word stops the clock' : `The clock stops at ${momentToTheMinute(at, now)}`}>
        <span>
          {key} becomes Fulfilled, {span(at - form.reportedAt)} after the report.
        </span>
      </Message>
    </Dialog>
  );
}
