/** The state of the dialog: the drafts, what is told, and sending. */
import { useState } from 'react';
import type { HandOverForm } from '../../src/contract';
import type { Close } from '../shared/close';
import type { Refusal } from '../shared/refusal';
import { refusalOf } from '../shared/refusal-of';
import { useNow } from '../shared/use-now';
import { call } from '../shared/work-call';
import { firstProblem, newDraft, problemsOf, toAsks, type Draft, type FieldName, type Problems } from './draft';

/** The element of a field, so that the focus can go there. */
export const fieldId = (id: number, field: FieldName): string => `ask-${String(id)}-${field}`;

/** A fieldset cannot take the focus: its first choice does. */
export function focusField(id: number, field: FieldName): void {
  const element = document.getElementById(fieldId(id, field));
  const target = element instanceof HTMLFieldSetElement ? element.querySelector<HTMLInputElement>('input:checked, input:enabled') : element;
  target?.focus();
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
    if (answer.state === 'done') return onClose({ made: answer.made });
    setRefusal(refusalOf(answer, 'Nothing was handed over'));
  }

  async function readAgain(): Promise<void> {
    await onReadAgain();
    setRefusal(undefined);
  }

  return { drafts, now, sending, refusal, change, remove, add, problems, send, readAgain };
}
