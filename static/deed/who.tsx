/** A person: the one proposed, or somebody else; or several people. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { DeedField } from '../../src/contract';
import { Face } from '../shared/face';
import { Problem } from '../shared/field';
import { PersonPicker } from '../shared/person-picker';
import styles from './deed.module.css';
import type { Input } from './draft';
import { fieldId } from './use-deed';

interface WhoProps {
  field: DeedField;
  input: Input;
  problem: string | undefined;
  onChange: (input: Input) => void;
}

export function Who({ field, input, problem, onChange }: WhoProps) {
  const [picking, setPicking] = useState(false);
  const [name, setName] = useState(field.valueName ?? '');
  const id = fieldId(field.key);
  return (
    <div className={styles['group']}>
      <h2>{field.name}</h2>
      <div id={id} tabIndex={-1} className={styles['who']}>
        {typeof input === 'string' && input !== '' && (
          <>
            <Face id={input} name={name} />
            {name}
          </>
        )}
        {picking ? (
          <PersonPicker
            label={field.name}
            onCancel={() => setPicking(false)}
            onPick={(person) => {
              setName(person.name);
              onChange(person.accountId);
              setPicking(false);
            }}
          />
        ) : (
          <Button appearance="subtle" spacing="compact" onClick={() => setPicking(true)}>
            Choose somebody else
          </Button>
        )}
      </div>
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}

export function People({ field, input, problem, onChange }: WhoProps) {
  const [picking, setPicking] = useState(false);
  const [names, setNames] = useState(field.valueNames ?? {});
  const id = fieldId(field.key);
  const chosen = typeof input === 'string' ? [] : input;
  const nameOf = (accountId: string): string => names[accountId] ?? accountId;
  return (
    <div className={styles['group']}>
      <h2>{field.name}</h2>
      <div id={id} tabIndex={-1} className={styles['several']}>
        {chosen.map((accountId) => (
          <div key={accountId} className={styles['who']}>
            <Face id={accountId} name={nameOf(accountId)} />
            {nameOf(accountId)}
            <Button appearance="subtle" spacing="compact" onClick={() => onChange(chosen.filter((one) => one !== accountId))}>
              {`Remove ${nameOf(accountId)}`}
            </Button>
          </div>
        ))}
        {picking ? (
          <PersonPicker
            label={field.name}
            onCancel={() => setPicking(false)}
            onPick={(person) => {
              setNames({ ...names, [person.accountId]: person.name });
              if (!chosen.includes(person.accountId)) onChange([...chosen, person.accountId]);
              setPicking(false);
            }}
          />
        ) : (
          <div>
            <Button appearance="subtle" spacing="compact" onClick={() => setPicking(true)}>
              Add a person
            </Button>
          </div>
        )}
      </div>
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}
