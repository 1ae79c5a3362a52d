/** Who answers for each process: one person each. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { z } from 'zod';
import { processKey } from '../../../src/contract/common';
import { Face } from '../../shared/face';
import table from '../ui/table.module.css';
import type { PartProps } from './part';
import { PersonPicker } from '../../shared/person-picker';
import styles from './settings.module.css';

type ProcessKey = z.infer<typeof processKey>;

/** Processes carry their verb as key. */
const verbOf = (key: ProcessKey): string => `${key.charAt(0).toUpperCase()}${key.slice(1)}`;

export function People({ draft, onChange }: PartProps) {
  const [choosing, setChoosing] = useState<ProcessKey>();
  return (
    <section className={styles['section']}>
      <p>One person answers for each process. Panels name them where something is missing or late.</p>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Accountable</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {processKey.options.map((key) => {
            const person = draft.accountable[key];
            return (
              <tr key={key}>
                <th scope="row">{verbOf(key)}</th>
                <td>
                  {choosing === key ? (
                    <PersonPicker
                      label={`Accountable for ${verbOf(key)}`}
                      onPick={(picked) => {
                        onChange({ accountable: { ...draft.accountable, [key]: picked } });
                        setChoosing(undefined);
                      }}
                      onCancel={() => setChoosing(undefined)}
                    />
                  ) : person ? (
                    <span className={styles['person']}>
                      <Face id={person.accountId} name={person.name} />
                      {person.name}
                    </span>
                  ) : (
                    <span className={styles['closed']}>Nobody yet</span>
                  )}
                </td>
                <td className={table['number']}>
                  <Button
                    spacing="compact"
                    aria-label={`${person ? 'Change' : 'Name'} who is accountable for ${verbOf(key)}`}
                    onClick={() => setChoosing(key)}
                  >
                    {person ? 'Change' : 'Name somebody'}
                  </Button>{' '}
                  {person && (
                    <Button
                      appearance="subtle"
                      spacing="compact"
                      aria-label={`Clear who is accountable for ${verbOf(key)}`}
                      onClick={() => {
                        const { [key]: _, ...others } = draft.accountable;
                        onChange({ accountable: others });
                      }}
                    >
                      Clear
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
