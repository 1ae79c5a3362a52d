/** What work may wait for, and what changes there are. */
import { Problem } from '../../shared/field';
import layout from '../ui/layout.module.css';
import { Add, Remove } from '../ui/rows';
import { replaced, without } from './draft';
import { idOf, NumberInput, TextInput, type PartProps } from './part';
import styles from './settings.module.css';

function WaitingReasons({ draft: { waitingReasons: reasons }, wrong, onChange }: PartProps) {
  const set = (waitingReasons: string[]): void => onChange({ waitingReasons });
  return (
    <section className={styles['section']} aria-labelledby="waiting">
      <h2 id="waiting" className={layout['subhead']}>
        Waiting reasons
      </h2>
      <p>Whoever sets work to Waiting chooses one of these. Reasons already used stay on their work items.</p>
      {reasons.map((reason, index) => (
        <div key={index} className={styles['row']}>
          <TextInput
            path={`waitingReasons.${String(index)}`}
            label={`Waiting reason ${String(index + 1)}`}
            wrong={wrong}
            className={styles['grow']}
            value={reason}
            onChange={(value) => set(replaced(reasons, index, value))}
          />
          <Remove what={`waiting reason ${reason}`} disabled={reasons.length === 1} onRemove={() => set(without(reasons, index))} />
        </div>
      ))}
      <Problem id={`${idOf('waitingReasons')}-problem`} text={wrong.get('waitingReasons')} />
      <Add what="a waiting reason" onAdd={() => set([...reasons, ''])} />
    </section>
  );
}

function ChangeCategories({ draft: { changeCategories: categories }, wrong, onChange }: PartProps) {
  const set = (changeCategories: typeof categories): void => onChange({ changeCategories });
  return (
    <section className={styles['section']} aria-labelledby="categories">
      <h2 id="categories" className={layout['subhead']}>
        Change categories
      </h2>
      <p>How many working days a change of each category is planned ahead. 0: at once.</p>
      {categories.map((category, index) => (
        <div key={index} className={styles['row']}>
          <TextInput
            path={`changeCategories.${String(index)}.name`}
            label={`Change category ${String(index + 1)}`}
            wrong={wrong}
            className={styles['grow']}
            value={category.name}
            onChange={(name) => set(replaced(categories, index, { ...category, name }))}
          />
          <NumberInput
            path={`changeCategories.${String(index)}.planningDays`}
            label={`Planning days of ${category.name}`}
            wrong={wrong}
            min={0}
            max={365}
            value={category.planningDays}
            onChange={(planningDays) => set(replaced(categories, index, { ...category, planningDays }))}
          />
          <Remove what={`change category ${category.name}`} disabled={categories.length === 1} onRemove={() => set(without(categories, index))} />
        </div>
      ))}
      <Problem id={`${idOf('changeCategories')}-problem`} text={wrong.get('changeCategories')} />
      <Add what="a change category" onAdd={() => set([...categories, { name: '', planningDays: 0 }])} />
    </section>
  );
}

export const Lists = (props: PartProps) => (
  <>
    <WaitingReasons {...props} />
    <ChangeCategories {...props} />
  </>
);
