/** What Jira has: the two spaces of a move, their work types and statuses, and the mapping between them. Reads as the administrator. */
import { countIssues, getAllStatuses, getMyPermissions, searchProjects } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import type { MoveTarget } from '../../contract';
import { STATUS_KEYS, type StatusCategory, STATUSES, workType, type WorkTypeKey } from '../../method';
import { Fault } from '../../platform/errors';
import type { Installed } from '../model';
import { type FoundSpace, spaceOf } from '../parts/existing';
import { hashOf, type Row, type Status, statusFor } from './map';

export interface PresentType {
  id: string;
  name: string;
  /** 0: a work item as all others; above it epics, below it subtasks. */
  level: number;
}

export interface PresentSpace extends FoundSpace {
  types: PresentType[];
}

/** Spaces with their work types, in one request. */
export async function spacesWithTypes(person: Client, keys: readonly string[]): Promise<Map<string, PresentSpace>> {
  const { values = [] } = await searchProjects(person, { keys: [...new Set(keys)], expand: 'issueTypes' });
  return new Map(
    values.map((row) => {
      const types = (row.issueTypes ?? []).map(({ id, name, hierarchyLevel }) => ({ id: String(id), name: name ?? '', level: hierarchyLevel ?? 0 }));
      return [row.key ?? '', { ...spaceOf(row), types }];
    }),
  );
}

const CATEGORIES: Record<string, StatusCategory> = { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' };

/** The statuses of each work type of a space, by the work type's id. */
export async function statusesByType(person: Client, projectIdOrKey: string): Promise<Map<string, Status[]>> {
  const rows = await getAllStatuses(person, { projectIdOrKey });
  return new Map(
    rows.map(({ id, statuses }) => [
      id,
      statuses.map((one) => ({ id: String(one.id), name: one.name ?? '', category: CATEGORIES[one.statusCategory?.key ?? ''] ?? 'TODO' })),
    ]),
  );
}

export const counted = async (person: Client, jql: string): Promise<number> => Number((await countIssues(person, { jql })).count ?? 0);

/** Work items of a space that have one of these work types. Ids only, so nothing has to be quoted. */
export const having = (spaceId: string, typeIds: readonly string[]): string => `project = ${spaceId} AND issuetype in (${typeIds.join(', ')})`;

/** What is there to be moved out of a space: not what is USM's already, where USM works. */
export const movable = (space: PresentSpace, site: Installed): PresentType[] => {
  const ours = site.projects.some((one) => one.id === space.id) ? Object.values(site.workTypes) : [];
  return space.types.filter(({ id, level }) => level === 0 && !ours.includes(id));
};

const held = z.object({ havePermission: z.boolean() });
const WORDS: Record<string, string> = {
  BULK_CHANGE: 'the global permission Make bulk changes',
  BROWSE_PROJECTS: 'Browse projects',
  MOVE_ISSUES: 'Move work items',
  CREATE_ISSUES: 'Create work items',
};

async function lacking(person: Client, projectKey: string, keys: readonly string[]): Promise<string[]> {
  const { permissions = {} } = await getMyPermissions(person, { projectKey, permissions: keys.join(',') });
  return keys.filter((key) => !held.safeParse(permissions[key]).data?.havePermission).map((key) => `${WORDS[key] ?? key} in ${projectKey}`);
}

/** Jira moves with the rights of whoever asks. */
export async function requireMover(person: Client, { from, to }: MoveTarget): Promise<void> {
  const missing = await Promise.all([
    lacking(person, from, ['BULK_CHANGE', 'BROWSE_PROJECTS', 'MOVE_ISSUES']),
    lacking(person, to, ['CREATE_ISSUES']),
  ]);
  if (missing.flat().length === 0) return;
  throw new Fault(
    'person.refused',
    `Moving work takes permissions that you do not have: ${missing.flat().join(', ')}. Give them to yourself in the permission schemes, and look again.`,
  );
}

/** From where to where, and what becomes of what. */
export interface Mapping {
  from: PresentSpace;
  to: PresentSpace;
  rows: Row[];
  hash: string;
}

function rowOf(type: PresentType, to: WorkTypeKey, statuses: readonly Status[], offered: ReadonlySet<string>, site: Installed): Row {
  return {
    typeId: type.id,
    typeName: type.name,
    to,
    toTypeId: site.workTypes[to],
    statuses: statuses.map((status) => {
      const shared = STATUS_KEYS.find((key) => site.statuses[key] === status.id);
      const key = statusFor(to, status, shared);
      const toStatusId = site.statuses[key];
      if (offered.has(toStatusId)) return { ...status, to: key, toStatusId };
      throw new Fault(
        'person.conflict',
        `The workflow of ${workType(to).name} has no status “${STATUSES[key].name}” any more. Repair it on the drift page first.`,
      );
    }),
  };
}

const noSpace = (key: string): Fault => new Fault('person.notFound', `There is no space ${key}, or you may not see it.`);

/** `seed`: the run before this one, so that the same mapping can be run again later. */
export async function mappingOf(person: Client, target: MoveTarget, site: Installed, seed: string): Promise<Mapping> {
  if (!site.projects.some((one) => one.key === target.to))
    throw new Fault('person.input', `USM does not work in ${target.to}. Choose a space that USM works in.`);
  const spaces = await spacesWithTypes(person, [target.from, target.to]);
  const [from, to] = [spaces.get(target.from), spaces.get(target.to)];
  if (!from) throw noSpace(target.from);
  if (!to) throw noSpace(target.to);
  const [present, ours] = await Promise.all([statusesByType(person, from.key), statusesByType(person, to.key)]);
  const chosen = Object.entries(target.types);
  if (chosen.length === 0) throw new Fault('person.input', 'Choose at least one work type to move.');
  const rows = chosen.map(([typeId, key]) => {
    const type = movable(from, site).find((one) => one.id === typeId);
    if (!type)
      throw new Fault(
        'person.input',
        `${from.key} has no work type ${typeId} that can be moved. Subtasks go with their work item; epics are no calls.`,
      );
    const offered = ours.get(site.workTypes[key]);
    if (!offered) throw new Fault('person.conflict', `${to.key} has no work type ${workType(key).name} any more. Repair it on the drift page first.`);
    return rowOf(type, key, present.get(typeId) ?? [], new Set(offered.map((one) => one.id)), site);
  });
  return { from, to, rows, hash: hashOf(from.id, to.id, rows, seed) };
}
