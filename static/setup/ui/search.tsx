import { classes } from '../../shared/classes';
import control from '../../shared/control.module.css';
import { Icon } from '../../shared/icons';
import styles from './search.module.css';

interface SearchProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Narrows what is shown with every letter. */
export const Search = ({ label, value, onChange }: SearchProps) => (
  <div className={classes(styles['search'], control['control'], control['compact'])}>
    <Icon name="search" />
    <input type="search" aria-label={label} placeholder={label} value={value} onChange={(event) => onChange(event.target.value)} />
  </div>
);
