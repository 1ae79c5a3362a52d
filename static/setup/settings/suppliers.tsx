/** Whom work can be passed to: a name, the space where they work, what is made there, and who of us speaks for them. */
import Button from '@atlaskit/button/new';
import type { Supplier } from '../../../src/contract';
import { Icon } from '../../shared/icons';
import { Problem } from '../../shared/field';
import { Failed } from '../ui/failed';
import layout from '../ui/layout.module.css';
import table from '../ui/table.module.css';
import { Add, Remove } from '../ui/rows';
import { newSupplier, replaced, without } from './draft';
import { idOf, SelectInput, TextInput, type PartProps } from './part';
import styles from './settings.module.css';
import { useSupplierOffer } from './use-supplier-offer';

interface Choice {
  id: string;
  name: string;
}

/** What is chosen stays readable when it is no longer offered. */
function optionsOf(nothing: string, choices: readonly Choice[], chosen: Choice | undefined) {
  const kept = chosen && chosen.id !== '' && !choices.some((one) => one.id === chosen.id) ? [chosen] : [];
  return [{ value: '', name: nothing }, ...[...kept, ...choices].map(({ id, name }) => ({ value: id, name }))];
}

export function Suppliers({ draft: { suppliers }, wrong, onChange }: PartProps) {
  const { offer, trouble, types } = useSupplierOffer(suppliers.map((one) => one.space.projectId));
  const set = (next: Supplier[]): void => onChange({ suppliers: next });
  const put = (index: number, part: Partial<Supplier>): void => {
    const before = suppliers[index];
    if (before) set(replaced(suppliers, index, { ...before, ...part }));
  };
  const add = (): void => set([...suppliers, newSupplier(suppliers)]);

  if (suppliers.length === 0)
    return (
      <section className={layout['empty']}>
        <h2>No suppliers yet</h2>
        <p>
          A supplier does work for you in a space of their own on this site; that space need not work with USM. Once one is named here, work can be
          passed to them from the dialog Hand over. They are told what is asked, the service and by when, and nothing about who asks.
        </p>
        <div>
          <Button iconBefore={() => <Icon name="plus" />} onClick={add}>
            Add a supplier
          </Button>
        </div>
      </section>
    );
  const spaces = (offer?.spaces ?? []).map(({ id, key, name }) => ({ id, name: `${name} (${key})` }));
  return (
    <section className={styles['section']}>
      <p>
        Work that is passed to a supplier is made in their space. They are told what is asked, the service and by when, and nothing about who asks.
      </p>
      {trouble && <Failed trouble={trouble} title="The spaces of this site could not be read" />}
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Supplier</th>
            <th scope="col">Space</th>
            <th scope="col">Made there as</th>
            <th scope="col">Speaks for them</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {suppliers.map(({ id, name, space, team }, index) => {
            const path = `suppliers.${String(index)}`;
            const who = name || `supplier ${String(index + 1)}`;
            return (
              <tr key={id}>
                <td>
                  <TextInput
                    path={`${path}.name`}
                    label={`Name of supplier ${String(index + 1)}`}
                    wrong={wrong}
                    value={name}
                    onChange={(text) => put(index, { name: text })}
                  />
                </td>
                <td>
                  <SelectInput
                    path={`${path}.space.projectId`}
                    label={`Space of ${who}`}
                    wrong={wrong}
                    value={space.projectId}
                    options={optionsOf('Choose a space', spaces, { id: space.projectId, name: `${space.name} (${space.key})` })}
                    onChange={(projectId) => {
                      const found = offer?.spaces.find((one) => one.id === projectId);
                      put(index, { space: { projectId, key: found?.key ?? '', name: found?.name ?? '', typeId: '', typeName: '' } });
                    }}
                  />
                  <Problem id={`${idOf(path)}-space-problem`} text={wrong.get(`${path}.space`)} />
                </td>
                <td>
                  <SelectInput
                    path={`${path}.space.typeId`}
                    label={`Work type made for ${who}`}
                    wrong={wrong}
                    value={space.typeId}
                    options={optionsOf('Choose a work type', types[space.projectId] ?? [], { id: space.typeId, name: space.typeName })}
                    onChange={(typeId) => {
                      const found = types[space.projectId]?.find((one) => one.id === typeId);
                      put(index, { space: { ...space, typeId, typeName: found?.name ?? '' } });
                    }}
                  />
                </td>
                <td>
                  <SelectInput
                    path={`${path}.team`}
                    label={`Team that speaks for ${who}`}
                    wrong={wrong}
                    value={team?.id ?? ''}
                    options={optionsOf('Nobody yet', offer?.teams ?? [], team)}
                    onChange={(teamId) => put(index, { team: offer?.teams.find((one) => one.id === teamId) })}
                  />
                </td>
                <td className={table['number']}>
                  <Remove what={who} onRemove={() => set(without(suppliers, index))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Problem id={`${idOf('suppliers')}-problem`} text={wrong.get('suppliers')} />
      <Add what="a supplier" onAdd={add} />
    </section>
  );
}
