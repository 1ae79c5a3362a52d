/** The state of any deed: what is filled in, what is missing, and sending it. */
import { useState } from 'react';
import type { z } from 'zod';
import type { DeedField } from '../../src/contract';
import type { deedRequest } from '../../src/contract/deeds';
import { close } from '../shared/close';
import type { Refusal } from '../shared/refusal';
import { refusalOf } from '../shared/refusal-of';
import { call } from './call';
import { type Input, type Inputs, inputsOf, type Problems, problemsOf } from './draft';

/** The element of a field, so that the focus can go there. */
export const fieldId = (key: string): string => `field-${key}`;

/** A group cannot take the focus: its chosen or first choice does. */
export function focusOn(id: string): void {
  const element = document.getElementById(id);
  const group = element instanceof HTMLFieldSetElement ? element : undefined;
  const target = group ? (group.querySelector<HTMLInputElement>('input:checked') ?? group.querySelector<HTMLInputElement>('input')) : element;
  target?.focus();
}

export interface Sending {
  request: z.input<typeof deedRequest>;
  /** Told in the panel behind, once it is done. */
  told: string;
  /** The title of a refusal: what did not happen. */
  nothing: string;
}

export function useDeed(fields: readonly DeedField[], given: Inputs = {}) {
  const [proposed] = useState<Inputs>(() => ({ ...inputsOf(fields), ...given }));
  const [inputs, setInputs] = useState<Inputs>(proposed);
  /** Problems are told once somebody has tried to send, then kept up with what is typed. */
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const set = (key: string, input: Input): void => setInputs((before) => ({ ...before, [key]: input }));
  const missing: Problems = problemsOf(fields, inputs);

  /** `gaps`: ids of what is missing beyond the fields, in the order of the page. */
  async function send(sent: Sending, gaps: readonly string[] = []): Promise<void> {
    if (sending) return;
    setTried(true);
    const [first] = [...fields.filter(({ key }) => missing[key] !== undefined).map(({ key }) => fieldId(key)), ...gaps];
    if (first !== undefined) {
      focusOn(first);
      return;
    }
    setSending(true);
    setRefusal(undefined);
    const answer = await call('deeds.take', sent.request);
    setSending(false);
    if (answer.state === 'done') {
      close({ told: sent.told, made: answer.made, panel: answer.panel });
      return;
    }
    setRefusal(refusalOf(answer, sent.nothing));
  }

  return {
    inputs,
    set,
    tried,
    problems: tried ? missing : {},
    sending,
    refusal,
    /** Beyond what was proposed: words that would be lost. */
    typed: JSON.stringify(inputs) !== JSON.stringify(proposed),
    send,
  };
}
export type DeedState = ReturnType<typeof useDeed>;
