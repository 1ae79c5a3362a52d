/** The five processes and the eight work types (3.2), each with its main path through the shared statuses. */
import type { StatusKey } from './statuses';

/** In the method's own order; people read the verb. */
export const PROCESSES = {
  agree: 'Agree',
  change: 'Change',
  recover: 'Recover',
  operate: 'Operate',
  improve: 'Improve',
} as const;

export type ProcessKey = keyof typeof PROCESSES;
export const PROCESS_KEYS = Object.keys(PROCESSES) as ProcessKey[];

interface WorkTypeDefinition {
  name: string;
  process: ProcessKey;
  description: string;
  /** The way without detours, first to last; Waiting and Cancelled lie beside it. */
  path: readonly [StatusKey, ...StatusKey[]];
  /** Where Rework (T7) leads; the first is the usual one. */
  reworkTo: readonly [StatusKey, ...StatusKey[]];
  /** Where Work failed (T12) leads. */
  failTo: StatusKey;
  /** Where Reopen (T10) leads; the first is the usual one. */
  reopenTo: readonly [StatusKey, ...StatusKey[]];
}

const IMPROVE_PATH = ['registered', 'accepted', 'analysing', 'preparing', 'realising', 'reviewing', 'fulfilled', 'closed'] as const;
const IMPROVE = { process: 'improve', path: IMPROVE_PATH, reworkTo: ['preparing'], failTo: 'preparing', reopenTo: ['realising'] } as const;

export const WORK_TYPES = {
  wish: {
    name: 'Wish',
    process: 'agree',
    description: 'Somebody wants something that is not agreed yet, or wants an agreement changed.',
    path: ['registered', 'accepted', 'specifying', 'negotiating', 'realising', 'reviewing', 'fulfilled', 'closed'],
    reworkTo: ['realising', 'specifying'],
    failTo: 'negotiating',
    reopenTo: ['realising'],
  },
  rfc: {
    name: 'Request for Change',
    process: 'change',
    description: 'Something in the managed infrastructure register is to change, as the agreement foresees.',
    path: ['registered', 'accepted', 'planning', 'preparing', 'testing', 'realising', 'reviewing', 'fulfilled', 'closed'],
    reworkTo: ['preparing'],
    failTo: 'preparing',
    reopenTo: ['realising'],
  },
  incident: {
    name: 'Incident',
    process: 'recover',
    description: 'The service does less than was agreed, now or any moment.',
    path: ['registered', 'accepted', 'analysing', 'preparing', 'realising', 'reviewing', 'fulfilled', 'closed'],
    reworkTo: ['analysing'],
    failTo: 'analysing',
    reopenTo: ['realising', 'analysing'],
  },
  serviceRequest: {
    name: 'Service Request',
    process: 'operate',
    description: 'Agreed routine work that changes nothing in the register.',
    path: ['registered', 'accepted', 'planning', 'realising', 'reviewing', 'fulfilled', 'closed'],
    reworkTo: ['realising'],
    failTo: 'planning',
    reopenTo: ['realising', 'planning'],
  },
  complaint: {
    name: 'Complaint',
    process: 'agree',
    description: 'Somebody is dissatisfied about something that has happened.',
    path: ['registered', 'accepted', 'analysing', 'negotiating', 'realising', 'reviewing', 'fulfilled', 'closed'],
    reworkTo: ['negotiating'],
    failTo: 'negotiating',
    reopenTo: ['realising'],
  },
  improvement: { ...IMPROVE, name: 'Improvement', description: 'A better structure, way of working or tool.' },
  preventiveAction: { ...IMPROVE, name: 'Preventive Action', description: 'A threat that should not become an incident.' },
  optimization: { ...IMPROVE, name: 'Optimization', description: 'The same result with less time, money or effort.' },
} as const satisfies Record<string, WorkTypeDefinition>;

export type WorkTypeKey = keyof typeof WORK_TYPES;
export const WORK_TYPE_KEYS = Object.keys(WORK_TYPES) as WorkTypeKey[];

/** A work type as data, without the narrow literal types. */
export const workType = (key: WorkTypeKey): WorkTypeDefinition => WORK_TYPES[key];

export const isImprove = (key: WorkTypeKey): boolean => WORK_TYPES[key].process === 'improve';
