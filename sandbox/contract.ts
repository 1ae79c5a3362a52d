/** What the parts of the site (jira/, forge/, web/) promise each other. Shapes follow Forge's and Jira's documents; sources stand in docs/fidelity.md. */
import type { Json } from './jira/store';

/** A workflow rule module of an installed app, as `GET /workflows/capabilities` lists it in `forgeRules`. */
export interface ForgeRule {
  /** ari:cloud:ecosystem::extension/{appId}/{environmentId}/static/{moduleKey} */
  id: string;
  ruleKey: 'forge:expression-validator' | 'forge:expression-condition' | 'forge:workflow-post-function';
  ruleType: 'Validator' | 'Condition' | 'PostFunction';
  name: string;
  description: string;
  /** A Jira expression that judges it; absent where a function of the app does. */
  expression?: string;
  /** What people read when an expression refuses: words, or an expression that finds them. */
  errorMessage?: string | { expression: string };
}

/** What a `jira:actionValidator` may guard, as far as the site does it; the platform's list is longer. */
export type GuardedAction = 'workItemEdited' | 'workItemTypeChanged' | 'workItemAssigned' | 'workItemDeleted';

/** A `jira:actionValidator` module of an installed app. */
export interface ActionValidator {
  id: string;
  action: GuardedAction;
  expression: string;
  errorMessage?: string;
}

/** The argument of a function validator. No user in it: the platform does not tell who moves the work item. */
export interface ValidatorEvent {
  /** No key yet while the work item is being created. */
  issue: { key: string | null };
  configuration: Json;
  transition: { from: { id: string }; to: { id: string }; modifiedFields: Record<string, Json> };
}

export interface PostFunctionEvent {
  issue: { id: string; key: string };
  configuration: Json;
  transition: { id: string; name: string; executionId: string; from: { id: string }; to: { id: string } };
  workflow: { id: string; name: string };
  changelog?: { id: string };
  comment?: { id: string };
  /** Who moved it. */
  atlassianId: string;
}

/** Judges the rules that Forge apps put into workflows. The workflow engine calls it; forge/ implements it. */
export interface RuleHost {
  rules(): ForgeRule[];
  /** What apps say to changes outside of transitions; absent = nothing. */
  actionValidators?(): ActionValidator[];
  /** A fault or a time-out of the app is a refusal (fail closed), never a rejected promise. */
  validate(ruleId: string, event: ValidatorEvent): Promise<{ result: boolean; errorMessage?: string }>;
  /** Runs later; the transition has already happened. */
  runPostFunction(ruleId: string, event: PostFunctionEvent): void;
}

/** A path in an entity property of work items that an app asks Jira to index (module jira:entityProperty), so that queries find it. */
export interface IndexedProperty {
  propertyKey: string;
  /** Parts joined by dots; empty for the value itself. */
  path: string;
  type: 'number' | 'string' | 'text' | 'user' | 'date';
  /** The name of the path in queries (searchAlias). */
  alias?: string;
}

/** A product event (`avi:jira:...`) with its payload as apps receive it; delivery, delay and doubling are forge/'s business. */
export interface JiraEvent {
  eventType: string;
  /** Whose act it was; forge/ derives `selfGenerated` and `filter.ignoreSelf` from it. */
  atlassianId: string | undefined;
  payload: { [key: string]: Json };
}

/** Who a REST request inside the site acts as. forge/ calls Jira in-process this way for asApp() and asUser(). */
export interface Identity {
  accountId: string | undefined;
  /** True when a Forge app asks, as itself or for a person: app-only operations answer, and scopes apply. */
  viaApp: boolean;
  /** Which app asks, where one does: some operations answer with what is its own only. */
  appId?: string;
}

/** What jira/ offers to forge/ and web/. */
export interface JiraSite {
  /** A REST request without a socket. `path` begins with /rest/. */
  request(
    identity: Identity,
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string | Uint8Array },
  ): Promise<Response>;
  userExists(accountId: string): boolean;
  /** Creates (or finds) the app's own user and gives it the role that app users hold in every project. Answers its account id. */
  installAppUser(appName: string): string;
}

/** A UI module of the installed app at a place of the site, as the pages need it to show its frame. */
export interface PlacedModule {
  moduleKey: string;
  /** jira:issueContext, jira:issuePanel, jira:issueAction, jira:adminPage, jira:globalPage ... */
  type: string;
  title: string;
  label?: string;
  icon?: string;
  status?: Json;
  /** Address of the frame on the app's own origin. */
  frameUrl: string;
  viewportSize?: string;
  /** Path of the module's own page on the site; admin, global and project pages have one. */
  address?: string;
  description?: string;
  /** Gadgets: address of the picture in the directory of gadgets. */
  thumbnail?: string;
  /** Gadgets: false where the app refreshes what it shows by itself. */
  refreshable?: boolean;
  /** jira:issueContext: the app's function tells the status. */
  hasDynamicStatus?: boolean;
  /** Gadgets and workflow rules: what a dashboard or a workflow names them by. */
  extensionId?: string;
  /** Gadgets: address of the frame in which a person sets them up. */
  editFrameUrl?: string;
  /** Workflow rules: addresses of the frames in which an administrator sets them up and reads how they are. */
  rulePages?: Partial<Record<RulePage, string>>;
}

/** The pages a workflow rule of an app may have. */
export type RulePage = 'create' | 'edit' | 'view';
