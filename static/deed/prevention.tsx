/** The service works again and the cause is still there (V36): what is done about it, or why nothing. */
import { useState } from 'react';
import type { DeedField, FollowUp } from '../../src/contract';
import { Field } from '../shared/field';
import { Cards } from './cards';
import type { Inputs } from './draft';
import { FieldInput } from './field-input';
import { type DeedState, fieldId } from './use-deed';

type Mode = '' | 'create' | 'reason';

const CHOICE = 'prevention';
const SUMMARY = 'prevention-summary';

export function usePrevention(applies: boolean) {
  const [mode, setMode] = useState<Mode>('');
  const [summary, setSummary] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const words = summary.trim();
  const followUps: FollowUp[] = applies && mode === 'create' ? [{ id, type: 'preventiveAction', summary: words }] : [];
  return {
    mode,
    setMode,
    summary,
    setSummary,
    followUps,
    typed: summary !== '',
    gaps(inputs: Inputs): string[] {
      if (!applies) return [];
      if (mode === '') return [CHOICE];
      if (mode === 'create') return words.length < 3 ? [SUMMARY] : [];
      return String(inputs['whyNoPrevention'] ?? '').trim() === '' ? [fieldId('whyNoPrevention')] : [];
    },
  };
}

interface PreventionProps {
  state: DeedState;
  reason: DeedField | undefined;
  preventing: ReturnType<typeof usePrevention>;
  tried: boolean;
}

export function Prevention({ state, reason, preventing, tried }: PreventionProps) {
  const { mode, setMode, summary, setSummary } = preventing;
  return (
    <>
      <Cards
        id={CHOICE}
        question="The cause is still there. What about it?"
        cards={[
          { value: 'create', name: 'Create a Preventive Action', help: 'Improve looks for the cause; nobody waits for it here.' },
          { value: 'reason', name: 'Say why none is needed', help: 'It is kept with this work item.' },
        ]}
        chosen={mode}
        problem={tried && mode === '' ? 'Choose one of the two.' : undefined}
        onChoose={(value) => setMode(value === 'create' ? 'create' : 'reason')}
      />
      {mode === 'create' && (
        <Field
          label="What must not happen again"
          id={SUMMARY}
          problem={tried && summary.trim().length < 3 ? 'Write what must not happen again.' : undefined}
        >
          {(aria) => <input {...aria} type="text" maxLength={200} value={summary} onChange={({ target }) => setSummary(target.value)} />}
        </Field>
      )}
      {mode === 'reason' && reason && (
        <FieldInput
          field={reason}
          hint={reason.help}
          input={state.inputs[reason.key] ?? ''}
          problem={tried && String(state.inputs[reason.key] ?? '').trim() === '' ? 'Say why the cause may stay.' : undefined}
          onChange={(input) => state.set(reason.key, input)}
        />
      )}
    </>
  );
}
