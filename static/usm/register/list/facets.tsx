/** How what is listed divides over classes, lives and looks; ticking narrows to it. */
import type { RegisterFacets, Trouble } from '../../../../src/contract';
import { Skeleton } from '../../../shared/skeleton';
import { FRESH } from '../verified';
import { lifeOf, number } from '../words';
import styles from './facets.module.css';
import { listOf, ticked, type View } from './view';

interface FacetsProps {
  facets: RegisterFacets | undefined;
  trouble: Trouble | undefined;
  view: View;
  change: (part: Partial<View>) => void;
}

interface GroupProps {
  title: string;
  rows: readonly { key: string; name: string; count: number }[];
  chosen: string;
  onTick: (chosen: string) => void;
}

const Group = ({ title, rows, chosen, onTick }: GroupProps) => (
  <fieldset className={styles['group']}>
    <legend>{title}</legend>
    {rows.map(({ key, name, count }) => (
      <label key={key}>
        <input type="checkbox" checked={listOf(chosen).includes(key)} onChange={() => onTick(ticked(chosen, key))} />
        <span>{name}</span>
        <small>{number(count)}</small>
      </label>
    ))}
  </fieldset>
);

/** What is chosen stays to be unticked, also where nothing of it is left. */
const withChosen = <Row extends { key: string }>(rows: readonly Row[], chosen: string, none: (key: string) => Row): Row[] => [
  ...rows,
  ...listOf(chosen).flatMap((key) => (rows.some((row) => row.key === key) ? [] : [none(key)])),
];

const LINES = Array.from({ length: 9 }, () => ({ height: 20, width: '100%' }));

export function Facets({ facets, trouble, view, change }: FacetsProps) {
  if (!facets)
    return trouble ? (
      <p className={styles['failed']}>The counts could not be read. The list stands without them.</p>
    ) : (
      <Skeleton subject="the counts" lines={LINES} />
    );
  return (
    <>
      <Group
        title="Class"
        rows={withChosen(facets.classes, view.class, (key) => ({ key, name: key, count: 0 }))}
        chosen={view.class}
        onTick={(next) => change({ class: next })}
      />
      <Group
        title="Life cycle"
        rows={facets.lives.map(({ key, count }) => ({ key, count, name: lifeOf(key).name }))}
        chosen={view.life}
        onTick={(life) => change({ life })}
      />
      <Group
        title="Last verified"
        rows={facets.verified.map(({ key, count }) => ({ key, count, name: FRESH[key].name }))}
        chosen={view.verified}
        onTick={(verified) => change({ verified })}
      />
      <fieldset className={styles['group']}>
        <legend>Besides</legend>
        <label>
          <input type="checkbox" checked={view.changing === 'yes'} onChange={({ target }) => change({ changing: target.checked ? 'yes' : '' })} />
          <span>Change running</span>
        </label>
        <label>
          <input type="checkbox" checked={view.gone === 'yes'} onChange={({ target }) => change({ gone: target.checked ? 'yes' : '' })} />
          <span>Gone from file</span>
        </label>
      </fieldset>
    </>
  );
}
