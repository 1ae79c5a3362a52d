/** A follow-up: a call of its own that this one leads to, and need not wait for. */
import { useEffect, useState } from 'react';
import type { DeedForm, FollowUp } from '../../src/contract';
import { close } from '../shared/close';
import { Dialog } from '../shared/dialog';
import { Field } from '../shared/field';
import { RefusalMessage } from '../shared/refusal';
import { TypeGlyph } from '../shared/type-glyph';
import { Cards } from './cards';
import styles from './deed.module.css';
import { focusOn, useDeed } from './use-deed';

const TYPE = 'follow-up-type';
const SUMMARY = 'follow-up-summary';
const TEXT = 'follow-up-text';
const SUMMARY_LEAST = 3;

export function FollowUpDialog({ form }: { form: DeedForm }) {
  const { key } = form;
  const state = useDeed([]);
  const [type, setType] = useState<FollowUp['type']>();
  const [summary, setSummary] = useState('');
  const [text, setText] = useState('');
  /** Sent again after silence, the same id makes sure that there is only one. */
  const [id] = useState(() => crypto.randomUUID());
  useEffect(() => focusOn(TYPE), []);
  const short = summary.trim().length < SUMMARY_LEAST;
  const typeName = form.followUps.find((one) => one.type === type)?.typeName;

  const onSend = (): void => {
    const followUps = type ? [{ id, type, summary: summary.trim(), ...(text.trim() !== '' && { text: text.trim() }) }] : [];
    const gaps = [...(type ? [] : [TYPE]), ...(short ? [SUMMARY] : [])];
    void state.send({ request: { followUps }, told: `${key} leads to a follow-up.`, nothing: 'No follow-up was made' }, gaps);
  };

  return (
    <Dialog
      title={`Follow-up of ${key}`}
      text={form.summary}
      leave="Leave without a follow-up"
      typed={summary !== '' || text !== ''}
      sending={state.sending}
      primary={typeName === undefined ? 'Create follow-up' : `Create ${typeName}`}
      consequence={`It is linked to ${key}, which need not wait for it. Customer, service and items go along; you are its reporter.`}
      onSend={onSend}
      onClose={() => close()}
    >
      {state.refusal && <RefusalMessage refusal={state.refusal} onReadAgain={() => undefined} />}
      <Cards
        id={TYPE}
        question="What follows?"
        cards={form.followUps.map((one) => ({
          value: one.type,
          name: (
            <span className={styles['typed']}>
              <TypeGlyph type={one.type} />
              {one.typeName}
            </span>
          ),
          help: one.description,
        }))}
        chosen={type ?? ''}
        problem={state.tried && !type ? 'Choose what follows.' : undefined}
        onChoose={(value) => setType(form.followUps.find((one) => one.type === value)?.type)}
      />
      <Field label="Summary" id={SUMMARY} problem={state.tried && short ? 'Say it in a sentence.' : undefined}>
        {(aria) => <input {...aria} type="text" maxLength={200} value={summary} onChange={({ target }) => setSummary(target.value)} />}
      </Field>
      <Field label="Text" id={TEXT} optional>
        {(aria) => <textarea {...aria} rows={4} maxLength={4000} value={text} onChange={({ target }) => setText(target.value)} />}
      </Field>
    </Dialog>
  );
}
