/** Atlaskit's select, set up once: names for its options, menus that no dialog cuts off, and a search on the site where a list would be too long. */
import type { ReactNode } from 'react';
import Select, { AsyncSelect, CreatableSelect } from '@atlaskit/select';
import type { Person } from '../schemas';
import { api } from '../api';
import { PersonName } from '../ui/person';
import styles from './fields.module.css';

export interface Option {
  value: string;
  label: string;
  icon?: string;
}

interface Common {
  id: string;
  label: string;
  invalid?: boolean;
  describedBy?: string | undefined;
  placeholder?: string;
  autoFocus?: boolean | undefined;
  required?: boolean;
}

const MENU_LAYER = 700;
const common = ({ id, label, invalid, describedBy, placeholder, autoFocus, required }: Common) => ({
  inputId: id,
  'aria-label': label,
  isInvalid: Boolean(invalid),
  descriptionId: describedBy,
  placeholder: placeholder ?? 'Select...',
  autoFocus: Boolean(autoFocus),
  isRequired: Boolean(required),
  menuPortalTarget: document.body,
  menuPlacement: 'auto' as const,
  styles: { menuPortal: (base: object) => ({ ...base, zIndex: MENU_LAYER }) },
});

const withIcon = (option: Option): ReactNode =>
  option.icon ? (
    <span className={styles['withIcon']}>
      <img src={option.icon} alt="" width={16} height={16} />
      {option.label}
    </span>
  ) : (
    option.label
  );

export function OneOf({
  options,
  value,
  onChange,
  clearable = true,
  ...rest
}: Common & { options: Option[]; value: string; onChange: (value: string) => void; clearable?: boolean }) {
  return (
    <Select<Option>
      {...common(rest)}
      options={options}
      value={options.find((option) => option.value === value) ?? null}
      isClearable={clearable}
      formatOptionLabel={withIcon}
      onChange={(chosen) => onChange(chosen?.value ?? '')}
    />
  );
}

export function SomeOf({ options, value, onChange, ...rest }: Common & { options: Option[]; value: string[]; onChange: (value: string[]) => void }) {
  return (
    <Select<Option, true>
      {...common(rest)}
      isMulti
      closeMenuOnSelect={false}
      options={options}
      value={options.filter((option) => value.includes(option.value))}
      onChange={(chosen) => onChange(chosen.map((option) => option.value))}
    />
  );
}

export function Words({ value, onChange, ...rest }: Common & { value: string[]; onChange: (value: string[]) => void }) {
  return (
    <CreatableSelect<Option, true>
      {...common({ placeholder: 'Type and press Enter', ...rest })}
      isMulti
      options={[]}
      value={value.map((word) => ({ value: word, label: word }))}
      noOptionsMessage={() => 'Type a label and press Enter'}
      formatCreateLabel={(typed: string) => `${typed} (new label)`}
      onChange={(chosen) => onChange(chosen.map((option) => option.value.trim().replace(/\s+/g, '_')))}
    />
  );
}

const personSearch = {
  getOptionLabel: (one: Person) => one.displayName,
  getOptionValue: (one: Person) => one.accountId,
  formatOptionLabel: (one: Person) => <PersonName person={one} />,
  defaultOptions: true,
  cacheOptions: true,
};

interface PersonChoice extends Common {
  /** Only people who may be given work in this project; everyone when absent. */
  assignableIn?: string | undefined;
}

const find = (projectKey: string | undefined) => (query: string) => (projectKey ? api.assignable(projectKey, query) : api.users(query));

export function OnePerson({
  value,
  onChange,
  assignableIn,
  ...rest
}: PersonChoice & { value: Person | null; onChange: (value: Person | null) => void }) {
  return (
    <AsyncSelect<Person>
      {...common({ placeholder: assignableIn ? 'Unassigned' : 'Search people', ...rest })}
      {...personSearch}
      loadOptions={find(assignableIn)}
      isClearable
      value={value}
      onChange={(chosen) => onChange(chosen)}
    />
  );
}

export function SomePeople({ value, onChange, assignableIn, ...rest }: PersonChoice & { value: Person[]; onChange: (value: Person[]) => void }) {
  return (
    <AsyncSelect<Person, true>
      {...common({ placeholder: 'Search people', ...rest })}
      {...personSearch}
      loadOptions={find(assignableIn)}
      isMulti
      value={value}
      onChange={(chosen) => onChange([...chosen])}
    />
  );
}

interface Group {
  groupId: string;
  name: string;
}

const groupSearch = {
  getOptionLabel: (one: Group) => one.name,
  getOptionValue: (one: Group) => one.groupId,
  defaultOptions: true,
  loadOptions: api.groups,
};

export function OneGroup({ value, onChange, ...rest }: Common & { value: Group | null; onChange: (value: Group | null) => void }) {
  return (
    <AsyncSelect<Group>
      {...common({ placeholder: 'Search groups', ...rest })}
      {...groupSearch}
      isClearable
      value={value}
      onChange={(chosen) => onChange(chosen)}
    />
  );
}

export function SomeGroups({ value, onChange, ...rest }: Common & { value: Group[]; onChange: (value: Group[]) => void }) {
  return (
    <AsyncSelect<Group, true>
      {...common({ placeholder: 'Search groups', ...rest })}
      {...groupSearch}
      isMulti
      value={value}
      onChange={(chosen) => onChange([...chosen])}
    />
  );
}
