/** One class: what it is called, where its data are kept, and the dial that says which of its attributes are managed. */
import { COMMON_ATTRIBUTES, DATA_POLICIES } from '../../../../src/contract/register';
import { Hidden } from '../../../shared/hidden';
import layout from '../../../setup/ui/layout.module.css';
import { Add, Remove } from '../../../setup/ui/rows';
import table from '../../../setup/ui/table.module.css';
import { useDrafting } from '../../editing/drafting';
import editing from '../../editing/editing.module.css';
import { BareChoice, BareText, Choice, Text, useRows } from '../../editing/fields';
import { idOf, textAt } from '../../editing/places';
import { ATTRIBUTES, number, POLICIES } from '../words';
import styles from './classes.module.css';
import { blankAttribute, type ClassForm, managedOf } from './form';

const POLICY_OPTIONS = DATA_POLICIES.map((value) => ({ value, name: `${POLICIES[value].name}. ${POLICIES[value].text}` }));
const KINDS = [
  { value: 'text', name: 'Text' },
  { value: 'number', name: 'Number' },
  { value: 'date', name: 'Day' },
  { value: 'choice', name: 'Choice' },
];

function Tick({ path, label }: { path: string; label: string }) {
  const { form, set } = useDrafting();
  return (
    <input
      id={idOf(path)}
      type="checkbox"
      aria-label={label}
      checked={textAt(form, path) === 'yes'}
      onChange={(event) => set(path, event.target.checked ? 'yes' : '')}
    />
  );
}

function Own({ path, onRemove }: { path: string; onRemove: () => void }) {
  const { form } = useDrafting();
  const name = textAt(form, `${path}.name`) || 'the new attribute';
  return (
    <tr>
      <td className={styles['name']}>
        <BareText path={`${path}.name`} label="Name of the attribute" />
        {textAt(form, `${path}.kind`) === 'choice' && (
          <BareText path={`${path}.choices`} label={`Choices of ${name}`} placeholder="Choices, with commas between" />
        )}
      </td>
      <td>
        <BareChoice path={`${path}.kind`} label={`Kind of ${name}`} options={KINDS} />
      </td>
      <td className={styles['tick']}>
        <Tick path={`${path}.managed`} label={`${name} is managed`} />
      </td>
      <td className={styles['tick']}>
        <Tick path={`${path}.identity`} label={`Files recognise items by ${name}`} />
      </td>
      <td className={styles['tick']}>
        <Remove what={name} onRemove={onRemove} />
      </td>
    </tr>
  );
}

const Common = ({ path, of }: { path: string; of: (typeof COMMON_ATTRIBUTES)[number] }) => (
  <tr>
    <td>{ATTRIBUTES[of]}</td>
    <td className={table['quiet']}>every item has it</td>
    <td className={styles['tick']}>
      <Tick path={`${path}.common.${of}`} label={`${ATTRIBUTES[of]} is managed`} />
    </td>
    <td className={styles['tick']}>
      <Tick path={`${path}.byCommon.${of}`} label={`Files recognise items by ${ATTRIBUTES[of]}`} />
    </td>
    <td />
  </tr>
);

interface FieldsProps {
  path: string;
  of: ClassForm;
  /** How many items it has. */
  used: number;
}

export function ClassFields({ path, of, used }: FieldsProps) {
  const attributes = `${path}.attributes`;
  const { rows, add, remove } = useRows(attributes);
  const { n, of: inAll } = managedOf(of);
  return (
    <section className={layout['page']} aria-label={of.name === '' ? 'New class' : of.name}>
      <div className={editing['fields']}>
        <Text path={`${path}.name`} label="Name" optional={false} />
        <Text path={`${path}.prefix`} label="Keys begin with" optional={false} hint="NET gives NET-0413. Keys that are there stay." />
        <Text path={`${path}.verifyMonths`} label="Months between looks" optional={false} />
      </div>
      <Choice path={`${path}.policy`} label="Where its data are kept" options={POLICY_OPTIONS} optional={false} />
      <div className={layout['lines']}>
        <h2 className={layout['subhead']}>What is managed</h2>
        <p className={layout['small']} role="status">
          {n === 0
            ? 'Nothing: no work on it is a change, and all of it is written by hand.'
            : `${n === inAll ? `All ${String(n)}` : `${String(n)} of ${String(inAll)}`} attributes: whatever changes one of them is a change, and needs a Request for Change.${n === inAll ? '' : ' The rest is written by hand.'}`}
          {used > 0 && ` It has ${number(used)} ${used === 1 ? 'item' : 'items'}.`}
        </p>
        <div className={table['scroll']} role="region" aria-label="Attributes" tabIndex={0}>
          <table className={table['table']}>
            <thead>
              <tr>
                <th scope="col">Attribute</th>
                <th scope="col">Kind</th>
                <th scope="col" className={styles['tick']}>
                  Managed
                </th>
                <th scope="col" className={styles['tick']}>
                  Files recognise by
                </th>
                <th scope="col">
                  <Hidden>Remove</Hidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {COMMON_ATTRIBUTES.map((key) => (
                <Common key={key} path={path} of={key} />
              ))}
              {rows.map((_, index) => (
                <Own key={index} path={`${attributes}.${String(index)}`} onRemove={() => remove(index)} />
              ))}
            </tbody>
          </table>
        </div>
        <Add id={`${idOf(attributes)}-add`} what="an attribute" onAdd={() => add(blankAttribute(), 'name')} />
      </div>
    </section>
  );
}
