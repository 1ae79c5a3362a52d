import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from '@atlaskit/button/new';
import CheckMarkIcon from '@atlaskit/icon/core/check-mark';
import CrossIcon from '@atlaskit/icon/core/cross';
import { refusal } from '../api';
import { FieldEditor } from '../fields/editors';
import { FieldError } from '../fields/form';
import { kindOf, toDraft, toRest, type Draft, type Kind } from '../fields/kinds';
import type { FieldMeta } from '../schemas';
import styles from './issue.module.css';

/** A choice from a list is saved as soon as it is made, as Jira does. */
const IMMEDIATE = new Set<Kind>(['option', 'user', 'group']);

interface InlineFieldProps {
  /** undefined = this person may not edit the field here. */
  meta: FieldMeta | undefined;
  value: unknown;
  projectKey: string;
  children: ReactNode;
  onSave: (fieldId: string, value: unknown) => Promise<void>;
}

/** A value that turns into its editor when clicked, as on a work item. */
export function InlineField({ meta, value, projectKey, children, onSave }: InlineFieldProps) {
  const kind = kindOf(meta?.schema);
  const [draft, setDraft] = useState<Draft>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const id = useId();

  const editing = draft !== undefined;
  useEffect(() => {
    if (wasEditing.current && !editing) opener.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  if (!meta || !kind || !meta.operations.includes('set')) return <div className={styles['readOnly']}>{children}</div>;

  const close = (): void => {
    setDraft(undefined);
    setError(undefined);
  };
  const save = async (chosen = draft): Promise<void> => {
    if (chosen === undefined || busy) return;
    setBusy(true);
    try {
      await onSave(meta.id, toRest(kind, chosen));
      close();
    } catch (failure) {
      const { messages, fields } = refusal(failure);
      setError(fields[meta.id] ?? [...messages, ...Object.values(fields)].join(' '));
    } finally {
      setBusy(false);
    }
  };

  if (!editing) {
    return (
      <div className={styles['inline']}>
        <button
          ref={opener}
          type="button"
          className={styles['inlineOpener']}
          aria-label={`Edit ${meta.name}`}
          onClick={() => setDraft(toDraft(kind, value))}
        />
        <div className={styles['inlineValue']}>{children}</div>
      </div>
    );
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
  };
  return (
    <form
      className={styles['inlineForm']}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FieldEditor
        kind={kind}
        id={id}
        meta={meta}
        draft={draft}
        onChange={(chosen) => {
          setDraft(chosen);
          if (IMMEDIATE.has(kind)) void save(chosen);
        }}
        invalid={Boolean(error)}
        describedBy={error ? `${id}-error` : undefined}
        projectKey={projectKey}
        autoFocus
      />
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <div className={styles['inlineActions']}>
        <IconButton type="submit" icon={CheckMarkIcon} label={`Save ${meta.name}`} spacing="compact" isLoading={busy} />
        <IconButton icon={CrossIcon} label="Cancel" spacing="compact" onClick={close} />
      </div>
    </form>
  );
}
