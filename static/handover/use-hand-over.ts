/** The state of the dialog: the drafts, what is told, and sending. */
import { useState } from 'react';
import type { HandOverForm } from '../../src/contract';
import { useNow } from '../shared/use-now';
import { call } from '../shared/work-call';
import type { Close } from './close';
import { firstProblem, newDraft, problemsOf, toAsks, type Draft, type FieldName, type Problems } from './draft';

/** The element of a field, so that the focus can go there. */
export const fieldId = (id: number, field: FieldName): string => `ask-${String(id)}-${field}`;

/** A fieldset cannot take the focus: its first choice does. */
export function focusField(id: number, field: FieldName): void {
  const element = document.getElementById(fieldId(id, field));
  const target = element instanceof HTMLFieldSetElement ? element.querySelector<HTMLInputElement>('input:checked, input:enabled') : element;
  target?.focus();
}

export interface Refusal {
  title: string;
  text: string;
  reference?: string;
  /** Somebody else was quicker: the form has to be read again. */
  conflict: boolean;
}

export function useHandOver(form: HandOverForm, onClose: Close, onReadAgain: () => Promise<void>) {
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => [newDraft(form, [])]);
  const now = useNow();
  /** Problems are told once somebody has tried to send, then kept up with what is typed. */
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const change = (id: number, part: Partial<Draft>): void =>
    setDrafts((before) => before.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)));
  const remove = (id: number): void => setDrafts((before) => before.filter((draft) => draft.id !== id));
  const add = (): Draft => {
    const draft = newDraft(form, drafts);
    setTried(false);
    setDrafts([...drafts, draft]);
    return draft;
  };
  const problems = (draft: Draft): Problems => (tried ? problemsOf(draft, now) : {});

  async function send(): Promise<void> {
    if (sending) return;
    setTried(true);
    const gap = firstProblem(drafts, Date.now());
    if (gap) return focusField(gap.id, gap.field);
    setSending(true);
    setRefusal(undefined);
    const answer = await call('work.handOver', { asks: toAsks(drafts), version: form.version });
    setSending(false);
    switch (answer.state) {
      case 'done':
        return onClose({ made: answer.made });
      case 'refused':
        return setRefusal({ title: 'Nothing was handed over', text: answer.text, conflict: false });
      case 'error':
        return setRefusal({
          title: 'Nothing was handed over',
          text: answer.text,
          reference: answer.reference,
          conflict: answer.code === 'person.conflict',
        });
      case 'forbidden':
        return setRefusal({ title: 'You may not hand this over', text: answer.text, conflict: false });
      case 'notSetUp':
      case 'notUsm':
        return setRefusal({ title: 'Nothing was handed over', text: 'This work item does not work with USM any more.', conflict: false });
    }
  }

  async function readAgain(): Promise<void> {
    await onReadAgain();
    setRefusal(undefined);
  }

  return { drafts, now, sending, refusal, change, remove, add, problems, send, readAgain };
}
