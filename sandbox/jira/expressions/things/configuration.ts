/** Projects, work types, statuses, priorities, resolutions, workflows, transitions, link types. */
import { STATUS_CATEGORIES, linkTypeBean, priorityBean, projectBean, resolutionBean, statusBean, workTypeBean } from '../../beans';
import { existing } from '../../lookups';
import type { Json, LinkType, Project, Status, Workflow, WorkflowTransition } from '../../store';
import { Thing, fromJson, type Value } from '../language';
import { userThing } from './people';
import { numberOf, propertiesOf, type View } from './view';

interface Named {
  id: string;
  name: string;
  description: string;
}

/** A thing that is little more than a name. */
const named = (type: string, row: Named, bean: () => Json, more: Record<string, () => Value> = {}): Thing =>
  new Thing({
    type,
    identity: row.id,
    members: { id: () => numberOf(row.id), name: () => row.name, description: () => row.description, ...more },
    bean,
  });

export function projectThing(view: View, project: Project): Thing {
  const { jira } = view;
  return new Thing({
    type: 'Project',
    identity: project.id,
    members: {
      id: () => numberOf(project.id),
      key: () => project.key,
      name: () => project.name,
      style: () => 'classic',
      projectTypeKey: () => project.projectTypeKey,
      projectCategory: () => null,
      lead: () => userThing(view, project.leadAccountId),
      avatarUrls: () => fromJson(projectBean(jira, project).avatarUrls),
      properties: () => propertiesOf(view, `Project.${project.id}`, project.properties),
    },
    bean: () => projectBean(jira, project),
  });
}

export function workTypeThing(view: View, id: string): Thing {
  const type = existing(view.jira.store.workTypes, id);
  const bean = workTypeBean(view.jira, type);
  return named('IssueType', type, () => bean, {
    iconUrl: () => bean.iconUrl,
    hierarchyLevel: () => type.hierarchyLevel,
    properties: () => propertiesOf(view, `IssueType.${id}`, {}),
  });
}

function categoryThing(status: Status, bean: () => Json): Thing {
  const { id, key, name, colorName } = STATUS_CATEGORIES[status.category];
  return new Thing({
    type: 'StatusCategory',
    identity: key,
    members: { id: () => id, key: () => key, name: () => name, colorName: () => colorName },
    bean,
  });
}

export function statusThing({ jira }: View, id: string): Thing {
  const status = existing(jira.store.statuses, id);
  const bean = statusBean(jira, status);
  return named('IssueStatus', status, () => bean, { category: () => categoryThing(status, () => bean.statusCategory) });
}

export function priorityThing({ jira }: View, id: Json | undefined): Value {
  const row = jira.store.priorities.get(String(id ?? ''));
  return row ? named('IssuePriority', row, () => priorityBean(jira, row)) : null;
}

export function resolutionThing({ jira }: View, id: Json | undefined): Value {
  const row = jira.store.resolutions.get(String(id ?? ''));
  return row ? named('Resolution', row, () => resolutionBean(jira, row)) : null;
}

export function securityLevelThing({ jira }: View, id: Json | undefined): Value {
  const level = jira.store.securitySchemes
    .all()
    .flatMap((scheme) => scheme.levels)
    .find((one) => one.id === id);
  return level ? named('SecurityLevel', level, () => ({ id: level.id, name: level.name, description: level.description })) : null;
}

export function linkTypeThing({ jira }: View, type: LinkType): Thing {
  const { id, name, inward, outward } = type;
  return new Thing({
    type: 'IssueLinkType',
    identity: id,
    members: { id: () => numberOf(id), name: () => name, inward: () => inward, outward: () => outward },
    bean: () => linkTypeBean(jira, type),
  });
}

export const workflowThing = ({ id, name }: Workflow): Thing =>
  new Thing({ type: 'Workflow', identity: id, members: { id: () => id, name: () => name }, bean: () => ({ id, name }) });

/** A transition about to be taken; `from` is absent while the work item is being created. */
export function transitionThing(view: View, transition: WorkflowTransition, from: string | undefined, to: string): Thing {
  const { id, name } = transition;
  return new Thing({
    type: 'Transition',
    identity: id,
    members: {
      id: () => numberOf(id),
      name: () => name,
      from: () => (from === undefined ? null : statusThing(view, from)),
      to: () => statusThing(view, to),
      hasScreen: () => transition.transitionScreen !== undefined,
    },
    bean: () => ({ id, name }),
  });
}
