/** Choosing the agreement that applies, with a reason: for when service and customer find none, or another one. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { WorkAgreementView } from '../../src/contract';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import styles from './panel.module.css';

interface ChooseProps {
  choices: NonNullable<WorkAgreementView['choices']>;
  /** Targets are fixed anew. */
  accepted: boolean;
  refused: string | undefined;
  choose: (agreement: string, reason: string) => Promise<boolean>;
  onDone: () => void;
}

export function Choose({ choices, accepted, refused, choose, onDone }: ChooseProps) {
  const [agreement, setAgreement] = useState(choices[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === '' || agreement === '') return;
    setBusy(true);
    if (await choose(agreement, reason.trim())) onDone();
    else setBusy(false);
  };

  return (
    <form className={styles['choose']} aria-label="Choose the agreement" noValidate onSubmit={(event) => void submit(event)}>
      <Field label="Agreement" id="agreement">
        {(aria) => (
          <select {...aria} value={agreement} onChange={(event) => setAgreement(event.target.value)}>
            {choices.map(({ id, name, version }) => (
              <option key={id} value={id}>
                {`${id} ${name}, version ${String(version)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Reason"
        id="reason"
        hint={accepted ? 'What is promised is fixed anew, with the priority as it is now. The reason stays with it.' : 'It stays with the work item.'}
        problem={tried && reason.trim() === '' ? 'Say why this agreement applies.' : undefined}
      >
        {(aria) => <textarea {...aria} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      {refused !== undefined && (
        <Message tone="danger" title="Nothing was chosen" alert>
          {refused}
        </Message>
      )}
      <div className={styles['buttons']}>
        <Button type="submit" appearance="primary" isLoading={busy}>
          Choose agreement
        </Button>
        <Button appearance="subtle" onClick={onDone}>
          Leave as it is
        </Button>
      </div>
    </form>
  );
}
