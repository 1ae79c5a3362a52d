import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { FieldView } from '../fields/views';
import { isEmptyValue, kindOf } from '../fields/kinds';
import type { FieldMeta, FieldSchema } from '../schemas';
import { InlineField } from './inline-field';
import { Section } from './section';
import type { ItemView } from './use-item';
import styles from './issue.module.css';

/** Always in the box, as on a work item of Jira. */
const FIRST = ['assignee', 'reporter', 'priority', 'labels'];
/** System fields that belong into the box once they hold something. */
const SYSTEM = ['resolution', 'duedate', 'components', 'fixVersions', 'parent'];
const EMPTY_WORDS: Record<string, string> = { assignee: 'Unassigned' };

export interface ShownField {
  id: string;
  name: string;
  schema: FieldSchema | undefined;
  meta: FieldMeta | undefined;
  value: unknown;
}

/** Every field of the item that a view may show, in the order of the edit screen, then the site's. */
export function shownFields({ item, editMeta, fields }: ItemView): ShownField[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const metas = new Map(editMeta.map((meta) => [meta.id, meta]));
  const ids = new Set([...FIRST, ...editMeta.map((meta) => meta.id), ...SYSTEM, ...fields.map((field) => field.id)]);
  return [...ids]
    .filter((id) => FIRST.includes(id) || SYSTEM.includes(id) || id.startsWith('customfield_'))
    .map((id) => {
      const meta = metas.get(id);
      const field = byId.get(id);
      return { id, name: meta?.name ?? field?.name ?? id, schema: meta?.schema ?? field?.schema, meta, value: item?.fields[id] };
    })
    .filter((field) => kindOf(field.schema) !== undefined);
}

const isParagraph = (field: ShownField): boolean => kindOf(field.schema) === 'paragraph';

/** Filled texts stand in the content column, below the description. */
export const textFields = (view: ItemView): ShownField[] => shownFields(view).filter((field) => isParagraph(field) && !isEmptyValue(field.value));

interface RowsProps {
  fields: ShownField[];
  projectKey: string;
  onSave: (fieldId: string, value: unknown) => Promise<void>;
}

function Rows({ fields, projectKey, onSave }: RowsProps) {
  return (
    <dl className={styles['rows']}>
      {fields.map((field) => (
        <div key={field.id} className={styles['row']}>
          <dt className={styles['rowName']}>{field.name}</dt>
          <dd className={styles['rowValue']}>
            <InlineField meta={field.meta} value={field.value} projectKey={projectKey} onSave={onSave}>
              <FieldView schema={field.schema} value={field.value} empty={EMPTY_WORDS[field.id] ?? 'None'} />
            </InlineField>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The Details box: what is filled first, what could be filled behind one button. */
export function Details({ view, onSave }: { view: ItemView; onSave: RowsProps['onSave'] }) {
  const [all, setAll] = useState(false);
  const fields = shownFields(view);
  const filled = fields.filter((field) => FIRST.includes(field.id) || (!isEmptyValue(field.value) && !isParagraph(field)));
  const open = fields.filter((field) => !FIRST.includes(field.id) && isEmptyValue(field.value) && field.meta);
  const projectKey = view.item?.fields.project.key ?? '';
  return (
    <Section title="Details" remember="details">
      <Rows fields={filled} projectKey={projectKey} onSave={onSave} />
      {all && <Rows fields={open} projectKey={projectKey} onSave={onSave} />}
      {open.length > 0 && (
        <div className={styles['more']}>
          <Button appearance="subtle" spacing="compact" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer fields' : `Show ${open.length} more ${open.length === 1 ? 'field' : 'fields'}`}
          </Button>
        </div>
      )}
    </Section>
  );
}
