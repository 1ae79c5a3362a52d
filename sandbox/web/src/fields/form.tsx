/** A form over a set of fields, as the create dialog and a transition's screen show it. */
import { useState } from 'react';
import { FieldEditor } from './editors';
import { kindOf, kinds, toDraft, toRest, isEmptyValue, type Draft } from './kinds';
import type { FieldMeta } from '../schemas';
import styles from './fields.module.css';

export type FormDrafts = Record<string, Draft>;

/** Fields of a screen that these pages can edit; project, type and the like stand elsewhere. */
const ELSEWHERE = new Set(['project', 'issuetype', 'attachment', 'issuelinks', 'worklog', 'timetracking']);
export const editable = (fields: FieldMeta[]): FieldMeta[] => fields.filter((meta) => !ELSEWHERE.has(meta.id) && kindOf(meta.schema));

/** What a form starts with: the value the work item has, else the field's default. */
export function startDrafts(fields: FieldMeta[], values: Record<string, unknown> = {}): FormDrafts {
  return Object.fromEntries(
    editable(fields).map((meta) => {
      const kind = kindOf(meta.schema) ?? 'text';
      const value = isEmptyValue(values[meta.id]) ? meta.defaultValue : values[meta.id];
      return [meta.id, meta.id === 'comment' ? '' : toDraft(kind, value)];
    }),
  );
}

/** The filled fields of a form as REST takes them. */
export function filledFields(fields: FieldMeta[], drafts: FormDrafts): Record<string, unknown> {
  return Object.fromEntries(
    editable(fields).flatMap((meta) => {
      const kind = kindOf(meta.schema) ?? 'text';
      const value = toRest(kind, drafts[meta.id] ?? kinds[kind].empty);
      return isEmptyValue(value) ? [] : [[meta.id, value]];
    }),
  );
}

interface FormFieldsProps {
  fields: FieldMeta[];
  drafts: FormDrafts;
  errors: Record<string, string>;
  projectKey: string;
  onChange: (id: string, draft: Draft) => void;
}

/** The fields of a form; the first empty one that is required has the focus. */
export function FormFields({ fields, drafts, errors, projectKey, onChange }: FormFieldsProps) {
  const shown = editable(fields);
  const first = shown.find((meta) => meta.required && isEmptyValue(drafts[meta.id]));
  const [focused] = useState(first?.id);
  return (
    <>
      {shown.map((meta) => {
        const kind = kindOf(meta.schema) ?? 'text';
        const inputId = `form-${meta.id}`;
        const error = errors[meta.id];
        return (
          <div key={meta.id} className={styles['field']}>
            <label className={styles['fieldLabel']} htmlFor={inputId}>
              {meta.name}
              {meta.required && (
                <span className={styles['required']} aria-hidden="true">
                  *
                </span>
              )}
            </label>
            <FieldEditor
              kind={kind}
              id={inputId}
              meta={meta}
              draft={drafts[meta.id] ?? kinds[kind].empty}
              invalid={Boolean(error)}
              describedBy={error ? `${inputId}-error` : undefined}
              projectKey={projectKey}
              autoFocus={meta.id === focused}
              onChange={(draft) => onChange(meta.id, draft)}
            />
            {error && <FieldError id={`${inputId}-error`}>{error}</FieldError>}
          </div>
        );
      })}
    </>
  );
}

export function FieldError({ id, children }: { id: string; children: string }) {
  return (
    <div id={id} className={styles['error']} role="alert">
      {children}
    </div>
  );
}
