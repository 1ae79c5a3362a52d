/** The head of a column that puts the rows in its order. */
import { classes } from '../../shared/classes';
import { Icon } from '../../shared/icons';
import styles from './sort-head.module.css';
import table from './table.module.css';

interface SortHeadProps {
  name: string;
  /** Absent: by something else. */
  direction: 'ascending' | 'descending' | undefined;
  number?: boolean;
  onSort: () => void;
}

export const SortHead = ({ name, direction, number = false, onSort }: SortHeadProps) => (
  <th scope="col" {...(direction && { 'aria-sort': direction })} {...(number && { className: table['number'] })}>
    <button type="button" className={styles['sort']} onClick={onSort}>
      {name}
      <span className={classes(styles['order'], direction !== undefined && styles['ordered'])}>
        <Icon name={direction === 'descending' ? 'chevronDown' : 'chevronUp'} />
      </span>
    </button>
  </th>
);
