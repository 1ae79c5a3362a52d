/** What somebody may do to a site by hand: one edit for each kind of deviation, through Jira's own operations. */
import { WORKFLOWS, type WorkTypeKey } from '../../../src/method';
import { BLUEPRINT } from '../../../src/setup/blueprint';
import type { Kind } from '../../../src/setup/drift/model';
import { isAfter, isGate, isWho, type Rule, type Transition, type Workflow } from '../../../src/setup/drift/workflow';
import type { Installed } from '../../../src/setup/model';
import type { DriftSite } from './drift';

export interface Edit {
  kind: Kind;
  /** The deviation it makes. */
  id: (usm: Installed) => string;
  /** Repair puts it right; absent for what was added and for what only a person can mend. */
  mends?: true;
  act(on: DriftSite, usm: Installed): Promise<void>;
}

const transitionId = (type: WorkTypeKey, key: string): string =>
  BLUEPRINT.workflows.find((one) => one.key === type)?.transitions.find((one) => one.key === key)?.id ?? '';

const onTransition =
  (type: WorkTypeKey, key: string, change: (one: Transition, usm: Installed) => Transition) =>
  ({ other }: DriftSite, usm: Installed): Promise<void> =>
    other.editWorkflow(usm.workflows[type], (workflow) => ({
      ...workflow,
      transitions: workflow.transitions.map((one) => (one.id === transitionId(type, key) ? change(one, usm) : one)),
    }));

const withoutStatus = (workflow: Workflow, id: string): Workflow => ({
  ...workflow,
  statuses: workflow.statuses.filter((one) => one.statusReference !== id),
  transitions: workflow.transitions
    .filter((one) => one.toStatusReference !== id)
    .map((one) => ({ ...one, links: one.links.filter((row) => row.fromStatusReference !== id) }))
    .filter((one) => one.type !== 'DIRECTED' || one.links.length > 0),
});

const set = (one: Rule, parameters: Record<string, string>): Rule => ({ ...one, parameters: { ...one.parameters, ...parameters } });
const onRules = (rules: Rule[], isIt: (one: Rule) => boolean, parameters: Record<string, string>): Rule[] =>
  rules.map((one) => (isIt(one) ? set(one, parameters) : one));

/** A condition of Jira's own that the method does not use. */
const strangeCondition = ({ statuses }: Installed): Rule => ({
  ruleKey: 'system:separation-of-duties',
  parameters: { fromStatusId: statuses.registered, toStatusId: statuses.accepted },
});

async function contextOf({ other }: DriftSite, fieldId: string): Promise<{ contextId: string; options: { id: string; value: string }[] }> {
  const contexts = await other.send<{ values: { id: string }[] }>('GET', `field/${fieldId}/context`);
  const contextId = contexts.values[0]?.id ?? '';
  const options = await other.send<{ values: { id: string; value: string }[] }>('GET', `field/${fieldId}/context/${contextId}/option`);
  return { contextId, options: options.values };
}

async function firstTab({ other }: DriftSite, screenId: string): Promise<string> {
  const tabs = await other.send<{ id: number }[]>('GET', `screens/${screenId}/tabs`);
  return String(tabs[0]?.id);
}

const space = ({ projects }: Installed): string => projects[0]?.id ?? '';

const NEW_STATUS = 'Waiting for money';

async function newStatus({ other }: DriftSite, name = NEW_STATUS): Promise<string> {
  const [made] = await other.send<{ id: string }[]>('POST', 'statuses', {
    scope: { type: 'GLOBAL' },
    statuses: [{ name, statusCategory: 'IN_PROGRESS', description: '' }],
  });
  return made?.id ?? '';
}

/** The scheme every space without its own is born with. */
const STANDARD = { workTypeScheme: '10000', workTypeScreenScheme: '1', workflowScheme: '0' } as const;

export const EDITS: Record<string, Edit> = {
  'a status leaves a workflow': {
    kind: 'status.removed',
    id: () => 'workflows.incident.status.reviewing',
    mends: true,
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.incident, (workflow) => {
        const { transitions, ...rest } = withoutStatus(workflow, usm.statuses.reviewing);
        // Jira wants every status to be reached.
        const shortcut = { id: '940', name: 'Done', type: 'DIRECTED' as const, toStatusReference: usm.statuses.fulfilled };
        return {
          ...rest,
          transitions: [...transitions, { ...shortcut, links: [{ fromStatusReference: usm.statuses.realising }], validators: [], actions: [] }],
        };
      }),
  },
  'a status comes into a workflow': {
    kind: 'status.added',
    id: () => 'workflows.rfc.addedStatus.',
    async act(on, usm) {
      const id = await newStatus(on);
      await on.other.editWorkflow(
        usm.workflows.rfc,
        (workflow) => ({
          ...workflow,
          statuses: [...workflow.statuses, { statusReference: id, properties: {} }],
          transitions: [
            ...workflow.transitions,
            {
              id: '901',
              name: 'Ask for money',
              type: 'DIRECTED',
              toStatusReference: id,
              links: [{ fromStatusReference: usm.statuses.planning }],
              validators: [],
              actions: [],
            },
            {
              id: '902',
              name: 'Money came',
              type: 'DIRECTED',
              toStatusReference: usm.statuses.planning,
              links: [{ fromStatusReference: id }],
              validators: [],
              actions: [],
            },
          ],
        }),
        [{ id, name: NEW_STATUS, statusCategory: 'IN_PROGRESS' }],
      );
    },
  },
  'closed work may be edited': {
    kind: 'status.lock',
    id: () => 'workflows.wish.lock.closed',
    mends: true,
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.wish, (workflow) => ({
        ...workflow,
        statuses: workflow.statuses.map((one) => (one.statusReference === usm.statuses.closed ? { ...one, properties: { own: 'kept' } } : one)),
      })),
  },
  'a status is made read-only': {
    kind: 'status.lock',
    id: () => 'workflows.wish.lock.realising',
    mends: true,
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.wish, (workflow) => ({
        ...workflow,
        statuses: workflow.statuses.map((one) =>
          one.statusReference === usm.statuses.realising ? { ...one, properties: { 'jira.issue.editable': 'false' } } : one,
        ),
      })),
  },
  'a transition is removed': {
    kind: 'transition.removed',
    id: () => 'workflows.rfc.release.removed',
    mends: true,
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.rfc, (workflow) => ({
        ...workflow,
        transitions: workflow.transitions.filter((one) => one.id !== transitionId('rfc', 'release')),
      })),
  },
  'a transition is made anew': {
    kind: 'transition.remade',
    id: () => 'workflows.wish.agree.remade',
    mends: true,
    act: onTransition('wish', 'agree', (one) => ({ ...one, id: '911' })),
  },
  'a transition is renamed': {
    kind: 'transition.renamed',
    id: () => 'workflows.incident.analyse.renamed',
    mends: true,
    act: onTransition('incident', 'analyse', (one) => ({ ...one, name: 'Look into it' })),
  },
  'a transition leads elsewhere': {
    kind: 'transition.target',
    id: () => 'workflows.complaint.close.target',
    mends: true,
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.complaint, (workflow) => ({
        ...workflow,
        transitions: [
          ...workflow.transitions.map((one) =>
            one.id === transitionId('complaint', 'close') ? { ...one, toStatusReference: usm.statuses.cancelled } : one,
          ),
          // Jira wants every status to be reached.
          {
            id: '920',
            name: 'Shut',
            type: 'DIRECTED' as const,
            toStatusReference: usm.statuses.closed,
            links: [{ fromStatusReference: usm.statuses.cancelled }],
            validators: [],
            actions: [],
          },
        ],
      })),
  },
  'a transition loses a source': {
    kind: 'transition.sources',
    id: () => 'workflows.serviceRequest.pause.sources',
    mends: true,
    act: onTransition('serviceRequest', 'pause', (one, usm) => ({
      ...one,
      links: one.links.filter((row) => row.fromStatusReference !== usm.statuses.realising),
    })),
  },
  'a transition gains a source': {
    kind: 'transition.sourceAdded',
    id: () => 'workflows.incident.close.sourceAdded',
    act: onTransition('incident', 'close', (one, usm) => ({ ...one, links: [...one.links, { fromStatusReference: usm.statuses.cancelled }] })),
  },
  'a transition can be taken from everywhere': {
    kind: 'transition.everywhere',
    id: () => 'workflows.wish.specify.everywhere',
    mends: true,
    act: onTransition('wish', 'specify', (one) => ({ ...one, type: 'GLOBAL', links: [] })),
  },
  'a transition is added': {
    kind: 'transition.added',
    id: () => 'workflows.optimization.added.930',
    act: ({ other }, usm) =>
      other.editWorkflow(usm.workflows.optimization, (workflow) => ({
        ...workflow,
        transitions: [
          ...workflow.transitions,
          {
            id: '930',
            name: 'Straight through',
            type: 'DIRECTED',
            toStatusReference: usm.statuses.closed,
            links: [{ fromStatusReference: usm.statuses.registered }],
            validators: [],
            actions: [],
          },
        ],
      })),
  },
  'a gate is taken off': {
    kind: 'rule.gone',
    id: () => 'workflows.rfc.offerForTest.gate',
    mends: true,
    act: onTransition('rfc', 'offerForTest', (one) => ({ ...one, validators: one.validators.filter((row) => !isGate(row)) })),
  },
  'the question about the person is taken off': {
    kind: 'rule.gone',
    id: () => 'workflows.optimization.acceptRisk.actor',
    mends: true,
    act: onTransition('optimization', 'acceptRisk', (one) => ({ ...one, validators: one.validators.filter((row) => !isWho(row)) })),
  },
  'the question about the person is asked no more': {
    kind: 'rule.changed',
    id: () => 'workflows.complaint.accept.actor',
    mends: true,
    act: onTransition('complaint', 'accept', (one) => ({
      ...one,
      validators: one.validators.map((row) =>
        isWho(row) ? set(row, { config: (row.parameters?.['config'] ?? '').replace(/"expression":"(?:[^"\\]|\\.)*"/, '"expression":"true"') }) : row,
      ),
    })),
  },
  'the question about the person is switched off': {
    kind: 'rule.off',
    id: () => 'workflows.preventiveAction.acceptRisk.actor',
    mends: true,
    act: onTransition('preventiveAction', 'acceptRisk', (one) => ({ ...one, validators: onRules(one.validators, isWho, { disabled: 'true' }) })),
  },
  'what follows a step is taken off': {
    kind: 'rule.gone',
    id: () => 'workflows.complaint.confirm.after',
    mends: true,
    act: onTransition('complaint', 'confirm', (one) => ({ ...one, actions: one.actions.filter((row) => !isAfter(row)) })),
  },
  'a required field is no longer required': {
    kind: 'rule.gone',
    id: () => 'workflows.incident.pause.required',
    mends: true,
    act: onTransition('incident', 'pause', (one) => ({
      ...one,
      validators: one.validators.filter((row) => row.ruleKey !== 'system:validate-field-value'),
    })),
  },
  'the resolution is no longer set': {
    kind: 'rule.gone',
    id: () => 'workflows.complaint.decline.resolution',
    mends: true,
    act: onTransition('complaint', 'decline', (one) => ({
      ...one,
      actions: one.actions.filter((row) => row.parameters?.['field'] !== 'resolution'),
    })),
  },
  'another resolution is set': {
    kind: 'rule.changed',
    id: () => 'workflows.serviceRequest.withdraw.resolution',
    mends: true,
    act: onTransition('serviceRequest', 'withdraw', (one, usm) => ({
      ...one,
      actions: onRules(one.actions, (row) => row.parameters?.['field'] === 'resolution', { value: usm.resolutions.delivered }),
    })),
  },
  'a gate loses its configuration': {
    kind: 'rule.changed',
    id: () => 'workflows.preventiveAction.confirm.gate',
    mends: true,
    act: onTransition('preventiveAction', 'confirm', (one) => ({ ...one, validators: onRules(one.validators, isGate, { config: '{"v":1}' }) })),
  },
  'a gate guards another step': {
    kind: 'rule.changed',
    id: () => 'workflows.improvement.confirm.gate',
    mends: true,
    act: onTransition('improvement', 'confirm', (one) => ({
      ...one,
      validators: one.validators.map((row) =>
        isGate(row) ? set(row, { config: (row.parameters?.['config'] ?? '').replace('"transition":"confirm"', '"transition":"decline"') }) : row,
      ),
    })),
  },
  'a gate is switched off': {
    kind: 'rule.off',
    id: () => 'workflows.wish.confirm.gate',
    mends: true,
    act: onTransition('wish', 'confirm', (one) => ({ ...one, validators: onRules(one.validators, isGate, { disabled: 'true' }) })),
  },
  'a rule of somebody else comes in': {
    kind: 'rule.added',
    id: () => 'workflows.incident.recover.added.',
    act: onTransition('incident', 'recover', (one) => ({
      ...one,
      validators: [...one.validators, { ruleKey: 'system:check-permission-validator', parameters: { permissionKey: 'ADD_COMMENTS' } }],
    })),
  },
  'another condition comes in': {
    kind: 'rule.added',
    id: () => 'workflows.incident.solutionFound.added.',
    act: onTransition('incident', 'solutionFound', (one, usm) => ({
      ...one,
      conditions: {
        operation: 'ALL',
        conditionGroups: one.conditions?.conditionGroups ?? [],
        conditions: [...(one.conditions?.conditions ?? []), strangeCondition(usm)],
      },
    })),
  },
  'anybody may take a step': {
    kind: 'who.gone',
    id: () => 'workflows.rfc.agreePlan.who',
    mends: true,
    act: onTransition('rfc', 'agreePlan', ({ conditions: _conditions, ...one }) => one),
  },
  'somebody else may take a step': {
    kind: 'who.changed',
    id: () => 'workflows.wish.noAgreement.who',
    mends: true,
    act: onTransition('wish', 'noAgreement', (one, usm) => ({
      ...one,
      conditions: one.conditions && {
        ...one.conditions,
        conditions: onRules(one.conditions.conditions, () => true, { roleIds: usm.roles.operator }),
      },
    })),
  },
  'a step asks nothing on the way': {
    kind: 'ask.gone',
    id: () => 'workflows.incident.declineLater.ask',
    mends: true,
    act: onTransition('incident', 'declineLater', ({ transitionScreen: _screen, ...one }) => one),
  },
  'a step asks something else': {
    kind: 'ask.other',
    id: () => 'workflows.rfc.rollBack.ask',
    mends: true,
    act: onTransition('rfc', 'rollBack', (one) => ({
      ...one,
      transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: '1' } },
    })),
  },
  'a step begins to ask': {
    kind: 'ask.added',
    id: () => 'workflows.rfc.plan.ask',
    act: onTransition('rfc', 'plan', (one) => ({ ...one, transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: '1' } } })),
  },
  'a status is renamed': {
    kind: 'object.renamed',
    id: () => 'statuses.analysing.name',
    mends: true,
    act: ({ other }, usm) =>
      other.send('PUT', 'statuses', { statuses: [{ id: usm.statuses.analysing, name: 'Investigating', statusCategory: 'IN_PROGRESS' }] }),
  },
  'a status is of another category': {
    kind: 'status.category',
    id: () => 'statuses.waiting.category',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', 'statuses', { statuses: [{ id: usm.statuses.waiting, name: 'Waiting', statusCategory: 'DONE' }] }),
  },
  'a work type is renamed': {
    kind: 'object.renamed',
    id: () => 'workTypes.complaint.name',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `issuetype/${usm.workTypes.complaint}`, { name: 'Grumble' }),
  },
  'a role is renamed': {
    kind: 'object.renamed',
    id: () => 'roles.panel.name',
    mends: true,
    act: ({ other }, usm) => other.send('POST', `role/${usm.roles.panel}`, { name: 'The wise' }),
  },
  'a resolution is renamed': {
    kind: 'object.renamed',
    id: () => 'resolutions.delivered.name',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `resolution/${usm.resolutions.delivered}`, { name: 'Finished', description: '' }),
  },
  'a field is renamed': {
    kind: 'object.renamed',
    id: () => 'fields.service.name',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `field/${usm.fields.service}`, { name: 'Product' }),
  },
  'a screen is renamed': {
    kind: 'object.renamed',
    id: () => 'screens.view.incident.name',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `screens/${usm.all.screens['view.incident'] ?? ''}`, { name: 'My screen' }),
  },
  'a link type reads differently': {
    kind: 'linkType.words',
    id: () => `linkTypes.${BLUEPRINT.linkTypes[0]?.key ?? ''}.words`,
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `issueLinkType/${Object.values(usm.linkTypes)[0] ?? ''}`, { inward: 'is somehow below' }),
  },
  'a link type is deleted': {
    kind: 'object.gone',
    id: () => `linkTypes.${BLUEPRINT.linkTypes[1]?.key ?? ''}.gone`,
    mends: true,
    act: ({ other }, usm) => other.send('DELETE', `issueLinkType/${Object.values(usm.linkTypes)[1] ?? ''}`),
  },
  'a choice is taken out of a field': {
    kind: 'field.choices',
    id: () => 'fields.impact.choices',
    mends: true,
    async act(on, usm) {
      const { contextId, options } = await contextOf(on, usm.fields.impact);
      await on.other.send('DELETE', `field/${usm.fields.impact}/context/${contextId}/option/${options[0]?.id ?? ''}`);
    },
  },
  'a choice is put to sleep': {
    kind: 'field.choices',
    id: () => 'fields.urgency.choices',
    mends: true,
    async act(on, usm) {
      const { contextId, options } = await contextOf(on, usm.fields.urgency);
      await on.other.send('PUT', `field/${usm.fields.urgency}/context/${contextId}/option`, { options: [{ id: options[1]?.id, disabled: true }] });
    },
  },
  'a field leaves a screen': {
    kind: 'screen.field',
    id: () => 'screens.create.wish.fields',
    mends: true,
    async act(on, usm) {
      const screenId = usm.all.screens['create.wish'] ?? '';
      await on.other.send('DELETE', `screens/${screenId}/tabs/${await firstTab(on, screenId)}/fields/${usm.fields.service}`);
    },
  },
  'a field comes onto a screen': {
    kind: 'screen.fieldAdded',
    id: () => 'screens.create.rfc.added',
    async act(on, usm) {
      const screenId = usm.all.screens['create.rfc'] ?? '';
      await on.other.send('POST', `screens/${screenId}/tabs/${await firstTab(on, screenId)}/fields`, { fieldId: 'duedate' });
    },
  },
  'the space gets another workflow scheme': {
    kind: 'space.scheme',
    id: (usm) => `spaces.${space(usm)}.workflowScheme`,
    mends: true,
    act: ({ other }, usm) => other.send('PUT', 'workflowscheme/project', { workflowSchemeId: STANDARD.workflowScheme, projectId: space(usm) }),
  },
  'the space gets another work type scheme': {
    kind: 'space.scheme',
    id: (usm) => `spaces.${space(usm)}.workTypeScheme`,
    mends: true,
    act: ({ other }, usm) => other.send('PUT', 'issuetypescheme/project', { issueTypeSchemeId: STANDARD.workTypeScheme, projectId: space(usm) }),
  },
  'the space gets another screen scheme': {
    kind: 'space.scheme',
    id: (usm) => `spaces.${space(usm)}.workTypeScreenScheme`,
    mends: true,
    act: ({ other }, usm) =>
      other.send('PUT', 'issuetypescreenscheme/project', { issueTypeScreenSchemeId: STANDARD.workTypeScreenScheme, projectId: space(usm) }),
  },
  'a work type leaves its scheme': {
    kind: 'scheme.types',
    id: () => 'schemes.usm.types',
    mends: true,
    act: ({ other }, usm) => other.send('DELETE', `issuetypescheme/${usm.all.workTypeScheme['usm'] ?? ''}/issuetype/${usm.workTypes.wish}`),
  },
  'a work type shows other screens': {
    kind: 'scheme.screens',
    id: () => 'schemes.usm.screens.incident',
    mends: true,
    act: ({ other }, usm) =>
      other.send('POST', `issuetypescreenscheme/${usm.all.workTypeScreenScheme['usm'] ?? ''}/mapping/remove`, {
        issueTypeIds: [usm.workTypes.incident],
      }),
  },
  'a screen scheme shows other screens': {
    kind: 'scheme.screens',
    id: () => 'screenSchemes.rfc.screens',
    mends: true,
    act: ({ other }, usm) => other.send('PUT', `screenscheme/${usm.all.screenSchemes['rfc'] ?? ''}`, { screens: { create: '1' } }),
  },
  'a work type runs on another workflow': {
    kind: 'scheme.workflows',
    id: () => 'schemes.usm.workflows',
    mends: true,
    async act({ other }, usm) {
      const [scheme] = await other.send<
        {
          id: string;
          name: string;
          description: string;
          version: object;
          defaultWorkflow: { id: string };
          workflowsForIssueTypes: { workflow: { id: string }; issueTypeIds: string[] }[];
        }[]
      >('POST', 'workflowscheme/read', { workflowSchemeIds: [usm.all.workflowScheme['usm']] });
      if (!scheme) throw new Error('no scheme');
      await other.send('POST', 'workflowscheme/update', {
        id: scheme.id,
        name: scheme.name,
        description: scheme.description,
        version: scheme.version,
        defaultWorkflowId: scheme.defaultWorkflow.id,
        workflowsForIssueTypes: scheme.workflowsForIssueTypes
          .filter((one) => one.workflow.id !== usm.workflows.complaint)
          .map((one) => ({
            workflowId: one.workflow.id,
            issueTypeIds: one.workflow.id === usm.workflows.incident ? [...one.issueTypeIds, usm.workTypes.complaint] : one.issueTypeIds,
          })),
        statusMappingsByIssueTypeOverride: [
          {
            issueTypeId: usm.workTypes.complaint,
            statusMappings: WORKFLOWS.complaint.statuses
              .filter((key) => !WORKFLOWS.incident.statuses.includes(key))
              .map((key) => ({ oldStatusId: usm.statuses[key], newStatusId: usm.statuses.accepted })),
          },
        ],
      });
    },
  },
  'the app may no longer link work items': {
    kind: 'app.permission',
    id: (usm) => `access.${space(usm)}`,
    async act({ other }, usm) {
      const scheme = await other.send<{ id: number }>('GET', `project/${space(usm)}/permissionscheme`);
      const { permissions } = await other.send<{ permissions: { id: number; permission: string }[] }>(
        'GET',
        `permissionscheme/${String(scheme.id)}/permission`,
      );
      for (const one of permissions.filter(({ permission }) => permission === 'LINK_ISSUES'))
        await other.send('DELETE', `permissionscheme/${String(scheme.id)}/permission/${String(one.id)}`);
    },
  },
};
