/** Everything Jira needs to work the USM way, derived from the method: data with names, no ids of any site, no requests. */
import {
  actor,
  carriersOf,
  FIELD_KEYS,
  field,
  type FieldKey,
  type FieldKind,
  LINK_TYPES,
  PROFILE_KEYS,
  PROFILES,
  type ProfileKey,
  type ResolutionKey,
  RESOLUTIONS,
  RULES,
  STATUS_KEYS,
  STATUSES,
  type StatusKey,
  type Transition,
  WORK_TYPE_KEYS,
  workType,
  type Workflow,
  WORKFLOWS,
  type WorkTypeKey,
} from '../method';

/** A thing that setup makes or finds by its name. `key` is ours and stays the same for ever. */
export interface Item {
  key: string;
  name: string;
}

export interface FieldItem extends Item {
  key: FieldKey;
  description: string;
  type: string;
  searcherKey: string;
  options: readonly string[];
}

/** Stands on a screen: a field of Jira's own, or one of the method. */
export type ScreenField = { system: string } | { field: FieldKey };

export interface ScreenItem extends Item {
  description: string;
  fields: readonly ScreenField[];
}

export interface ScreenSchemeItem extends Item {
  key: WorkTypeKey;
  /** Keys of screens; `view` serves editing too. */
  create: string;
  view: string;
}

export interface TransitionItem {
  /** The method's key; `create` is the way in. */
  key: string;
  id: string;
  name: string;
  /** No source: the initial transition. */
  from: readonly StatusKey[];
  to: StatusKey;
  /** Who may see and take it; absent: everybody. */
  who?: { roles: readonly ProfileKey[]; fields: readonly FieldKey[]; reporter: boolean; app: boolean };
  /** Only for work items that came from this status last. */
  cameFrom?: StatusKey;
  /** Required by Jira itself, with our sentence. */
  required?: { fields: readonly FieldKey[]; sentence: string };
  gate: boolean;
  /** Something is asked of whoever takes it. */
  actor: boolean;
  after: boolean;
  resolution?: ResolutionKey | 'clear';
  clears?: readonly FieldKey[];
  /** Key of the screen that asks on the way. */
  screen?: string;
}

export interface WorkflowItem extends Item {
  key: WorkTypeKey;
  description: string;
  statuses: readonly { status: StatusKey; x: number; y: number }[];
  transitions: readonly TransitionItem[];
}

const FIELD_TYPES = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Type and searcher of a custom field, as the OpenAPI document pairs them (CustomFieldDefinitionJsonBean). */
const KINDS: Record<FieldKind, readonly [type: string, searcher: string]> = {
  text: ['textfield', 'textsearcher'],
  paragraph: ['textarea', 'textsearcher'],
  option: ['select', 'multiselectsearcher'],
  options: ['multiselect', 'multiselectsearcher'],
  cascade: ['cascadingselect', 'cascadingselectsearcher'],
  user: ['userpicker', 'userpickergroupsearcher'],
  users: ['multiuserpicker', 'userpickergroupsearcher'],
  date: ['datepicker', 'daterange'],
  moment: ['datetime', 'datetimerange'],
  number: ['float', 'exactnumber'],
  labels: ['labels', 'labelsearcher'],
};

const system = (...ids: string[]): ScreenField[] => ids.map((id) => ({ system: id }));
const own = (keys: readonly FieldKey[]): ScreenField[] => keys.map((key) => ({ field: key }));

/** Links too: a child is created together with the link to its parent, in one request. */
const ASKED_AT_FIRST = ['summary', 'description', 'reporter', 'priority', 'labels', 'issuelinks'] as const;

const fieldsOf = (type: WorkTypeKey): FieldKey[] => FIELD_KEYS.filter((key) => field(key).on.includes(type));

const createScreen = (type: WorkTypeKey): ScreenItem => ({
  key: `create.${type}`,
  name: `USM ${workType(type).name}: create`,
  description: `Asked when a ${workType(type).name} is registered.`,
  fields: [...system(...ASKED_AT_FIRST), ...own(fieldsOf(type).filter((key) => field(key).create))],
});

/** Fields that the app writes stand here as well: Jira lets nobody write a field that is not on the edit screen. */
const viewScreen = (type: WorkTypeKey): ScreenItem => ({
  key: `view.${type}`,
  name: `USM ${workType(type).name}: view and edit`,
  description: `All fields of a ${workType(type).name}.`,
  fields: [...system(...ASKED_AT_FIRST, 'assignee', 'duedate'), ...own(fieldsOf(type))],
});

const askKey = (fields: readonly FieldKey[]): string => `ask.${fields.join('+')}`;

/** One screen for all transitions that ask the same. */
function askScreens(): ScreenItem[] {
  const lists = WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions.flatMap((one) => (one.screen ? [one.screen] : [])));
  return [...new Map(lists.map((fields) => [askKey(fields), fields])).entries()].map(([key, fields]) => ({
    key,
    name: `USM asks: ${fields.map((one) => field(one).name).join(', ')}`,
    description: 'Asked on the way by every transition that needs just this.',
    fields: own(fields),
  }));
}

const INITIAL: TransitionItem = { key: 'create', id: '1', name: 'Create', from: [], to: 'registered', gate: false, actor: false, after: false };

function transitionItem(transition: Transition): TransitionItem {
  const actors = transition.who.map(actor);
  const required = transition.rules.find((id) => RULES[id].carrier === 'system');
  return {
    key: transition.key,
    id: String(transition.id),
    name: transition.name,
    from: transition.from,
    to: transition.to,
    who: {
      roles: PROFILE_KEYS.filter((key) => actors.some((one) => one.profiles.includes(key))),
      fields: FIELD_KEYS.filter((key) => actors.some((one) => one.fields.includes(key))),
      reporter: actors.some((one) => one.reporter),
      app: actors.some((one) => one.app),
    },
    ...(transition.kind === 'resume' && { cameFrom: transition.to }),
    ...(required && { required: { fields: transition.screen ?? [], sentence: RULES[required].sentence } }),
    gate: transition.rules.some((id) => carriersOf(id).includes('gate')),
    actor: transition.rules.some((id) => RULES[id].who !== undefined),
    after: transition.after.length > 0,
    ...(transition.resolution && { resolution: transition.resolution }),
    ...(transition.clears && { clears: transition.clears }),
    ...(transition.screen && { screen: askKey(transition.screen) }),
  };
}

const COLUMN = 220;
const ROW = 240;

/** The path runs from left to right; Waiting lies below its middle, Cancelled below its end. */
function layout(type: WorkTypeKey, statuses: readonly StatusKey[]): WorkflowItem['statuses'] {
  const { path } = workType(type);
  const beside: Partial<Record<StatusKey, number>> = { waiting: Math.floor(path.length / 2) - 1, cancelled: path.length - 1 };
  return statuses.map((status) => {
    const at = path.indexOf(status);
    return at >= 0 ? { status, x: at * COLUMN, y: 0 } : { status, x: (beside[status] ?? 0) * COLUMN, y: ROW };
  });
}

const workflowItem = ({ type, name, statuses, transitions }: Workflow): WorkflowItem => ({
  key: type,
  name,
  description: workType(type).description,
  statuses: layout(type, statuses),
  transitions: [INITIAL, ...transitions.map(transitionItem)],
});

const entries = <Key extends string, Row>(table: Record<Key, Row>): [Key, Row][] => Object.entries(table) as [Key, Row][];

/** The role that every app's user holds in every project. Jira's own: found, never made. */
export const APP_ROLE = { key: 'app', name: 'atlassian-addons-project-access' } as const;

export const BLUEPRINT = {
  linkTypes: entries(LINK_TYPES).map(([key, { name, inward, outward }]) => ({ key, name, inward, outward })),
  roles: PROFILE_KEYS.map((key) => ({ key, ...PROFILES[key] })),
  resolutions: entries(RESOLUTIONS).map(([key, { name, meaning }]) => ({ key, name, description: meaning })),
  statuses: STATUS_KEYS.map((key) => ({ key, name: STATUSES[key].name, description: STATUSES[key].meaning, category: STATUSES[key].category })),
  workTypes: WORK_TYPE_KEYS.map((key) => ({ key, name: workType(key).name, description: workType(key).description })),
  fields: FIELD_KEYS.map((key): FieldItem => {
    const { name, description, kind, options = [] } = field(key);
    const [type, searcher] = KINDS[kind];
    return { key, name, description, type: FIELD_TYPES + type, searcherKey: FIELD_TYPES + searcher, options };
  }),
  screens: [...WORK_TYPE_KEYS.map(createScreen), ...WORK_TYPE_KEYS.map(viewScreen), ...askScreens()],
  screenSchemes: WORK_TYPE_KEYS.map((key): ScreenSchemeItem => ({
    key,
    name: `USM ${workType(key).name}`,
    create: `create.${key}`,
    view: `view.${key}`,
  })),
  workTypeScreenScheme: { key: 'usm', name: 'USM screens' },
  workTypeScheme: { key: 'usm', name: 'USM work types' },
  workflows: WORK_TYPE_KEYS.map((key) => workflowItem(WORKFLOWS[key])),
  workflowScheme: { key: 'usm', name: 'USM workflows' },
} as const;

/** What all schemes and screens carry as their description. */
export const MADE_BY = 'Made by USM for Jira.';
