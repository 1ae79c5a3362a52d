/** What it costs, or that it is included. */
import { PRICE_KINDS, PRICE_PERIODS } from '../agreements/edit/choices';
import { useDrafting } from './drafting';
import styles from './editing.module.css';
import { Choice, Text } from './fields';
import { textAt } from './places';

export function PriceFields({ path }: { path: string }) {
  const { form } = useDrafting();
  return (
    <div className={styles['fields']}>
      <Choice path={`${path}.kind`} label="Price" options={PRICE_KINDS} />
      {textAt(form, `${path}.kind`) === 'amount' && (
        <>
          <Text path={`${path}.amount`} label="Amount" optional={false} />
          <Text path={`${path}.currency`} label="Currency" optional={false} />
          <Choice path={`${path}.per`} label="Per" options={PRICE_PERIODS} optional={false} />
          <Text path={`${path}.unit`} label="For" optional={false} placeholder="a workplace, the service" />
          <Text path={`${path}.indexation`} label="Indexation" />
          <Text path={`${path}.charges`} label="Extra charges" />
        </>
      )}
    </div>
  );
}
