/** One editor per kind of field, in one table. */
import type { ComponentType } from 'react';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import type { AllowedValue, FieldMeta } from '../schemas';
import { OneGroup, OneOf, OnePerson, SomeGroups, SomeOf, SomePeople, Words, type Option } from './choice';
import type { Draft, Drafts, Kind } from './kinds';
import styles from './fields.module.css';

export interface EditorProps<D> {
  id: string;
  meta: FieldMeta;
  draft: D;
  onChange: (draft: D) => void;
  invalid: boolean;
  describedBy?: string | undefined;
  autoFocus?: boolean | undefined;
  /** Project whose people may be assigned. */
  projectKey: string;
}

const label = (value: AllowedValue): string => value.value ?? value.name ?? value.id ?? '';
const asOptions = (values: AllowedValue[] | undefined): Option[] =>
  (values ?? [])
    .filter((value) => !value.disabled)
    .map((value) => ({ value: value.id ?? label(value), label: label(value), ...(value.iconUrl ? { icon: value.iconUrl } : {}) }));

type Shared = Omit<EditorProps<unknown>, 'draft' | 'onChange'>;

const choice = ({ id, meta, invalid, describedBy, autoFocus }: Shared) => ({
  id,
  label: meta.name,
  invalid,
  describedBy,
  autoFocus,
  required: meta.required,
});
const assignableIn = ({ meta, projectKey }: Shared): string | undefined => (meta.schema.system === 'assignee' ? projectKey : undefined);

/** A one-line box; the browser's own for numbers, dates and addresses. */
const line =
  (type: string): ComponentType<EditorProps<string>> =>
  ({ id, meta, draft, onChange, invalid, describedBy, autoFocus }) => (
    <Textfield
      id={id}
      type={type}
      step={type === 'number' ? 'any' : undefined}
      value={draft}
      isInvalid={invalid}
      isRequired={meta.required}
      aria-describedby={describedBy}
      autoFocus={autoFocus}
      onChange={(event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value)}
    />
  );

function Paragraph({ id, meta, draft, onChange, invalid, describedBy, autoFocus }: EditorProps<string>) {
  return (
    <TextArea
      id={id}
      value={draft}
      minimumRows={3}
      resize="smart"
      isInvalid={invalid}
      isRequired={meta.required}
      aria-describedby={describedBy}
      autoFocus={autoFocus ?? false}
      placeholder={meta.schema.system === 'comment' ? 'Add a comment' : ''}
      onChange={(event: { currentTarget: HTMLTextAreaElement }) => onChange(event.currentTarget.value)}
    />
  );
}

function Cascade(props: EditorProps<Drafts['cascade']>) {
  const { meta, draft, onChange } = props;
  const children = meta.allowedValues?.find((value) => value.id === draft.parent)?.children ?? [];
  const shared = choice(props);
  return (
    <div className={styles['stack']}>
      <OneOf {...shared} options={asOptions(meta.allowedValues)} value={draft.parent} onChange={(parent) => onChange({ parent, child: '' })} />
      {children.length > 0 && (
        <OneOf
          {...shared}
          id={`${props.id}-child`}
          label={`${meta.name}, second choice`}
          autoFocus={false}
          options={asOptions(children)}
          value={draft.child}
          onChange={(child) => onChange({ ...draft, child })}
        />
      )}
    </div>
  );
}

type Editors = { [K in Kind]: ComponentType<EditorProps<Drafts[K]>> };

const editors: Editors = {
  text: line('text'),
  number: line('number'),
  date: line('date'),
  datetime: line('datetime-local'),
  url: line('url'),
  item: line('text'),
  paragraph: Paragraph,
  cascade: Cascade,
  option: (props) => (
    <OneOf
      {...choice(props)}
      clearable={!props.meta.required}
      options={asOptions(props.meta.allowedValues)}
      value={props.draft}
      onChange={props.onChange}
    />
  ),
  options: (props) => <SomeOf {...choice(props)} options={asOptions(props.meta.allowedValues)} value={props.draft} onChange={props.onChange} />,
  user: (props) => <OnePerson {...choice(props)} assignableIn={assignableIn(props)} value={props.draft} onChange={props.onChange} />,
  users: (props) => <SomePeople {...choice(props)} value={props.draft} onChange={props.onChange} />,
  group: (props) => <OneGroup {...choice(props)} value={props.draft} onChange={props.onChange} />,
  groups: (props) => <SomeGroups {...choice(props)} value={props.draft} onChange={props.onChange} />,
  labels: (props) => <Words {...choice(props)} value={props.draft} onChange={props.onChange} />,
};

/** The editor of a field, whatever its kind. */
export function FieldEditor({ kind, ...props }: EditorProps<Draft> & { kind: Kind }) {
  const Editor = editors[kind] as ComponentType<EditorProps<Draft>>;
  return <Editor {...props} />;
}
