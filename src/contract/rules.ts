/** The rules page: every rule, where it stands, how strict it is, what it did; pausing all of them, and taking them off for good. */
import { z } from 'zod';
import { issueKey, moment, ruleId, trouble, workTypeKey } from './common';

/** off: not asked. warn: told in the panel and recorded. enforce: refused. */
export const LEVELS = ['off', 'warn', 'enforce'] as const;
export const level = z.enum(LEVELS);
export type Level = z.infer<typeof level>;

export const ruleRow = z.object({
  rule: ruleId,
  /** What it asks, and why. */
  asks: z.string(),
  why: z.string(),
  /** Steps it guards: "Request for Change: Release". */
  where: z.array(z.object({ type: workTypeKey, typeName: z.string(), step: z.string() })),
  level,
  /** The administrator may set the level. */
  settable: z.boolean(),
  /** Another level begins at this moment. */
  next: z.object({ level, at: moment }).optional(),
  /** gate: asked by the app. who: asked by Jira of the person acting. system: a rule of Jira's own. */
  carrier: z.enum(['gate', 'who', 'system']),
  /** What happens when the rule cannot be judged. */
  onFailure: z.string(),
  /** Declared and not judged by this version: lets pass. */
  judged: z.boolean(),
  /** In the last 30 days. */
  refused: z.number().int(),
  letThrough: z.number().int(),
});
export type RuleRow = z.infer<typeof ruleRow>;

export const pause = z.object({ reason: z.string(), by: z.string(), at: moment, until: moment });
export type Pause = z.infer<typeof pause>;

export const rulesOverview = z.object({
  state: z.literal('ok'),
  asOf: moment,
  rules: z.array(ruleRow),
  paused: pause.optional(),
  /** USM rules in Jira's workflows: how many, and how many of them are off. */
  inJira: z.object({
    rules: z.number().int(),
    disabled: z.number().int(),
    /** Not yet as decided here; a round every five minutes finishes it. */
    behind: z.number().int().optional(),
  }),
  /** All rules were taken off the workflows. */
  removed: z.object({ by: z.string(), at: moment }).optional(),
  /** The last pause that has ended: what was passed meanwhile that a rule would have refused. `checked`: everything was looked at. */
  lastPause: z
    .object({
      by: z.string(),
      from: moment,
      to: moment,
      checked: z.boolean(),
      exceptions: z.array(z.object({ key: issueKey, rule: ruleId, step: z.string(), at: moment })),
    })
    .optional(),
  /** What was changed last: "V13 from Warn to Enforce". */
  log: z.array(z.object({ text: z.string(), by: z.string(), at: moment })),
});
export type RulesOverview = z.infer<typeof rulesOverview>;

const overview = z.union([rulesOverview, trouble]);

export const MOST_HOURS_PAUSED = 168;

export const ruleCalls = {
  'rules.overview': { request: z.object({}), answer: overview },
  /** at: absent begins now. */
  'rules.setLevel': { request: z.object({ rule: ruleId, level, at: moment.optional() }), answer: overview },
  'rules.pause': {
    request: z.object({ reason: z.string().trim().min(3).max(500), hours: z.number().min(0.5).max(MOST_HOURS_PAUSED) }),
    answer: overview,
  },
  'rules.resume': { request: z.object({}), answer: overview },
  /** Takes every rule of the app off its workflows; work items stay, what Jira itself checks stays. */
  'rules.remove': { request: z.object({}), answer: overview },
} as const;
