/** Profiles (1.5) and the actors of the transition tables (4.2): who may take a step, in terms Jira can check. */
import type { FieldKey } from './fields';

export const PROFILES = {
  coordinator: { name: 'USM coordinator', description: 'Steers the work items of a process: accepts, plans, asks, closes.' },
  operator: { name: 'USM operator', description: 'Carries out the work, alone or as part of a solution team.' },
  processManager: { name: 'USM process manager', description: 'Owns the outcome of a process and decides where the rules leave a choice.' },
  serviceManager: { name: 'USM service manager', description: 'Owns the relation with the customer and makes the agreements.' },
  lineManager: { name: 'USM line manager', description: 'Sees to people and means, so that teams can carry out what is agreed.' },
  teamCoordinator: { name: 'USM team coordinator', description: 'Leads the operators of a team.' },
  customer: { name: 'USM customer', description: 'Asks on behalf of a customer, and accepts offers if named as representative.' },
  panel: { name: 'USM panel', description: 'Keeps the management system alive: reviews, improvements, audits.' },
} as const;

export type ProfileKey = keyof typeof PROFILES;
export const PROFILE_KEYS = Object.keys(PROFILES) as ProfileKey[];

interface ActorDefinition {
  /** As in the tables of 4.2. */
  code: string;
  profiles: readonly ProfileKey[];
  /** User fields whose person may act. */
  fields: readonly FieldKey[];
  reporter?: true;
  app?: true;
}

export const ACTORS = {
  /** The reporter stands in for Asked by until Accept has filled it. */
  requester: { code: 'REQ', profiles: [], fields: ['askedBy'], reporter: true },
  /** Whoever asked for it, and nobody else: the requester of a root, the asking side of a child. */
  askedBy: { code: 'REQ', profiles: [], fields: ['askedBy'] },
  serviceManager: { code: 'SM', profiles: ['serviceManager'], fields: [] },
  coordinator: { code: 'CO', profiles: ['coordinator'], fields: [] },
  processManager: { code: 'PM', profiles: ['processManager'], fields: [] },
  operator: { code: 'OP', profiles: ['operator'], fields: [] },
  /** Approvers and acceptors are chosen by V48 and V13; the button is open to those who may be one. */
  approver: { code: 'approver', profiles: ['coordinator', 'processManager'], fields: [] },
  acceptor: { code: 'acceptor', profiles: ['coordinator', 'operator', 'processManager'], fields: [] },
  app: { code: 'APP', profiles: [], fields: [], app: true },
} as const satisfies Record<string, ActorDefinition>;

export type ActorKey = keyof typeof ACTORS;
export const actor = (key: ActorKey): ActorDefinition => ACTORS[key];
