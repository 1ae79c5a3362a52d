/** Follow-ups that are to be made: a work type and a sentence each. */
import Button from '@atlaskit/button/new';
import type { DeedForm } from '../../src/contract';
import control from '../shared/control.module.css';
import { classes } from '../shared/classes';
import { Icon } from '../shared/icons';
import { TypeGlyph } from '../shared/type-glyph';
import styles from './deed.module.css';
import type { NewFollowUp } from './evaluation';

interface FollowUpListProps {
  form: DeedForm;
  list: readonly NewFollowUp[];
  onChange: (list: NewFollowUp[]) => void;
  onAdd: () => void;
}

export const summaryId = (id: string): string => `follow-up-${id}`;

export function FollowUpList({ form, list, onChange, onAdd }: FollowUpListProps) {
  const change = (id: string, part: Partial<NewFollowUp>): void => onChange(list.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const types = form.followUps.filter((one) => one.type !== 'incident');
  return (
    <div className={styles['list']} role="group" aria-label="Follow-ups">
      <p>Created and linked as follow-ups on Close</p>
      {list.map((one, index) => (
        <div key={one.id} className={classes(styles['line'], control['control'], control['compact'])}>
          <TypeGlyph type={one.type} />
          <input
            id={summaryId(one.id)}
            type="text"
            maxLength={200}
            aria-label={`Follow-up ${String(index + 1)}, what has to improve`}
            required
            value={one.summary}
            onChange={({ target }) => change(one.id, { summary: target.value })}
          />
          <select
            aria-label={`Follow-up ${String(index + 1)}, work type`}
            value={one.type}
            onChange={({ target }) => change(one.id, { type: types.find(({ type }) => type === target.value)?.type ?? one.type })}
          >
            {types.map(({ type, typeName }) => (
              <option key={type} value={type}>
                {typeName}
              </option>
            ))}
          </select>
          {list.length > 1 && (
            <button
              type="button"
              className={styles['remove']}
              aria-label={`Remove follow-up ${String(index + 1)}`}
              onClick={() => onChange(list.filter(({ id }) => id !== one.id))}
            >
              <Icon name="cross" />
            </button>
          )}
        </div>
      ))}
      <div>
        <Button appearance="subtle" spacing="compact" onClick={onAdd}>
          Add another
        </Button>
      </div>
    </div>
  );
}
