/** What a run of setup keeps between its steps: enough for the next step, for another administrator, and for taking everything back. */
import { z } from 'zod';
import { choice, moment, person, type Person, SETUP_PHASES, setupTarget, stepResult, type SetupProgress } from '../contract';
import type { Setting } from '../platform/kvs';
import type { Lease } from '../platform/lease';
import { type Installed, partIds } from './model';
import type { Clients } from './site';

const former = z.object({ workTypeScheme: z.string(), workTypeScreenScheme: z.string(), workflowScheme: z.string() });

export const setupState = z.object({
  version: z.literal(2),
  target: setupTarget,
  hash: z.string(),
  phase: z.enum(SETUP_PHASES).exclude(['none']),
  /** Steps done; of the undoing, while undoing. */
  step: z.number().int(),
  done: z.array(stepResult),
  /** Of everything found or made. */
  ids: partIds,
  /** What this run made: key -> id, or '' where it was about to. */
  made: partIds,
  /** Schemes of existing spaces before their switch. */
  former: z.record(z.string(), former),
  reads: z.number().int(),
  writes: z.number().int(),
  failed: z.object({ name: z.string(), text: z.string(), reference: z.string(), skippable: z.boolean() }).optional(),
  kept: z.array(z.object({ name: z.string(), why: z.string() })),
  startedBy: person,
  endedAt: moment.optional(),
});
export type SetupState = z.infer<typeof setupState>;

/** The nodes of the plan that was shown last, so that a refusal can name what changed. */
export const plannedNodes = z.object({
  hash: z.string(),
  nodes: z.record(z.string(), z.object({ name: z.string(), action: z.string(), chosen: choice.optional() })),
});
export type PlannedNodes = z.infer<typeof plannedNodes>;

export interface Tools {
  clients: Clients;
  environmentId: string;
  /** Brings the app's own tables up to date. */
  migrate(): Promise<void>;
  lease: Lease;
  progress: Setting<SetupState>;
  planned: Setting<PlannedNodes>;
  installed: Setting<Installed>;
  /** Who asks. */
  by: Person;
  /** The rules are in the workflows: from here on how strict they are is kept by the app. Safe to do twice. */
  rulesPutIn(): Promise<void>;
  /** Brings what an earlier blueprint or somebody's edits left different up to the blueprint; accepted variants stay. Answers how much that was. */
  straighten(): Promise<number>;
  /** ms that Jira has made us wait in this invocation. */
  waited(): number;
}

export const countOf = (made: SetupState['made']): number => Object.values(made).reduce((sum, keys) => sum + Object.keys(keys).length, 0);

/** What the page sees. `names`: of all steps. */
export function progressOf(state: SetupState | undefined, names: readonly string[], busy = false): SetupProgress {
  if (!state) return { state: 'ok', phase: 'none', step: 0, of: 0, done: [], left: [], reads: 0, writes: 0, made: 0, kept: [], busy };
  const { target, phase, hash, step, done, reads, writes, made, failed, kept, startedBy, endedAt } = state;
  return {
    state: 'ok',
    phase,
    target,
    hash,
    step,
    of: names.length,
    done,
    left: names.slice(step),
    reads,
    writes,
    made: countOf(made),
    kept,
    startedBy,
    busy,
    ...(failed && { failed }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
