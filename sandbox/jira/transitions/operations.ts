/** GET and POST /issue/{issueIdOrKey}/transitions. */
import { statusBean } from '../beans';
import { may, projectOf, visibleIssue } from '../issues/access';
import { settingOf } from '../issues/change';
import { issueBody, readInput, type IssueBody } from '../issues/input';
import { existing, fieldsOf, isAdministrator } from '../lookups';
import { checkProperties } from '../properties/property';
import { badRequest, noContent, ok, operation, type Call, type Jira, type Operation } from '../rest';
import type { Issue, Screen, User, WorkflowTransition } from '../store';
import { appliesTo, codecOf, fieldMetadata } from '../values';
import type { Channel } from './conditions';
import { judge, startsAt, targetOf, workflowOf } from './engine';
import { perform } from './perform';

/** The screen that a transition asks its taker to fill in. */
export const screenOf = (jira: Jira, transition: WorkflowTransition): Screen | undefined => {
  const id = transition.transitionScreen?.ruleKey === 'system:transition-screen' ? transition.transitionScreen.parameters.screenId : undefined;
  return id === undefined ? undefined : jira.store.screens.get(id);
};

/** Fields that Jira demands on whatever screen they stand. */
const ALWAYS_REQUIRED = new Set(['summary', 'issuetype']);

function screenFields(jira: Jira, issue: Issue, screen: Screen | undefined) {
  const fields = screen ? fieldsOf(jira.store, screen) : [];
  return Object.fromEntries(
    fields
      .filter((field) => (codecOf(field) || field.id === 'issuelinks') && appliesTo(field, issue.projectId, issue.workTypeId))
      .map((field) => [field.id, fieldMetadata(settingOf(jira, field, issue), ALWAYS_REQUIRED.has(field.id))]),
  );
}

function transitionBean(jira: Jira, issue: Issue, transition: WorkflowTransition, isAvailable: boolean, withFields: boolean) {
  const screen = screenOf(jira, transition);
  const conditions = transition.conditions;
  const isLooped = transition.toStatusId === undefined;
  return {
    id: transition.id,
    name: transition.name,
    to: statusBean(jira, existing(jira.store.statuses, targetOf(transition, issue))),
    hasScreen: screen !== undefined,
    isGlobal: transition.type === 'GLOBAL',
    isInitial: transition.type === 'INITIAL',
    isAvailable,
    isConditional: !!conditions && conditions.conditions.length + conditions.conditionGroups.length > 0,
    isLooped,
    looped: isLooped,
    ...(withFields && { fields: screenFields(jira, issue, screen) }),
  };
}

interface Asked {
  withFields?: boolean;
  withUnavailable?: boolean;
  channel?: Channel;
  transitionId?: string;
}

/** The transitions somebody is offered on a work item. */
export function transitionBeans(jira: Jira, person: User | undefined, issue: Issue, asked: Asked = {}) {
  if (!may(jira, person, 'TRANSITION_ISSUES', issue)) return [];
  return workflowOf(jira, issue)
    .transitions.filter((one) => startsAt(one, issue.statusId) && (asked.transitionId === undefined || one.id === asked.transitionId))
    .flatMap((transition) => {
      const available = judge(jira, person, issue, transition, asked.channel ?? 'screen').passes;
      return available || asked.withUnavailable ? [transitionBean(jira, issue, transition, available, asked.withFields ?? false)] : [];
    });
}

function getTransitions(call: Call) {
  const { jira, person, params, query } = call;
  const issue = visibleIssue(call, params.issueIdOrKey);
  const transitionId = query.get('transitionId');
  // an app with Administer Jira may ask to see what is hidden from people but open to the API
  const asApi = query.get('skipRemoteOnlyCondition') === 'true' && call.viaApp === true && isAdministrator(jira.store, person);
  const transitions = transitionBeans(jira, person, issue, {
    withFields: (query.get('expand') ?? '').split(',').includes('transitions.fields'),
    withUnavailable: query.get('includeUnavailableTransitions') === 'true',
    channel: asApi ? 'api' : 'screen',
    ...(transitionId !== null && { transitionId }),
  });
  return ok({ expand: 'transitions', transitions });
}

/** The transition a request names, open to this person on this work item; or 400 in Jira's words. */
export function takeable({ jira, person, body }: Call<IssueBody>, issue: Issue): WorkflowTransition {
  const id = body.transition?.id;
  if (id === undefined) throw badRequest("Missing 'transition' identifier");
  if (!/^\d+$/.test(String(id))) throw badRequest("'transition' identifier must be an integer");
  const transition = workflowOf(jira, issue).transitions.find((one) => one.id === String(id));
  if (!transition || transition.type === 'INITIAL') throw badRequest(`Transition id '${id}' is not valid for this issue.`);
  const verdict = may(jira, person, 'TRANSITION_ISSUES', issue) && judge(jira, person, issue, transition, 'api');
  if (verdict && verdict.passes && startsAt(transition, issue.statusId)) return transition;
  const [unsupported] = verdict ? verdict.unsupported : [];
  if (unsupported !== undefined) throw badRequest(`The workflow rule ${unsupported} is not supported here yet.`);
  throw badRequest(
    `It seems that you have tried to perform a workflow operation (${transition.name}) that is not valid for the current state of this issue ` +
      `(${issue.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`,
  );
}

async function doTransition(call: Call<IssueBody>) {
  const { jira, person, params, body } = call;
  const issue = visibleIssue(call, params.issueIdOrKey);
  const transition = takeable(call, issue);
  const screen = screenOf(jira, transition);
  const onScreen = new Set(screen?.tabs.flatMap((tab) => tab.fieldIds));
  const input = readInput(
    {
      jira,
      person,
      project: projectOf(jira, issue),
      workTypeId: issue.workTypeId,
      issue,
      onScreen: (id) => onScreen.has(id) || (id === 'comment' && screen !== undefined),
    },
    body,
  );
  checkProperties(body.properties);
  await perform(jira, person, issue, transition, { ...input, properties: body.properties });
  return noContent();
}

const PATH = '/rest/api/3/issue/{issueIdOrKey}/transitions';

export const transitionOperations: Operation[] = [
  operation('getTransitions', 'GET', PATH, getTransitions),
  operation('doTransition', 'POST', PATH, issueBody, doTransition),
];
