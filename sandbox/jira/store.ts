/**
 * The state of one Jira site: plain records in tables, no behaviour. Surfaces (one folder each) read and write it; nothing else holds state.
 * Records are JSON-shaped so that a whole site can be written to a file and read back.
 */

import { Table, type Row } from './table';

export { Table } from './table';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Milliseconds since the epoch. REST answers render it as Jira does, e.g. 2026-11-24T09:10:00.000+0000. */
export type Moment = number;

export interface User extends Row {
  /** Equals accountId. */
  id: string;
  displayName: string;
  emailAddress: string;
  accountType: 'atlassian' | 'app' | 'customer';
  active: boolean;
  timeZone: string;
}

export interface Group extends Row {
  name: string;
  members: string[];
}

export type StatusCategory = 'TODO' | 'IN_PROGRESS' | 'DONE';

export interface Status extends Row {
  name: string;
  description: string;
  category: StatusCategory;
}

/** Jira's REST calls it issue type; people read "work type". */
export interface WorkType extends Row {
  name: string;
  description: string;
  /** 0 = standard, -1 = subtask, 1 = epic. */
  hierarchyLevel: number;
  avatarId: string;
  properties?: Record<string, Json>;
}

/** A rule as the bulk workflow API carries it: every parameter value is a string. */
export interface RuleConfiguration {
  id: string;
  ruleKey: string;
  parameters: Record<string, string>;
}

export interface ConditionGroup {
  operation: 'ALL' | 'ANY';
  conditions: RuleConfiguration[];
  conditionGroups: ConditionGroup[];
}

export interface WorkflowTransition {
  /** Chosen by whoever created the workflow, and kept. */
  id: string;
  type: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  name: string;
  description: string;
  /** Absent on a looped transition, which stays where it is. */
  toStatusId?: string;
  links: { fromStatusId: string; fromPort?: number; toPort?: number }[];
  conditions?: ConditionGroup;
  validators: RuleConfiguration[];
  actions: RuleConfiguration[];
  triggers: RuleConfiguration[];
  transitionScreen?: RuleConfiguration;
  properties: Record<string, string>;
}

export interface Workflow extends Row {
  name: string;
  description: string;
  version: { id: string; versionNumber: number };
  scope: { type: 'GLOBAL' } | { type: 'PROJECT'; projectId: string };
  isEditable: boolean;
  statuses: { statusId: string; properties: Record<string, string>; layout?: { x: number; y: number } }[];
  transitions: WorkflowTransition[];
  startPointLayout?: { x: number; y: number };
  created: Moment;
  updated: Moment;
}

export interface WorkflowScheme extends Row {
  name: string;
  description: string;
  defaultWorkflowId: string;
  /** work type id -> workflow id */
  mappings: Record<string, string>;
}

export interface WorkTypeScheme extends Row {
  name: string;
  description: string;
  defaultWorkTypeId?: string;
  workTypeIds: string[];
}

export interface Screen extends Row {
  name: string;
  description: string;
  tabs: { id: string; name: string; fieldIds: string[] }[];
}

export interface ScreenScheme extends Row {
  name: string;
  description: string;
  /** operation -> screen id; `default` is always there. */
  screens: { default: string; create?: string; edit?: string; view?: string };
}

export interface WorkTypeScreenScheme extends Row {
  name: string;
  description: string;
  defaultScreenSchemeId: string;
  mappings: Record<string, string>;
}

/** The part of a custom field's type key behind `com.atlassian.jira.plugin.system.customfieldtypes:`, or Jira's name of a system field. */
export type FieldKind =
  | 'textfield'
  | 'textarea'
  | 'select'
  | 'multiselect'
  | 'radiobuttons'
  | 'multicheckboxes'
  | 'cascadingselect'
  | 'userpicker'
  | 'multiuserpicker'
  | 'grouppicker'
  | 'multigrouppicker'
  | 'datepicker'
  | 'datetime'
  | 'float'
  | 'labels'
  | 'url'
  | 'system';

export interface FieldOption {
  id: string;
  value: string;
  disabled: boolean;
  /** Children of a cascading option. */
  parentId?: string;
}

export interface FieldContext {
  id: string;
  name: string;
  description: string;
  /** Empty = every project (global). */
  projectIds: string[];
  /** Empty = every work type. */
  workTypeIds: string[];
  options: FieldOption[];
}

export interface Field extends Row {
  /** summary, status ... or customfield_10050 */
  id: string;
  name: string;
  description: string;
  kind: FieldKind;
  searcherKey?: string;
  contexts: FieldContext[];
}

/** A field in the trash; its values stay with the work items. */
export interface TrashedField extends Field {
  trashedBy: string;
  trashed: Moment;
}

/** A picture that somebody uploaded for a work type, a project or a priority. */
export interface Avatar extends Row {
  type: 'issuetype' | 'project' | 'priority';
  ownerId: string;
  contentType: string;
  /** The picture in base64. */
  content: string;
}

export interface Resolution extends Row {
  name: string;
  description: string;
  /** Offered first where a resolution is asked for. */
  isDefault?: boolean;
}

export interface Priority extends Row {
  name: string;
  description: string;
  statusColor: string;
  /** Path of its icon on the site; by its name where absent. */
  iconUrl?: string;
  /** In the place of such a path. */
  avatarId?: string;
  /** Given to work items that are created without one. */
  isDefault?: boolean;
}

export interface LinkType extends Row {
  name: string;
  inward: string;
  outward: string;
}

export interface Role extends Row {
  name: string;
  description: string;
}

export interface PermissionGrant {
  /** Given when it is first told. */
  id?: string;
  permission: string;
  /** anyone = also anonymous; applicationRole = every licensed person. */
  holder:
    | { type: 'anyone' | 'applicationRole' | 'reporter' | 'assignee' | 'projectLead' }
    | { type: 'projectRole'; roleId: string }
    | { type: 'group'; groupId: string }
    | { type: 'user'; accountId: string };
}

export interface PermissionScheme extends Row {
  name: string;
  description: string;
  grants: PermissionGrant[];
}

export interface Project extends Row {
  key: string;
  name: string;
  description: string;
  projectTypeKey: 'software' | 'service_desk' | 'business';
  leadAccountId: string;
  assigneeType: 'PROJECT_LEAD' | 'UNASSIGNED';
  workTypeSchemeId: string;
  workflowSchemeId: string;
  workTypeScreenSchemeId: string;
  permissionSchemeId: string;
  /** Absent where every work item is open to all who may browse the project. */
  securitySchemeId?: string;
  /** role id -> actors */
  roleActors: Record<string, { users: string[]; groups: string[] }>;
  properties: Record<string, Json>;
  /** The picture that somebody chose for it. */
  avatarId?: string;
  issueCounter: number;
  /** Put away: still read by whoever could, changed by nobody, found by no search. */
  archived?: { by: string; at: Moment };
}

/** A project in the recycle bin with all that was in it. */
export interface DeletedProject extends Row {
  deletedBy: string;
  deleted: Moment;
  project: Project;
  issues: Issue[];
  links: IssueLink[];
}

/** Who changed what of the site's configuration. */
export interface AuditRecord extends Row {
  authorId?: string;
  created: Moment;
  category: string;
  summary: string;
  object: { id: string; name: string; typeName: string };
  changes: { fieldName: string; from: string; to: string }[];
}

export interface ChangeItem {
  field: string;
  fieldtype: 'jira' | 'custom';
  fieldId?: string;
  from: string | null;
  fromText: string | null;
  to: string | null;
  toText: string | null;
}

export interface Change {
  id: string;
  authorId: string;
  created: Moment;
  items: ChangeItem[];
}

export interface Comment {
  id: string;
  authorId: string;
  body: Json;
  created: Moment;
  updated: Moment;
  properties: { key: string; value: Json }[];
  /** Absent where everybody who sees the work item may read it. */
  visibility?: { type: 'role'; roleId: string } | { type: 'group'; groupId: string };
}

/** Jira's REST calls it issue; people read "work item". */
export interface Issue extends Row {
  key: string;
  projectId: string;
  workTypeId: string;
  statusId: string;
  creatorId: string;
  created: Moment;
  updated: Moment;
  statusChanged: Moment;
  resolved?: Moment;
  /**
   * Stored values by field id; an absent key is an empty field. Forms: text, url, date ("2026-11-24") = string; datetime = Moment; float = number;
   * textarea, description = ADF document; select, radio, cascading = option id (cascading: the child's, or the parent's alone); multi selects = option ids;
   * user = account id, users = account ids; group = group id; labels = string[]; priority, resolution, security = id.
   */
  fields: Record<string, Json>;
  properties: Record<string, Json>;
  changes: Change[];
  comments: Comment[];
  /** Account ids of those who watch it. */
  watchers?: string[];
  attachments?: Attachment[];
}

/** A file of a work item. */
export interface Attachment {
  id: string;
  filename: string;
  authorId: string;
  created: Moment;
  mimeType: string;
  size: number;
  /** In base64. */
  content: string;
}

export interface IssueLink extends Row {
  typeId: string;
  /** The one that performs the outward verb: "source hands over to destination". */
  sourceId: string;
  destinationId: string;
}

/** Who is in a level: as the holders of a permission. */
export type SecurityHolder = Exclude<PermissionGrant['holder'], { type: 'anyone' }>;

/** A closed circle of people: whoever is in it may see the work items that bear it. */
export interface SecurityLevel {
  id: string;
  name: string;
  description: string;
  members: { id: string; holder: SecurityHolder }[];
}

export interface SecurityScheme extends Row {
  name: string;
  description: string;
  defaultLevelId?: string;
  levels: SecurityLevel[];
}

/** With whom a dashboard or a filter is shared. */
export interface Share {
  id: string;
  with: { type: 'global' | 'authenticated' } | { type: 'group'; groupId: string } | { type: 'user'; accountId: string } | ProjectShare;
}

/** Without a role: everybody who may browse the project. */
export interface ProjectShare {
  type: 'project';
  projectId: string;
  roleId?: string;
}

/** One thing on a dashboard; the REST API calls it gadget or dashboard item. */
export interface Gadget {
  id: string;
  title: string;
  color: string;
  moduleKey?: string;
  uri?: string;
  row: number;
  column: number;
  properties: Record<string, Json>;
}

/** Jira's arrangements of columns: A is as wide as any other, B twice as wide. */
export type DashboardLayout = 'A' | 'AA' | 'AB' | 'BA' | 'AAA';

export interface Dashboard extends Row {
  name: string;
  description: string;
  ownerId: string;
  shares: Share[];
  editShares: Share[];
  gadgets: Gadget[];
  /** Two columns when absent. */
  layout?: DashboardLayout;
  /** Account ids of those who marked it with a star. */
  favouriteOf: string[];
}

export interface Filter extends Row {
  name: string;
  description: string;
  jql: string;
  ownerId: string;
  shares: Share[];
  editShares: Share[];
  favouriteOf: string[];
}

export interface Task extends Row {
  /** What may run only once at a time, or is asked for at an address of its own. */
  kind?: 'bulk' | 'workflows' | 'security' | 'project' | 'properties';
  description: string;
  status: 'ENQUEUED' | 'RUNNING' | 'COMPLETE' | 'FAILED' | 'CANCEL_REQUESTED' | 'CANCELLED' | 'DEAD';
  progress: number;
  submittedBy: string;
  submitted: Moment;
  started?: Moment;
  finished?: Moment;
  result?: Json;
  message?: string;
}

const FIRST_ID = 10_000;

export class Store {
  readonly users = new Table<User>();
  readonly groups = new Table<Group>();
  readonly statuses = new Table<Status>();
  readonly workTypes = new Table<WorkType>();
  readonly workTypeSchemes = new Table<WorkTypeScheme>();
  readonly workflows = new Table<Workflow>();
  readonly workflowSchemes = new Table<WorkflowScheme>();
  readonly screens = new Table<Screen>();
  readonly screenSchemes = new Table<ScreenScheme>();
  readonly workTypeScreenSchemes = new Table<WorkTypeScreenScheme>();
  readonly fields = new Table<Field>();
  readonly trashedFields = new Table<TrashedField>();
  readonly avatars = new Table<Avatar>();
  readonly resolutions = new Table<Resolution>();
  readonly priorities = new Table<Priority>();
  readonly linkTypes = new Table<LinkType>();
  readonly roles = new Table<Role>();
  readonly permissionSchemes = new Table<PermissionScheme>();
  readonly projects = new Table<Project>();
  readonly deletedProjects = new Table<DeletedProject>();
  readonly issues = new Table<Issue>();
  readonly links = new Table<IssueLink>();
  readonly tasks = new Table<Task>();
  readonly securitySchemes = new Table<SecurityScheme>();
  readonly dashboards = new Table<Dashboard>();
  readonly filters = new Table<Filter>();
  readonly auditRecords = new Table<AuditRecord>();

  /** The links of a work item, by its id. */
  readonly linksOf = this.links.index(({ sourceId, destinationId }) => [sourceId, destinationId]);
  /** The work items below another one, by its id. */
  readonly childrenOf = this.issues.index(({ fields }) => (typeof fields.parent === 'string' ? [fields.parent] : []));

  private sequences: Record<string, number> = {};
  private readonly issueIdByKey = new Map<string, string>();

  /** The next number of a sequence, as text: ids are per kind of thing, from 10000, as on a real site. */
  nextId(kind: string, first = FIRST_ID): string {
    const next = this.sequences[kind] ?? first;
    this.sequences[kind] = next + 1;
    return String(next);
  }

  putIssue(issue: Issue): Issue {
    this.issueIdByKey.set(issue.key, issue.id);
    return this.issues.put(issue);
  }

  deleteIssue(issue: Issue): void {
    this.issueIdByKey.delete(issue.key);
    this.issues.delete(issue.id);
  }

  /** By key or id, as every `issueIdOrKey` of the REST API. */
  issue(idOrKey: string): Issue | undefined {
    return this.issues.get(this.issueIdByKey.get(idOrKey.toUpperCase()) ?? idOrKey);
  }

  project(idOrKey: string): Project | undefined {
    return this.projects.get(idOrKey) ?? this.projects.find((one) => one.key === idOrKey.toUpperCase());
  }

  toJSON(): Json {
    const tables = Object.entries(this).filter(([, value]) => value instanceof Table) as [string, Table<Row>][];
    return structuredClone({
      sequences: this.sequences,
      tables: Object.fromEntries(tables.map(([name, table]) => [name, table.all()])),
    }) as unknown as Json;
  }

  load(snapshot: Json): void {
    const { sequences, tables } = structuredClone(snapshot) as unknown as {
      sequences: Record<string, number>;
      tables: Record<string, Row[]>;
    };
    this.sequences = sequences;
    for (const [name, rows] of Object.entries(tables)) (this as unknown as Record<string, Table<Row>>)[name]?.load(rows);
    this.issueIdByKey.clear();
    for (const issue of this.issues.all()) {
      for (const item of issue.changes.flatMap((one) => one.items)) {
        // a work item that was moved to another project goes on answering to its old key
        if (item.field === 'Key' && item.fromText) this.issueIdByKey.set(item.fromText, issue.id);
      }
    }
    for (const issue of this.issues.all()) this.issueIdByKey.set(issue.key, issue.id);
  }
}
