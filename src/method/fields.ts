/**
 * The native Jira fields USM needs. A field exists when a person types it, a screen needs it, or a board, filter or export must see it;
 * everything else is a record of the app. What people type stays readable without the app.
 */
import { type WorkTypeKey, WORK_TYPE_KEYS, WORK_TYPES } from './work-types';

/** Jira's custom field types we use. */
export type FieldKind = 'text' | 'paragraph' | 'option' | 'options' | 'cascade' | 'user' | 'users' | 'date' | 'moment' | 'number' | 'labels';

interface FieldDefinition {
  name: string;
  kind: FieldKind;
  description: string;
  /** Work types that carry it on their view and edit screens. */
  on: readonly WorkTypeKey[];
  /** Also asked when a work item is created. */
  create?: true;
  /** Fixed choices. An option field without them follows the organisation: its customers, services, teams, categories. */
  options?: readonly string[];
  /** Written by the app alone; shown, never on an edit screen. */
  app?: true;
}

/** The five questions of the evaluation (2.1), as the usual answer and the one that is told in words. Each is answered by one of its two. */
export const EVALUATION = [
  ['Handled properly', 'Not handled properly'],
  ['Recorded well enough', 'Not recorded well enough'],
  ['No lesson', 'A lesson'],
  ['No candidate for a standard', 'A candidate for a standard'],
  ['Nothing to improve elsewhere', 'Something to improve elsewhere'],
] as const;

/** How a result is confirmed that nobody answered in time (T8, A22). */
export const BY_SILENCE = 'No answer in time';
/** How a grouped work item is confirmed: by whoever confirmed its main one. */
export const CONFIRMED_WITH_GROUP = 'With its group';

const ALL = WORK_TYPE_KEYS;
const IMPROVE: readonly WorkTypeKey[] = ['improvement', 'preventiveAction', 'optimization'];
const FORKING: readonly WorkTypeKey[] = ALL.filter((key) => key !== 'serviceRequest');
const RATED: readonly WorkTypeKey[] = ALL.filter((key) => key !== 'preventiveAction');

export const FIELDS = {
  customer: { name: 'Customer', kind: 'option', description: 'For whom this is.', on: ALL, create: true },
  service: { name: 'Service', kind: 'option', description: 'The service this is about.', on: ALL, create: true },
  requester: { name: 'Requester', kind: 'user', description: 'Who asks, when that is not the reporter.', on: ALL, create: true },
  askedBy: {
    name: 'Asked by',
    kind: 'user',
    description: 'Who asked for this work item, and so confirms or refuses the result.',
    on: ALL,
    create: true,
    app: true,
  },
  reportTime: {
    name: 'Report time',
    kind: 'moment',
    description: 'When it was first reported; the clocks of the agreement run from here.',
    on: ALL,
    create: true,
  },
  catalogItem: {
    name: 'Catalog item',
    kind: 'option',
    description: 'What was asked for, as the catalog names it.',
    on: ['serviceRequest', 'rfc', 'wish'],
    create: true,
  },
  category: { name: 'Category', kind: 'cascade', description: 'What kind of matter this is.', on: ALL, create: true },
  impact: {
    name: 'Impact',
    kind: 'option',
    options: ['High', 'Medium', 'Low', 'Nil'],
    description: 'How far the customer is affected.',
    on: RATED,
    create: true,
  },
  urgency: {
    name: 'Urgency',
    kind: 'option',
    options: ['High', 'Medium', 'Low'],
    description: 'How little delay the customer can bear.',
    on: RATED,
    create: true,
  },
  effect: {
    name: 'Effect',
    kind: 'option',
    options: ['High', 'Medium', 'Low', 'Nil'],
    description: 'How bad it is if it happens.',
    on: ['preventiveAction'],
    create: true,
  },
  likelihood: {
    name: 'Likelihood',
    kind: 'option',
    options: ['High', 'Medium', 'Low'],
    description: 'How probable it is.',
    on: ['preventiveAction'],
    create: true,
  },
  coordinator: { name: 'Coordinator', kind: 'user', description: 'Who steers this until it is closed.', on: ALL },
  solutionTeam: { name: 'Solution team', kind: 'option', description: 'The team that does the work, or is asked to.', on: ALL, create: true },
  respondBy: { name: 'Respond by', kind: 'moment', description: 'When the agreement promises a first answer.', on: ALL, app: true },
  dueBy: { name: 'Deliver or restore by', kind: 'moment', description: 'When the agreement promises the result.', on: ALL, create: true },

  observed: { name: 'Observed', kind: 'paragraph', description: 'What the service does, or does not do, now.', on: ['incident'], create: true },
  agreed: { name: 'Agreed', kind: 'paragraph', description: 'What it should do according to the agreement.', on: ['incident'], create: true },
  solution: { name: 'Solution', kind: 'paragraph', description: 'How the service will work again.', on: ['incident'] },
  recoveryRoute: {
    name: 'Recovery route',
    kind: 'option',
    options: ['Change', 'Operate', 'Change and operate'],
    description: 'Which process brings the service back.',
    on: ['incident'],
  },
  workaround: { name: 'Workaround', kind: 'option', options: ['Yes', 'No'], description: 'Yes if the cause stays where it is.', on: ['incident'] },
  whyNoPrevention: {
    name: 'Why no Preventive Action',
    kind: 'paragraph',
    description: 'Why the cause may stay where it is.',
    on: ['incident'],
  },

  itemsConcerned: { name: 'Items concerned', kind: 'labels', description: 'Managed items this is about.', on: ALL, create: true },
  itemsToChange: {
    name: 'Items to change',
    kind: 'labels',
    description: 'Managed items whose registered attributes change.',
    on: ['rfc', 'incident', 'serviceRequest', ...IMPROVE],
    create: true,
  },
  itemsToAdd: { name: 'Items to add', kind: 'labels', description: 'Managed items that come into the register.', on: ['rfc'], create: true },
  registerUpdate: {
    name: 'Register updated',
    kind: 'option',
    options: ['Updated', 'No change after all'],
    description: 'Whether the register says what changed.',
    on: ['rfc'],
  },
  registerReason: { name: 'Why no change', kind: 'paragraph', description: 'Why nothing registered changed after all.', on: ['rfc'] },

  changeCategory: {
    name: 'Change category',
    kind: 'option',
    options: ['Standard', 'Normal', 'Significant', 'Emergency'],
    description: 'How much planning and agreement the change needs.',
    on: ['rfc'],
  },
  plan: { name: 'Plan', kind: 'paragraph', description: 'What is done, by whom, with what effect.', on: ['rfc'] },
  backOut: { name: 'Back-out', kind: 'paragraph', description: 'How to return if it fails.', on: ['rfc'] },
  approvers: {
    name: 'Approvers',
    kind: 'users',
    description: 'Who has to approve the plan. Empty: whoever takes Agree plan approves it.',
    on: ['rfc'],
  },
  testPlan: { name: 'Test plan', kind: 'paragraph', description: 'How we know it works.', on: ['rfc'] },
  testResult: {
    name: 'Test result',
    kind: 'option',
    options: ['All passed', 'Accepted with deviations'],
    description: 'How the tests of the plan ended.',
    on: ['rfc'],
  },
  testReason: { name: 'Why deviations are accepted', kind: 'paragraph', description: 'What did not pass, and why it may go on.', on: ['rfc'] },
  deploymentPlan: { name: 'Deployment plan', kind: 'paragraph', description: 'How it is put in place.', on: ['rfc'] },
  windowStart: { name: 'Window start', kind: 'moment', description: 'When the change may begin.', on: ['rfc'] },
  windowEnd: { name: 'Window end', kind: 'moment', description: 'When the change must be done.', on: ['rfc'] },

  plannedDate: { name: 'Planned for', kind: 'moment', description: 'When it will be carried out.', on: ['serviceRequest'] },
  result: {
    name: 'What was done',
    kind: 'paragraph',
    description: 'What was done, in words the requester understands.',
    on: ['incident', 'serviceRequest'],
  },

  timing: {
    name: 'When it happened',
    kind: 'option',
    options: ['In the past', 'It is happening now'],
    description: 'A complaint is about the past; what is happening now is an incident.',
    on: ['complaint'],
    create: true,
  },
  aboutPeople: {
    name: 'People it is about',
    kind: 'users',
    description: 'Whose work the complaint is about; they do not handle it.',
    on: ['complaint'],
    create: true,
  },
  finding: {
    name: 'Finding',
    kind: 'option',
    options: ['Founded', 'Partly founded', 'Unfounded'],
    description: 'What the investigation found.',
    on: ['complaint'],
  },
  findingText: { name: 'Explanation', kind: 'paragraph', description: 'Why that is the finding.', on: ['complaint'] },
  answer: { name: 'Answer', kind: 'paragraph', description: 'What the customer is told.', on: ['complaint'] },

  source: {
    name: 'Source',
    kind: 'option',
    options: ['Evaluation', 'Trend', 'Audit', 'Panel', 'Idea', 'Monitoring'],
    description: 'Where this comes from.',
    on: IMPROVE,
    create: true,
  },
  layer: {
    name: 'What it touches',
    kind: 'options',
    options: ['People', 'Process', 'Technology', 'Service', 'Agreement'],
    description: 'Which part of the organisation it is about.',
    on: IMPROVE,
    create: true,
  },
  cause: { name: 'Cause', kind: 'paragraph', description: 'Why it is as it is.', on: IMPROVE },
  causeCategory: {
    name: 'Kind of cause',
    kind: 'option',
    options: ['People', 'Process', 'Technology', 'Supplier', 'Outside'],
    description: 'Where the cause lies.',
    on: IMPROVE,
  },
  measure: { name: 'Measure', kind: 'paragraph', description: 'What will be done about it, and what was weighed against it.', on: IMPROVE },
  businessCase: { name: 'Business case', kind: 'paragraph', description: 'What the measure brings, against what it costs.', on: IMPROVE },
  residualEffect: {
    name: 'Remaining effect',
    kind: 'option',
    options: ['High', 'Medium', 'Low', 'Nil'],
    description: 'Effect after the measure.',
    on: ['preventiveAction'],
  },
  residualLikelihood: {
    name: 'Remaining likelihood',
    kind: 'option',
    options: ['High', 'Medium', 'Low'],
    description: 'Likelihood after the measure.',
    on: ['preventiveAction'],
  },
  reviewDate: { name: 'Review date', kind: 'date', description: 'When an accepted risk is looked at again.', on: IMPROVE },
  baseline: { name: 'Value today', kind: 'number', description: 'What it is before the measure.', on: IMPROVE },
  target: { name: 'Target value', kind: 'number', description: 'What it should become.', on: IMPROVE },
  achieved: { name: 'Value achieved', kind: 'number', description: 'What it became.', on: IMPROVE },
  notMeasurable: { name: 'Why not measurable', kind: 'paragraph', description: 'Why there is no value before and after.', on: IMPROVE },
  unit: { name: 'Unit', kind: 'text', description: 'What the values count.', on: IMPROVE },

  handOverTo: {
    name: 'Hand over to',
    kind: 'options',
    options: (['wish', 'rfc', 'serviceRequest', ...IMPROVE] as const).map((key) => WORK_TYPES[key].name),
    description: 'What the next process is asked for.',
    on: FORKING,
  },
  whatIsAsked: { name: 'What is asked', kind: 'paragraph', description: 'What must be true at the end.', on: ALL },
  readyBy: { name: 'Ready by', kind: 'moment', description: 'When it has to be ready.', on: ALL },

  waitingFor: {
    name: 'Waiting for',
    kind: 'option',
    options: ['Customer', 'Supplier', 'Date', 'Other team'],
    description: 'Whom or what we wait for.',
    on: ALL,
  },
  waitingUntil: { name: 'Waiting until', kind: 'moment', description: 'When we expect to go on.', on: ALL },
  difference: { name: 'What has to be different', kind: 'paragraph', description: 'What is not right yet.', on: ALL },
  reason: {
    name: 'Reason',
    kind: 'option',
    options: [
      'Not authorised',
      'Not our service',
      'Outside the agreement',
      'No longer needed',
      'Already registered',
      'Not worth it',
      'No agreement reached',
      'Other',
    ],
    description: 'Why this ends without delivery.',
    on: ALL,
  },
  reasonText: { name: 'Reason in words', kind: 'paragraph', description: 'What the requester is told.', on: ALL },
  reclassifyAs: {
    name: 'Reclassify as',
    kind: 'option',
    options: WORK_TYPE_KEYS.map((key) => WORK_TYPES[key].name),
    description: 'What this really is.',
    on: ALL,
  },
  confirmedHow: {
    name: 'Confirmed how',
    kind: 'option',
    options: ['By phone', 'By mail', 'In person', 'On the portal', 'From the agreement', BY_SILENCE, CONFIRMED_WITH_GROUP],
    description: 'How the requester confirmed the result.',
    on: ALL,
  },
  confirmedAt: { name: 'Confirmed at', kind: 'moment', description: 'When the requester confirmed the result.', on: ALL },
  confirmedWords: { name: 'Words of confirmation', kind: 'paragraph', description: 'What the requester said.', on: ALL },
  evaluation: {
    name: 'Evaluation',
    kind: 'options',
    options: EVALUATION.flat(),
    description: 'One answer to each of the five questions.',
    on: ALL,
  },
  evaluationText: { name: 'Evaluation in words', kind: 'paragraph', description: 'What was learnt, and what follows from it.', on: ALL },
} as const satisfies Record<string, FieldDefinition>;

export type FieldKey = keyof typeof FIELDS;
export const FIELD_KEYS = Object.keys(FIELDS) as FieldKey[];
export const field = (key: FieldKey): FieldDefinition => FIELDS[key];

/**
 * A field's value as the rules see it: text and chosen options as their words, people as account ids, moments in ms since the epoch.
 * An empty field is absent.
 */
export type FieldValue = string | number | readonly string[];
export type FieldValues = { readonly [key in FieldKey]?: FieldValue };

export const words = (values: FieldValues, key: FieldKey): string => {
  const value = values[key];
  return typeof value === 'string' ? value.trim() : '';
};

export const list = (values: FieldValues, key: FieldKey): readonly string[] => {
  const value = values[key];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

export const filled = (values: FieldValues, key: FieldKey): boolean =>
  values[key] !== undefined && (typeof values[key] === 'number' || words(values, key) !== '' || list(values, key).length > 0);
