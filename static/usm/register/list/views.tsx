/** Views that a person saved: filters, order and columns under a name. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { RegisterColumn, RegisterView } from '../../../../src/contract';
import { registerFilters, VIEWS_AT_MOST } from '../../../../src/contract/register-calls';
import { Field } from '../../../shared/field';
import { Icon } from '../../../shared/icons';
import { Remove } from '../../../setup/ui/rows';
import { Popover } from './popover';
import { filtersOf, ordering, toSearch, type View, viewOf } from './view';
import styles from './views.module.css';

interface ViewsProps {
  views: readonly RegisterView[];
  view: View;
  columns: readonly RegisterColumn[];
  onOpen: (view: RegisterView) => void;
  onSave: (view: RegisterView) => Promise<boolean>;
  onRemove: (id: string) => Promise<boolean>;
}

function Saving({ view, columns, views, onSave }: Pick<ViewsProps, 'view' | 'columns' | 'views' | 'onSave'>) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const called = name.trim();
    if (called === '') return setProblem('Give it a name.');
    setBusy(true);
    // What is called the same is written over.
    const id = views.find((one) => one.name === called)?.id ?? crypto.randomUUID();
    const filters = registerFilters.parse(filtersOf(view));
    const well = await onSave({ id, name: called.slice(0, 60), filters, sort: ordering(view.sort), columns: [...columns] });
    setBusy(false);
    setProblem(well ? undefined : 'It was not saved. Try again.');
    if (well) setName('');
  };
  if (views.length >= VIEWS_AT_MOST) return <p>There are {VIEWS_AT_MOST} views. Remove one to save another.</p>;
  return (
    <form noValidate className={styles['saving']} onSubmit={(event) => void save(event)}>
      <Field label="Save what is shown as" id="view-name" problem={problem}>
        {(aria) => <input {...aria} type="text" maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Button spacing="compact" type="submit" isLoading={busy}>
        Save the view
      </Button>
    </form>
  );
}

export function Views(props: ViewsProps) {
  const { views, view, onOpen, onRemove } = props;
  const here = toSearch(view);
  const current = views.find((one) => toSearch(viewOf(one)) === here);
  return (
    <Popover
      label="Saved views"
      name={
        <>
          View: <strong>{current?.name ?? (here === '' ? 'All items' : 'Not saved')}</strong> <Icon name="chevronDown" />
        </>
      }
    >
      {(close) => (
        <>
          {views.length === 0 ? (
            <p>No view is saved yet.</p>
          ) : (
            <ul className={styles['list']} aria-label="Saved views">
              {views.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    {...(one === current && { 'aria-current': 'true' as const })}
                    onClick={() => {
                      onOpen(one);
                      close();
                    }}
                  >
                    {one.name}
                  </button>
                  <Remove what={`the view ${one.name}`} onRemove={() => void onRemove(one.id)} />
                </li>
              ))}
            </ul>
          )}
          <Saving {...props} />
        </>
      )}
    </Popover>
  );
}
