/** The rules that Jira itself brings, as the description of `GET /workflows/capabilities` lists them. */

export type RuleKind = 'validator' | 'condition' | 'action' | 'screen';

/** What the value of a parameter has to be; `text` is anything but nothing, `maybeEmpty` also nothing. A trailing `?` in a list below means it may be absent. */
export type ParameterKind = 'text' | 'maybeEmpty' | 'permission' | 'statuses' | 'roles' | 'field' | 'screen' | 'boolean' | readonly string[];

export interface SystemRule {
  kind: RuleKind;
  name: string;
  description: string;
  /** Whether it may stand on the transition that creates a work item. */
  onCreate?: true;
  /** Only team-managed projects know it. */
  teamManagedOnly?: true;
  required?: Record<string, ParameterKind>;
  optional?: Record<string, ParameterKind>;
  /** Of validate-field-value: what each `ruleType` needs besides. */
  variants?: Record<string, Record<string, ParameterKind>>;
}

const COMPARATORS = ['>', '>=', '=', '<=', '<', '!='] as const;

export const SYSTEM_RULES: Record<string, SystemRule> = {
  'system:check-permission-validator': {
    kind: 'validator',
    name: 'Check permission',
    description: 'The person has a permission.',
    onCreate: true,
    required: { permissionKey: 'permission' },
  },
  'system:parent-or-child-blocking-validator': {
    kind: 'validator',
    name: 'Parent in a status',
    description: 'The parent stands in one of these statuses.',
    onCreate: true,
    required: { blocker: ['PARENT'], statusIds: 'statuses' },
  },
  'system:previous-status-validator': {
    kind: 'validator',
    name: 'Previous status',
    description: 'The work item has been in a status.',
    required: { previousStatusIds: 'statuses', mostRecentStatusOnly: 'boolean' },
  },
  'system:validate-field-value': {
    kind: 'validator',
    name: 'Validate a field',
    description: 'The value of a field meets a criterion.',
    onCreate: true,
    required: {
      ruleType: [
        'fieldRequired',
        'fieldChanged',
        'fieldHasSingleValue',
        'fieldMatchesRegularExpression',
        'dateFieldComparison',
        'windowDateComparison',
      ],
    },
    variants: {
      fieldRequired: { fieldsRequired: 'field' },
      fieldChanged: { fieldKey: 'field' },
      fieldHasSingleValue: { fieldKey: 'field' },
      fieldMatchesRegularExpression: { fieldKey: 'field', regexp: 'text' },
      dateFieldComparison: { date1FieldKey: 'field', date2FieldKey: 'field', conditionSelected: COMPARATORS },
      windowDateComparison: { date1FieldKey: 'field', date2FieldKey: 'field', numberOfDays: 'text' },
    },
  },
  'system:proforma-forms-attached': { kind: 'validator', name: 'Forms attached', description: 'Forms are attached.' },
  'system:proforma-forms-submitted': { kind: 'validator', name: 'Forms submitted', description: 'All forms are submitted.' },
  'system:check-field-value': {
    kind: 'condition',
    name: 'Check a field',
    description: 'The value of a field meets a criterion.',
    required: {
      fieldId: 'field',
      fieldValue: 'text',
      comparator: COMPARATORS,
      comparisonType: ['STRING', 'NUMBER', 'DATE', 'DATE_WITHOUT_TIME', 'OPTIONID'],
    },
  },
  'system:restrict-issue-transition': {
    kind: 'condition',
    name: 'Restrict who can move a work item',
    description: 'Only these people may use the transition.',
    optional: { roleIds: 'roles', permissionKeys: 'permission' },
  },
  'system:previous-status-condition': {
    kind: 'condition',
    name: 'Previous status',
    description: 'The work item has, or has not, been in a status.',
    required: { previousStatusIds: 'statuses' },
    optional: { not: 'boolean', mostRecentStatusOnly: 'boolean', includeCurrentStatus: 'boolean', ignoreLoopTransitions: 'boolean' },
  },
  'system:parent-or-child-blocking-condition': {
    kind: 'condition',
    name: 'Children in a status',
    description: 'The children stand in these statuses.',
    required: { blocker: ['CHILD'], statusIds: 'statuses' },
  },
  'system:separation-of-duties': {
    kind: 'condition',
    name: 'Separation of duties',
    description: 'Whoever did one step may not do another.',
    required: { fromStatusId: 'statuses', toStatusId: 'statuses' },
  },
  'system:restrict-from-all-users': {
    kind: 'condition',
    name: 'Hide from people',
    description: 'Nobody sees the transition.',
    required: { restrictMode: ['users', 'usersAndAPI'] },
  },
  'system:jsd-approvals-block-until-approved': {
    kind: 'condition',
    name: 'Block until approved',
    description: 'An approval is needed.',
    teamManagedOnly: true,
  },
  'system:jsd-approvals-block-until-rejected': {
    kind: 'condition',
    name: 'Block until rejected',
    description: 'A rejection is needed.',
    teamManagedOnly: true,
  },
  'system:block-in-progress-approval': {
    kind: 'condition',
    name: 'Block while an approval is pending',
    description: 'No approval is pending.',
  },
  'system:change-assignee': {
    kind: 'action',
    name: 'Assign',
    description: 'Gives the work item to somebody.',
    onCreate: true,
    required: { type: ['to-selected-user', 'to-unassigned', 'to-current-user', 'to-default-user', 'to-lead', 'to-reporter'] },
  },
  'system:copy-value-from-other-field': {
    kind: 'action',
    name: 'Copy a field',
    description: 'Copies the value of one field into another.',
    onCreate: true,
    required: { sourceFieldKey: 'field', targetFieldKey: 'field' },
    optional: { issueSource: ['SAME', 'PARENT'] },
  },
  'system:update-field': {
    kind: 'action',
    name: 'Update a field',
    description: 'Sets the value of a field.',
    onCreate: true,
    required: { field: 'field', value: 'maybeEmpty' },
    optional: { mode: ['append', 'replace'] },
  },
  'system:trigger-webhook': {
    kind: 'action',
    name: 'Trigger a webhook',
    description: 'Calls a webhook.',
    onCreate: true,
    required: { webhookId: 'text' },
  },
  'system:trigger-agent': {
    kind: 'action',
    name: 'Trigger an agent',
    description: 'Starts an agent.',
    required: { agentId: 'text', promptValue: 'text' },
  },
  'system:transition-screen': {
    kind: 'screen',
    name: 'Show a screen',
    description: 'Shows a screen during the transition.',
    required: { screenId: 'screen' },
  },
  'system:remind-people-to-update-fields': {
    kind: 'screen',
    name: 'Remind people to update fields',
    description: 'Asks for fields during the transition.',
    required: { remindingFieldIds: 'field' },
    optional: { remindingAlwaysAsk: 'boolean' },
  },
};

/** Rule keys of apps by where the rule may stand. */
export const FORGE_RULES: Record<string, RuleKind> = {
  'forge:expression-validator': 'validator',
  'forge:expression-condition': 'condition',
  'forge:workflow-post-function': 'action',
};

export const TRIGGER_KEY = 'system:development-triggers';

const development = (type: string, name: string, act: string) => ({
  type: `com.atlassian.jira.plugins.jira-development-integration-plugin:${type}`,
  name,
  description: `Moves the work item when ${act}.`,
});

export const TRIGGERS = [
  development('branch-created-trigger', 'Branch created', 'a branch is created'),
  development('commit-created-trigger', 'Commit created', 'a commit is made'),
  development('pull-request-created-trigger', 'Pull request created', 'a pull request is created'),
  development('pull-request-declined-trigger', 'Pull request declined', 'a pull request is declined'),
  development('pull-request-merged-trigger', 'Pull request merged', 'a pull request is merged'),
  development('pull-request-reopened-trigger', 'Pull request reopened', 'a pull request is reopened'),
  development('review-abandoned-trigger', 'Review abandoned', 'a review is abandoned'),
  development('review-approval-trigger', 'Review approval', 'a review is sent for approval'),
  development('review-closed-trigger', 'Review closed', 'a review is closed'),
  development('review-rejected-trigger', 'Review rejected', 'a review is rejected'),
  development('review-started-trigger', 'Review started', 'a review is started'),
  development('review-summarized-trigger', 'Review summarized', 'a review is summarized'),
];
