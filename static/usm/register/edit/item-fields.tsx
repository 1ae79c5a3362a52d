/** The attributes of an item, as fields. */
import { useEffect, useState } from 'react';
import type { AttributeDefinition, CommonAttribute } from '../../../../src/contract';
import { COMMON_ATTRIBUTES, CRITICALITIES } from '../../../../src/contract/register';
import { LIFE_KEYS } from '../../../../src/contract/register-words';
import { report } from '../../../shared/report';
import { Choice, Text } from '../../editing/fields';
import { Pick } from '../../editing/pick';
import { finderOf } from '../names';
import { ATTRIBUTES, CRITICALITY_NAMES, lifeOf } from '../words';
import styles from './edit.module.css';

const LIVES = LIFE_KEYS.map((value) => ({ value, name: lifeOf(value).name }));
const CRITICAL = [{ value: '', name: 'not said' }, ...CRITICALITIES.map((value) => ({ value, name: CRITICALITY_NAMES[value] }))];
const PLACES = 'register-locations';

/** Where things are already. */
function Locations() {
  const [places, setPlaces] = useState<readonly string[]>([]);
  useEffect(() => {
    finderOf('location')('').then(
      (found) => setPlaces(found.map(({ name }) => name)),
      (error: unknown) => report('No locations', error),
    );
  }, []);
  return (
    <datalist id={PLACES}>
      {places.map((place) => (
        <option key={place} value={place} />
      ))}
    </datalist>
  );
}

function Common({ of }: { of: CommonAttribute }) {
  switch (of) {
    case 'name':
      return <Text path="name" label={ATTRIBUTES.name} optional={false} />;
    case 'life':
      return <Choice path="life" label={ATTRIBUTES.life} options={LIVES} optional={false} />;
    case 'keeper':
      return <Pick path="keeper" label={ATTRIBUTES.keeper} kind="party" />;
    case 'location':
      return (
        <>
          <Text path="location" label={ATTRIBUTES.location} list={PLACES} />
          <Locations />
        </>
      );
    case 'criticality':
      return <Choice path="criticality" label={ATTRIBUTES.criticality} options={CRITICAL} />;
    case 'supplier':
      return <Pick path="supplier" label={ATTRIBUTES.supplier} kind="party" none="none" />;
    case 'uc':
      return <Pick path="uc" label={ATTRIBUTES.uc} kind="uc" none="none" />;
  }
}

function Own({ of: { key, name, kind, choices } }: { of: AttributeDefinition }) {
  const path = `own.${key}`;
  if (kind === 'choice')
    return <Choice path={path} label={name} options={[{ value: '', name: 'not said' }, ...choices.map((value) => ({ value, name: value }))]} />;
  return <Text path={path} label={name} type={kind === 'date' ? 'date' : 'text'} />;
}

interface FieldsProps {
  attributes: readonly AttributeDefinition[];
  /** Whether an attribute may be typed; the others are left out. */
  may?: (key: string) => boolean;
}

export const ItemFields = ({ attributes, may = () => true }: FieldsProps) => (
  <div className={styles['fields']}>
    {COMMON_ATTRIBUTES.filter(may).map((key) => (
      <div key={key}>
        <Common of={key} />
      </div>
    ))}
    {attributes
      .filter(({ key }) => may(key))
      .map((one) => (
        <div key={one.key}>
          <Own of={one} />
        </div>
      ))}
  </div>
);
