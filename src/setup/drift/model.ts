/** What drift compares, and what it finds. Pure. */
import type { DRIFT_SEVERITIES, SetupTarget } from '../../contract';
import type { RuleLevels, WorkTypeKey } from '../../method';
import type { RuleAris } from '../payload';
import type { Ids, PartKey } from '../site';
import type { Mend, StatusInFull, Workflow } from './workflow';

/** Kinds of deviation; each is found, told and, where `fix` says so, mended by itself. */
export const KINDS = [
  'object.gone',
  'object.renamed',
  'status.category',
  'linkType.words',
  'field.choices',
  'screen.field',
  'screen.fieldAdded',
  'workflow.gone',
  'status.removed',
  'status.added',
  'status.lock',
  'transition.removed',
  'transition.remade',
  'transition.renamed',
  'transition.target',
  'transition.sources',
  'transition.sourceAdded',
  'transition.everywhere',
  'transition.added',
  'rule.gone',
  'rule.off',
  'rule.changed',
  'rule.added',
  'who.gone',
  'who.changed',
  'ask.gone',
  'ask.other',
  'ask.added',
  'space.gone',
  'space.scheme',
  'scheme.types',
  'scheme.screens',
  'scheme.workflows',
  'app.permission',
] as const;
export type Kind = (typeof KINDS)[number];

/** Parts whose objects are known by id and name. */
export const NAMED = ['linkTypes', 'roles', 'resolutions', 'statuses', 'workTypes', 'fields', 'screens'] as const;
export type NamedPart = (typeof NAMED)[number];

export const SPACE_SCHEMES = ['workTypeScheme', 'workTypeScreenScheme', 'workflowScheme'] as const;
export type SpaceScheme = (typeof SPACE_SCHEMES)[number];

export interface StatusText {
  name: string;
  category: 'TODO' | 'IN_PROGRESS' | 'DONE';
}

export interface LinkTypeText {
  name: string;
  inward: string;
  outward: string;
}

/** What a mend outside workflows does; ids are the site's. */
export type Act =
  /** Runs the part's own `ensure`: the object is made anew under a new id. */
  | { do: 'make'; part: PartKey; key: string }
  | { do: 'rename'; part: Exclude<NamedPart, 'statuses' | 'linkTypes'>; id: string; key: string; name: string }
  /** Jira takes these whole, so that two changes of one are written together. */
  | { do: 'status'; id: string; now: StatusText; change: Partial<StatusText> }
  | { do: 'linkType'; id: string; now: LinkTypeText; change: Partial<LinkTypeText> }
  | { do: 'choices'; fieldId: string; contextId: string; add: readonly string[]; enable: readonly string[] }
  | { do: 'screenFields'; screenId: string; tabId: string | undefined; fieldIds: readonly string[] }
  | { do: 'switch'; scheme: SpaceScheme; projectId: string; schemeId: string }
  | { do: 'schemeTypes'; schemeId: string; typeIds: readonly string[] }
  | { do: 'schemeScreens'; schemeId: string; typeId: string; screenSchemeId: string; mapped: boolean }
  | { do: 'screenScheme'; id: string; view: string; create: string }
  | { do: 'schemeWorkflows'; schemeId: string; workflows: Readonly<Record<string, string>> };

export type Fix = { on: 'workflow'; type: WorkTypeKey; mend: Mend } | { on: 'site'; act: Act };

export interface Deviation {
  /** Stable over readings. */
  id: string;
  kind: Kind;
  severity: (typeof DRIFT_SEVERITIES)[number];
  sentence: string;
  meaning: string;
  says: string[];
  has: string[];
  /** What repair does; empty where there is no fix. */
  repair: string[];
  /** As Jira's audit log names it. */
  about: { id: string; name: string };
  fix?: Fix;
}

export interface NamedRow {
  id: string;
  name: string;
}

export interface ScreenRow extends NamedRow {
  tabs: readonly { id: string; fieldIds: readonly string[] }[];
}

interface FieldRow extends NamedRow {
  /** Of fields with a list of choices, in the context for all spaces. */
  choices?: { contextId: string; rows: readonly { value: string; disabled: boolean }[] };
}

interface SpaceRow {
  id: string;
  key: string;
  name: string;
  schemes: Partial<Record<SpaceScheme, string>>;
}

export interface SchemesRow {
  /** By id of the scheme. */
  types: Readonly<Record<string, readonly string[]>>;
  /** By id of the scheme, then of the work type. */
  screens: Readonly<Record<string, Readonly<Record<string, string>>>>;
  workflows: Readonly<Record<string, Readonly<Record<string, string>>>>;
  screenSchemes: readonly { id: string; view: string; create: string }[];
}

/** What the site has, as far as it could be read: what is absent is not compared. */
export interface Actual {
  linkTypes?: readonly (NamedRow & LinkTypeText)[];
  roles?: readonly NamedRow[];
  resolutions?: readonly NamedRow[];
  statuses?: readonly (NamedRow & StatusText)[];
  workTypes?: readonly NamedRow[];
  fields?: readonly FieldRow[];
  screens?: readonly ScreenRow[];
  workflows?: { rows: readonly Workflow[]; statuses: readonly StatusInFull[]; aris: RuleAris | undefined };
  spaces?: { rows: readonly SpaceRow[]; schemes: SchemesRow };
  /** What the app may not do, by id of the space. */
  access?: readonly { id: string; lacks: readonly string[] }[];
}
export type ReadingPart = keyof Actual;

/** What the method wants of this site; the blueprint is the same everywhere. */
export interface Expected {
  ids: Ids;
  /** As setup would be asked for today: holds what was decided about names. */
  target: SetupTarget;
  projects: readonly { id: string; key: string; name: string; existing: boolean }[];
  environmentId: string;
  rules: {
    /** As administrators have set them: what is put back carries them. */
    levels: RuleLevels;
    /** Gates are switched off on purpose. */
    paused: boolean;
    /** All of ours were taken off on purpose. */
    removed: boolean;
  };
}

/** Whether an object of ours has gone from the site; what hangs on it is not told again. */
export function isLost({ ids }: Expected, actual: Actual, part: NamedPart | 'workflows', key: string): boolean {
  const rows = part === 'workflows' ? actual.workflows?.rows : actual[part];
  const id = ids[part][key];
  return rows !== undefined && id !== undefined && !rows.some((one) => one.id === id);
}
