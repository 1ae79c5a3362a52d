/** What will change of an item: attribute by attribute, from what the register says now. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { ChangingInWork, WorkRegister } from '../../src/contract';
import { Field } from '../shared/field';
import styles from './panel.module.css';
import type { Acts } from './use-register';

type Attribute = WorkRegister['attributes'][string][number];

interface PlanProps extends Acts {
  one: ChangingInWork;
  attributes: readonly Attribute[];
  onDone: () => void;
}

const wordsFor = ({ choices }: Attribute, value: string | undefined): string =>
  value === undefined ? 'nothing' : (choices?.find((choice) => choice.value === value)?.name ?? value);

function Value({ attribute, one, value, change }: { attribute: Attribute; one: ChangingInWork; value: string; change: (value: string) => void }) {
  const id = `plan-${one.key}-${attribute.key}`;
  return (
    <Field label={attribute.name} id={id} optional hint={`The register says ${wordsFor(attribute, one.says[attribute.key])}.`}>
      {(aria) =>
        attribute.choices ? (
          <select {...aria} value={value} onChange={(event) => change(event.target.value)}>
            <option value="">Nothing</option>
            {attribute.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.name}
              </option>
            ))}
          </select>
        ) : (
          <input {...aria} type="text" maxLength={500} value={value} onChange={(event) => change(event.target.value)} />
        )
      }
    </Field>
  );
}

export function PlanItem({ one, attributes, act, busy, onDone }: PlanProps) {
  const [draft, setDraft] = useState<Record<string, string>>(() => ({
    ...Object.fromEntries(
      attributes.flatMap(({ key }) => (one.changes.some(({ attribute }) => attribute === key) ? [[key, one.plans[key] ?? '']] : [])),
    ),
  }));
  const chosen = attributes.filter(({ key }) => Object.hasOwn(draft, key));
  const left = attributes.filter(({ key }) => !Object.hasOwn(draft, key));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const changes = chosen.map(({ key }) => ({ attribute: key, ...(draft[key] !== undefined && draft[key] !== '' && { to: draft[key] }) }));
    if (await act('register.plan', `plan:${one.key}`, { role: 'toChange', key: one.key, plan: { changes } })) onDone();
  };
  return (
    <form className={styles['form']} aria-label={`What changes of ${one.key}`} noValidate onSubmit={(event) => void submit(event)}>
      {chosen.map((attribute) => (
        <Value
          key={attribute.key}
          {...{ attribute, one }}
          value={draft[attribute.key] ?? ''}
          change={(value) => setDraft((before) => ({ ...before, [attribute.key]: value }))}
        />
      ))}
      <Field label={chosen.length === 0 ? 'What changes' : 'What changes as well'} id={`plan-${one.key}`} optional={chosen.length > 0}>
        {(aria) => (
          <select {...aria} value="" onChange={({ target: { value } }) => setDraft((before) => ({ ...before, [value]: one.says[value] ?? '' }))}>
            <option value="">Choose an attribute</option>
            {left.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles['row']}>
        <Button type="submit" appearance="primary" spacing="compact" isLoading={busy === `plan:${one.key}`} isDisabled={chosen.length === 0}>
          Keep plan
        </Button>
        <Button appearance="subtle" spacing="compact" onClick={onDone}>
          Leave as it is
        </Button>
      </div>
    </form>
  );
}

interface ComesProps extends Acts {
  classes: WorkRegister['classes'];
  onDone: () => void;
}

/** A new item: its key is named in Jira's field, what it is stands beside. */
export function NewItem({ classes, act, busy, onDone }: ComesProps) {
  const [draft, setDraft] = useState({ key: '', name: '', class: classes[0]?.key ?? '' });
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const [key, name] = [draft.key.trim(), draft.name.trim()];
    if (key === '' || name === '') return;
    if (!(await act('register.name', 'new', { role: 'toAdd', key, named: true }))) return;
    if (await act('register.plan', 'new', { role: 'toAdd', key, plan: { item: { name, class: draft.class } } })) onDone();
  };
  const missing = (text: string, words: string): string | undefined => (tried && text.trim() === '' ? words : undefined);
  return (
    <form className={styles['form']} aria-label="New item" noValidate onSubmit={(event) => void submit(event)}>
      <Field label="Key" id="new-key" hint="One word; it never changes." problem={missing(draft.key, 'Give the key it will have.')}>
        {(aria) => (
          <input {...aria} type="text" maxLength={40} value={draft.key} onChange={({ target }) => setDraft({ ...draft, key: target.value })} />
        )}
      </Field>
      <Field label="Name" id="new-name" problem={missing(draft.name, 'Say what it is called.')}>
        {(aria) => (
          <input {...aria} type="text" maxLength={200} value={draft.name} onChange={({ target }) => setDraft({ ...draft, name: target.value })} />
        )}
      </Field>
      <Field label="Class" id="new-class">
        {(aria) => (
          <select {...aria} value={draft.class} onChange={({ target }) => setDraft({ ...draft, class: target.value })}>
            {classes.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles['row']}>
        <Button type="submit" appearance="primary" spacing="compact" isLoading={busy === 'new'}>
          Add new item
        </Button>
        <Button appearance="subtle" spacing="compact" onClick={onDone}>
          Leave as it is
        </Button>
      </div>
    </form>
  );
}
