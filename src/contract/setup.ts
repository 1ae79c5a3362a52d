/** What the setup page asks, and what it gets back. Setup runs as the administrator, one short step a call. */
import { z } from 'zod';
import { moment, person, projectKey, trouble } from './common';

export const PLAN_KINDS = [
  'linkType',
  'role',
  'status',
  'workType',
  'field',
  'resolution',
  'screen',
  'screenScheme',
  'workTypeScreenScheme',
  'workTypeScheme',
  'workflow',
  'workflowScheme',
  'project',
] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** What to do about a name that the site has already: use what is there, or give ours another name. */
export const CHOICES = ['reuse', 'rename'] as const;
export const choice = z.enum(CHOICES);
export type Choice = z.infer<typeof choice>;

/** At most so many existing spaces in one plan: each is several steps. */
export const SPACES_PER_PLAN = 10;

export const newSpace = z.object({ kind: z.literal('new'), key: projectKey, name: z.string().trim().min(2).max(80) });
export const existingSpaces = z.object({ kind: z.literal('existing'), keys: z.array(projectKey).min(1).max(SPACES_PER_PLAN) });

export const setupTarget = z.object({
  spaces: z.discriminatedUnion('kind', [newSpace, existingSpaces]),
  /** warn: the rules an administrator may set begin as warnings. */
  begin: z.enum(['warn', 'enforce']).default('warn'),
  /** Node id -> what was decided about it. */
  choices: z.record(z.string().max(100), choice).default({}),
});
export type SetupTarget = z.infer<typeof setupTarget>;

/** blocks: no plan before it is mended. decide: the plan asks. know: good to know. fine: as it should be. */
export const FINDING_LEVELS = ['blocks', 'decide', 'know', 'fine'] as const;
export const finding = z.object({
  id: z.string(),
  level: z.enum(FINDING_LEVELS),
  /** The fact. */
  title: z.string(),
  /** What it means for the person. */
  text: z.string().optional(),
  /** The plan's node where it is decided. */
  node: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;

export const space = z.object({
  id: z.string(),
  key: projectKey,
  name: z.string(),
  /** Why USM cannot work there; absent: it can. */
  unfit: z.string().optional(),
  /** USM works there already. */
  ours: z.boolean(),
});
export type Space = z.infer<typeof space>;

export const assessment = z.object({
  state: z.literal('ok'),
  asOf: moment,
  /** ms it took to read. */
  took: z.number().int(),
  requests: z.number().int(),
  findings: z.array(finding),
  spaces: z.array(space),
});
export type Assessment = z.infer<typeof assessment>;

/** create: is made. change: exists and is completed or switched. reuse: exists and is not touched. conflict: stands in the way until decided. */
export const PLAN_ACTIONS = ['create', 'change', 'reuse', 'conflict'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

export const planNode = z.object({
  id: z.string(),
  kind: z.enum(PLAN_KINDS),
  name: z.string(),
  action: z.enum(PLAN_ACTIONS),
  detail: z.string().optional(),
  /** What may be decided here, the first one recommended; `chosen` once somebody has. */
  choices: z.array(z.object({ value: choice, text: z.string() })).optional(),
  chosen: choice.optional(),
  /** Inside the object, for reading: "27 transitions", "13 USM gates". */
  inside: z.array(z.string()).optional(),
});
export type PlanNode = z.infer<typeof planNode>;

export const setupPlan = z.object({
  state: z.literal('ok'),
  target: setupTarget,
  /** Apply runs exactly the plan of this hash, or says what changed since. */
  hash: z.string(),
  madeAt: moment,
  nodes: z.array(planNode),
  counts: z.object({ create: z.number().int(), change: z.number().int(), reuse: z.number().int(), conflict: z.number().int() }),
  /** Requests to Jira that apply will make at most. */
  requests: z.number().int(),
  /** About so many seconds. */
  seconds: z.number().int(),
  /** Jira permissions that apply needs, in Jira's words. */
  permissions: z.array(z.string()),
  /** What an uninstall would leave behind, and what would go. */
  leaves: z.object({ stays: z.array(z.string()), goes: z.array(z.string()) }),
});
export type SetupPlan = z.infer<typeof setupPlan>;

/** How one step went. */
export const stepResult = z.object({
  name: z.string(),
  made: z.number().int(),
  reused: z.number().int(),
  /** ms it took, over all tries. */
  took: z.number().int(),
  /** What the person should know of it: a wait that Jira asked for, a second try, a skip. */
  note: z.string().optional(),
});
export type StepResult = z.infer<typeof stepResult>;

export const SETUP_PHASES = ['none', 'running', 'failed', 'done', 'undoing', 'undoFailed', 'undone'] as const;

export const setupProgress = z.object({
  state: z.literal('ok'),
  phase: z.enum(SETUP_PHASES),
  target: setupTarget.optional(),
  hash: z.string().optional(),
  /** Steps done, of all; while undoing, the steps of the undoing. */
  step: z.number().int(),
  of: z.number().int(),
  done: z.array(stepResult),
  /** Names of the steps that are still to come, the current one first. */
  left: z.array(z.string()),
  failed: z.object({ name: z.string(), text: z.string(), reference: z.string(), skippable: z.boolean() }).optional(),
  reads: z.number().int(),
  writes: z.number().int(),
  /** Objects this run has made so far, and an undo would remove. */
  made: z.number().int(),
  /** After an undo: what stays, and why. */
  kept: z.array(z.object({ name: z.string(), why: z.string() })),
  startedBy: person.optional(),
  endedAt: moment.optional(),
  /** Somebody else's call is at work on the step. */
  busy: z.boolean(),
});
export type SetupProgress = z.infer<typeof setupProgress>;

export const planChanged = z.object({
  state: z.literal('changed'),
  text: z.string(),
  /** Names of what is different from the plan. */
  changes: z.array(z.string()),
});
export type PlanChanged = z.infer<typeof planChanged>;

export const check = z.object({
  id: z.string(),
  what: z.string(),
  found: z.string(),
  /** How we know it. */
  how: z.string(),
  is: z.enum(['ok', 'look', 'wrong']),
});
export type Check = z.infer<typeof check>;

export const verification = z.object({
  state: z.literal('ok'),
  asOf: moment,
  checks: z.array(check),
  /** Number of deviations from the blueprint; the drift page names them. */
  drifts: z.number().int(),
  next: z.array(z.object({ id: z.string(), text: z.string(), minutes: z.number().int(), done: z.boolean() })),
  /** The plan that was applied last. */
  proof: z.object({ hash: z.string(), by: z.string(), at: moment }).optional(),
});
export type Verification = z.infer<typeof verification>;

const progressed = z.union([setupProgress, planChanged, trouble]);

export const setupCalls = {
  'setup.status': { request: z.object({}), answer: z.union([setupProgress, trouble]) },
  'setup.assess': { request: z.object({}), answer: z.union([assessment, trouble]) },
  'setup.plan': { request: setupTarget, answer: z.union([setupPlan, trouble]) },
  /** Runs the next step of the plan with this hash; the first call starts it. `skip`: leaves out the step that failed. */
  'setup.step': { request: z.object({ target: setupTarget, hash: z.string(), skip: z.boolean().default(false) }), answer: progressed },
  /** Removes, step by step, what the run with this hash has made. The first call starts it. */
  'setup.undo': { request: z.object({ hash: z.string() }), answer: progressed },
  'setup.verify': { request: z.object({}), answer: z.union([verification, trouble]) },
} as const;
