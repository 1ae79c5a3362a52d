/** The objects of a plan under what they are; a group opens and closes. */
import { Icon } from '../shared/icons';
import { Lozenge } from '../shared/lozenge';
import { ACTION_KEYS, ACTIONS, KIND_NAMES, type PlanGroup } from './plan';
import styles from './plan-tree.module.css';

/** A group with something to look at opens by itself. */
const opensItself = ({ counts, nodes }: PlanGroup): boolean => counts.conflict > 0 || nodes.length <= 8;

const Group = ({ group }: { group: PlanGroup }) => (
  <details open={opensItself(group)} className={styles['group']}>
    <summary>
      <Icon name="chevronRight" />
      <h2>{group.title}</h2>
      <span className={styles['counts']}>
        {ACTION_KEYS.filter((action) => group.counts[action] > 0).map((action) => (
          <span key={action} className={action === 'conflict' ? styles['danger'] : undefined}>
            <strong>{group.counts[action]}</strong> {ACTIONS[action].name.toLowerCase()}
          </span>
        ))}
      </span>
    </summary>
    <ul>
      {group.nodes.map((node) => (
        <li key={node.id}>
          <span className={styles['name']} title={node.name}>
            {node.name}
          </span>
          <span className={styles['detail']}>{node.detail ?? KIND_NAMES[node.kind]}</span>
          <Lozenge tone={ACTIONS[node.action].tone}>{ACTIONS[node.action].name}</Lozenge>
        </li>
      ))}
    </ul>
  </details>
);

export const PlanTree = ({ groups }: { groups: readonly PlanGroup[] }) =>
  groups.length === 0 ? (
    <p className={styles['none']}>Nothing of this kind in the plan.</p>
  ) : (
    <div className={styles['tree']}>
      {groups.map((group) => (
        <Group key={group.title} group={group} />
      ))}
    </div>
  );
