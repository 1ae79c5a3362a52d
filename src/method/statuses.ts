/** The fourteen shared statuses (4.1). No workflow may add one. */

export type StatusCategory = 'TODO' | 'IN_PROGRESS' | 'DONE';

interface StatusDefinition {
  name: string;
  category: StatusCategory;
  /** In plain words, shown wherever a person asks what the status means. */
  meaning: string;
  /** The record is complete: nobody edits it any more (T9). */
  locked?: true;
}

export const STATUSES = {
  registered: { name: 'Registered', category: 'TODO', meaning: 'Logged, and nobody has taken it on yet.' },
  accepted: { name: 'Accepted', category: 'TODO', meaning: 'Requester, service and agreement are checked; it is being classified.' },
  specifying: {
    name: 'Specifying',
    category: 'IN_PROGRESS',
    meaning: 'The wanted service is being described: facility and support, what and how well.',
  },
  analysing: { name: 'Analysing', category: 'IN_PROGRESS', meaning: 'Someone is looking for the solution or the cause.' },
  negotiating: { name: 'Negotiating', category: 'IN_PROGRESS', meaning: 'The offer or the answer is drafted and discussed with the customer.' },
  planning: { name: 'Planning', category: 'IN_PROGRESS', meaning: 'The plan and its place in the calendar are being agreed.' },
  preparing: { name: 'Preparing', category: 'IN_PROGRESS', meaning: 'The change is built, the recovery prepared or the measure chosen.' },
  testing: { name: 'Testing', category: 'IN_PROGRESS', meaning: 'Tests run, and somebody else accepts it for production.' },
  realising: { name: 'Realising', category: 'IN_PROGRESS', meaning: 'The work is handed over, or is being carried out.' },
  waiting: { name: 'Waiting', category: 'IN_PROGRESS', meaning: 'Paused for the customer, a supplier or a date.' },
  reviewing: { name: 'Reviewing', category: 'IN_PROGRESS', meaning: 'Delivered, and being checked with whoever asked for it.' },
  fulfilled: { name: 'Fulfilled', category: 'DONE', meaning: 'Whoever asked for it has confirmed the result.' },
  closed: { name: 'Closed', category: 'DONE', meaning: 'Evaluated and complete. What comes later is new work that follows from it.', locked: true },
  cancelled: { name: 'Cancelled', category: 'DONE', meaning: 'Ended without delivery; the resolution says why.' },
} as const satisfies Record<string, StatusDefinition>;

export type StatusKey = keyof typeof STATUSES;
export const STATUS_KEYS = Object.keys(STATUSES) as StatusKey[];

/** Whether a work item in this status is read-only. */
export const isLocked = (status: StatusKey): boolean => 'locked' in STATUSES[status];

export const RESOLUTIONS = {
  delivered: { name: 'Delivered', meaning: 'Done as asked, and confirmed.' },
  answered: { name: 'Answered', meaning: 'The customer got the answer; nothing else was asked of anyone.' },
  riskAccepted: { name: 'Risk accepted', meaning: 'The process manager accepts the remaining risk until the review date.' },
  declined: { name: 'Declined', meaning: 'Not taken on; the reason tells why.' },
  withdrawn: { name: 'Withdrawn', meaning: 'The requester no longer needs it.' },
  notAgreed: { name: 'Not agreed', meaning: 'Customer and provider did not come to an agreement.' },
  reclassified: { name: 'Reclassified', meaning: 'Goes on as another work type, linked to this one.' },
  duplicate: { name: 'Duplicate', meaning: 'Already registered elsewhere.' },
  superseded: { name: 'Superseded', meaning: 'Something newer took its place.' },
} as const;

export type ResolutionKey = keyof typeof RESOLUTIONS;
