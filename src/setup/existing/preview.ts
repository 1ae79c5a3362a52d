/** What a move would do, before anything is done: counts, examples, and what a person should know. */
import { getContextsForField, getProjectContextMapping, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import type { MovePreview, MoveTarget } from '../../contract';
import { STATUSES, workType } from '../../method';
import type { Installed } from '../model';
import { everyPage, inParallel } from '../site';
import { groupsOf, MOVED_AT_ONCE, type Row } from './map';
import { counted, having, type Mapping } from './read';

/** Looked at for each work type, newest first. */
const SAMPLE = 20;
const SHOWN = 3;

const sampleAnswer = z.object({
  issues: z.array(z.object({ key: z.string(), fields: z.looseObject({ summary: z.string() }) })).default([]),
  names: z.record(z.string(), z.string()).default({}),
});

interface Sample {
  examples: { key: string; summary: string }[];
  /** Fields with a value: id -> name. */
  filled: Map<string, string>;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

async function sample(person: Client, spaceId: string, typeId: string): Promise<Sample> {
  const jql = `${having(spaceId, [typeId])} ORDER BY created DESC`;
  const asked = { jql, fields: ['*navigable'], maxResults: SAMPLE, expand: 'names' };
  const { issues, names } = sampleAnswer.parse(await searchAndReconsileIssuesUsingJqlPost(person, asked));
  const filled = new Map(
    issues.flatMap(({ fields }) => Object.entries(fields).flatMap(([id, value]) => (isEmpty(value) ? [] : [[id, names[id] ?? id] as const]))),
  );
  return { examples: issues.slice(0, SHOWN).map(({ key, fields }) => ({ key, summary: fields.summary })), filled };
}

/** Whether values of this field can stay in the other space. */
async function reaches(person: Client, fieldId: string, spaceId: string): Promise<boolean> {
  const contexts = await everyPage((startAt) => getContextsForField(person, { fieldId, startAt }));
  if (contexts.some((one) => one.isGlobalContext)) return true;
  const rows = await everyPage((startAt) => getProjectContextMapping(person, { fieldId, startAt }));
  return rows.some((one) => one.projectId === spaceId);
}

/** Belong to a space, and are not carried into another one. */
const OF_THE_SPACE = ['components', 'fixVersions', 'versions'];

const listed = (names: readonly string[]): string => [...new Set(names)].sort((a, b) => a.localeCompare(b)).join(', ');

async function aboutFields(person: Client, { from, to }: Mapping, site: Installed, samples: readonly Sample[]): Promise<string[]> {
  const filled = new Map(samples.flatMap((one) => [...one.filled]));
  const ours = new Set<string>(Object.values(site.fields));
  const foreign = [...filled].filter(([id]) => id.startsWith('customfield_') && !ours.has(id));
  const moves = from.id !== to.id;
  const checked = await inParallel(foreign, async ([id, name]) => ({ name, stays: !moves || (await reaches(person, id, to.id)) }));
  const lost = [...checked.filter((one) => !one.stays).map((one) => one.name), ...(moves ? OF_THE_SPACE.flatMap((id) => filled.get(id) ?? []) : [])];
  const kept = checked.filter((one) => one.stays).map((one) => one.name);
  return [
    ...(lost.length > 0 ? [`${to.key} does not have these fields as ${from.key} has them, and their values are lost: ${listed(lost)}.`] : []),
    ...(kept.length > 0 ? [`These fields are not on USM’s screens. Their values stay and can be searched: ${listed(kept)}.`] : []),
  ];
}

async function aboutFamilies(person: Client, { from, to }: Mapping): Promise<string[]> {
  const below = from.types.filter((one) => one.level < 0).map((one) => one.id);
  const count = below.length === 0 ? 0 : await counted(person, having(from.id, below));
  if (count === 0) return [];
  if (from.id === to.id) return ['Subtasks stay below their work item, with their own work type and workflow.'];
  return hasSubtasks(to)
    ? ['Subtasks go along with their work item and become subtasks of the new space, in the status Jira chooses.']
    : [
        `${to.key} has no work type for subtasks, so work items with subtasks stay in ${from.key} and are listed. ${from.key} has ${String(count)} subtasks.`,
      ];
}

export const hasSubtasks = ({ types }: Pick<Mapping['to'], 'types'>): boolean => types.some((one) => one.level < 0);

async function aboutSecurity(person: Client, { from, to, rows }: Mapping): Promise<string[]> {
  if (from.id === to.id) return [];
  const jql = `${having(
    from.id,
    rows.map((one) => one.typeId),
  )} AND level is not EMPTY`;
  const count = await counted(person, jql);
  return count === 0
    ? []
    : [
        `${String(count)} work items have a security level. Where ${to.key} has another security scheme they get its default level, or everybody in ${to.key} sees them.`,
      ];
}

function always({ from, to }: Mapping): string[] {
  return [
    ...(from.id === to.id ? [] : [`Keys change: ${from.key}-… becomes ${to.key}-…. The old keys go on finding their work items.`]),
    ...(from.unfit === undefined
      ? []
      : [`${from.name} (${from.key}) works in another way: ${from.unfit} What it added to its work items by itself does not come along.`]),
    'Links, comments, attachments and history stay. No rule of a workflow is asked on the way, nobody is notified, and resolutions stay as they are.',
    'Jira’s move fills no fields: Customer, Service, Coordinator and the rating are asked at the next step that needs them. Report time is filled by Accept, with the moment of creation; work that is further on keeps it empty until somebody fills it in.',
  ];
}

/** The counts are Jira's estimates: its search may lag behind by seconds. */
async function countsOf(person: Client, spaceId: string, rows: readonly Row[]): Promise<number[][]> {
  const pairs = rows.flatMap(({ typeId, statuses }) => statuses.map(({ id }) => ({ typeId, statusId: id })));
  const counts = await inParallel(pairs, ({ typeId, statusId }) => counted(person, `${having(spaceId, [typeId])} AND status = ${statusId}`));
  return rows.map(({ typeId }) => counts.filter((_, index) => pairs[index]?.typeId === typeId));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Finding the work items, then for each batch the move and about three looks at how far it is. */
function requestsOf(rows: readonly Row[], totals: readonly number[]): number {
  const batches = groupsOf(rows).map(({ to }) => {
    const total = sum(totals.filter((_, index) => rows[index]?.to === to));
    return { pages: Math.max(1, Math.ceil(total / MOVED_AT_ONCE)), moves: Math.ceil(total / MOVED_AT_ONCE) };
  });
  return sum(batches.map(({ pages, moves }) => pages + moves * 4));
}

export async function previewOf(person: Client, target: MoveTarget, mapping: Mapping, site: Installed): Promise<MovePreview> {
  const { from, rows, hash } = mapping;
  const [counts, samples, families, security] = await Promise.all([
    countsOf(person, from.id, rows),
    inParallel(rows, ({ typeId }) => sample(person, from.id, typeId)),
    aboutFamilies(person, mapping),
    aboutSecurity(person, mapping),
  ]);
  const totals = counts.map(sum);
  return {
    state: 'ok',
    target,
    hash,
    total: sum(totals),
    rows: rows.map(({ typeId, typeName, to, statuses }, at) => ({
      typeId,
      typeName,
      to,
      toName: workType(to).name,
      count: totals[at] ?? 0,
      statuses: statuses
        .map(({ name, to: key }, index) => ({ name, count: counts[at]?.[index] ?? 0, to: key, toName: STATUSES[key].name }))
        .filter((one) => one.count > 0),
      examples: samples[at]?.examples ?? [],
    })),
    warnings: [...(await aboutFields(person, mapping, site, samples)), ...families, ...security, ...always(mapping)],
    requests: requestsOf(rows, totals),
  };
}
