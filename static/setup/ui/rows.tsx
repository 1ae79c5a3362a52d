/** Buttons that take a row out of a list, and add one. */
import Button from '@atlaskit/button/new';
import { Icon } from '../../shared/icons';
import styles from './rows.module.css';

export const Remove = ({ what, disabled = false, onRemove }: { what: string; disabled?: boolean; onRemove: () => void }) => (
  <button type="button" className={styles['remove']} disabled={disabled} aria-label={`Remove ${what}`} title={`Remove ${what}`} onClick={onRemove}>
    <Icon name="cross" />
  </button>
);

export const Add = ({ what, id, onAdd }: { what: string; id?: string; onAdd: () => void }) => (
  <div>
    <Button {...(id !== undefined && { id })} appearance="subtle" spacing="compact" iconBefore={() => <Icon name="plus" />} onClick={onAdd}>
      Add {what}
    </Button>
  </div>
);
