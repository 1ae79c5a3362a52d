/** Narrows to one thing that is found by name: a button that opens a box, and says what was chosen. */
import { useState } from 'react';
import { classes } from '../../../shared/classes';
import { Finder } from '../../../shared/finder';
import { Icon } from '../../../shared/icons';
import { Remove } from '../../../setup/ui/rows';
import { type Choice, finderOf, useNameOf } from '../names';
import styles from './filter-pick.module.css';
import chip from './popover.module.css';
import type { NamedFilter } from './view';

const KINDS = {
  keeper: { name: 'Kept by', all: 'Parties', kind: 'party', find: finderOf('party') },
  customer: { name: 'Customer', all: 'Customers', kind: 'customer', find: finderOf('customer') },
  service: { name: 'Service', all: 'Services', kind: 'service', find: finderOf('service') },
  agreement: { name: 'Agreement', all: 'Agreements', kind: 'agreement', find: finderOf('agreement') },
} as const;

export const NAMES_OF_FILTERS: Readonly<Record<NamedFilter, string>> = {
  keeper: 'Kept by',
  customer: 'Customer',
  service: 'Service',
  agreement: 'Agreement',
};

export const ChoiceWords = ({ choice: { id, name, hint } }: { choice: Choice }) => (
  <span>
    {name} <small>{hint ?? (name === id ? '' : id)}</small>
  </span>
);

export function FilterPick({ filter, value, onChange }: { filter: NamedFilter; value: string; onChange: (id: string) => void }) {
  const { name, all, kind, find } = KINDS[filter];
  const [looking, setLooking] = useState(false);
  const chosen = useNameOf(kind, value);
  if (looking)
    return (
      <Finder<Choice>
        label={name}
        all={all}
        placeholder={`${name}: type a name`}
        find={find}
        keyOf={({ id }) => id}
        show={(choice) => <ChoiceWords choice={choice} />}
        nothing={(words) => (words === '' ? 'There is nothing to choose yet.' : `Nothing is called “${words}”.`)}
        failed="There was no answer. Type again."
        browse
        onPick={({ id }) => {
          onChange(id);
          setLooking(false);
        }}
        onCancel={() => setLooking(false)}
      />
    );
  return (
    <span className={styles['pick']}>
      <button type="button" className={classes(chip['button'], value !== '' && chip['on'])} onClick={() => setLooking(true)}>
        {name}
        {value === '' ? <Icon name="chevronDown" /> : <strong className={styles['chosen']}>{chosen}</strong>}
      </button>
      {value !== '' && <Remove what={`the filter ${name}`} onRemove={() => onChange('')} />}
    </span>
  );
}
