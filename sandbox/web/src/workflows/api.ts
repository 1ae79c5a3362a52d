/** What the workflow pages ask of the site. */
import { get, part, rest, send } from '../api';
import { updateOf } from './edit';
import * as schemas from './schemas';
import type { Lexicon } from './words';
import { z } from 'zod';

type Names = Map<string, string>;
const byId = (rows: { id: string; name: string }[]): Names => new Map(rows.map(({ id, name }) => [id, name]));
const names = async (path: string): Promise<Names> => byId(await get(z.array(schemas.named), rest(path)));

const PAGE = 100;

async function allPages<T>(load: (startAt: number) => Promise<{ values: T[]; isLast?: boolean | undefined }>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = await load(all.length);
    all.push(...page.values);
    if (page.values.length === 0 || page.isLast !== false) return all;
  }
}

/** All workflows of the site, with their transitions. */
export const workflows = (): Promise<schemas.Workflow[]> =>
  allPages((startAt) =>
    get(schemas.workflowPage, rest(`workflows/search?expand=values.transitions&orderBy=name&maxResults=${PAGE}&startAt=${startAt}`)),
  );

/** Puts one transition back into its workflow; refused with 409 where the workflow has changed since it was read. */
export const saveStep = (workflow: schemas.Workflow, statuses: readonly schemas.WorkflowStatus[], step: schemas.WorkflowStep): Promise<unknown> =>
  send(z.unknown(), 'POST', rest('workflows/update'), updateOf(workflow, statuses, step));

/** One workflow with all it takes to tell it in words. */
export async function workflow(id: string): Promise<{ workflow: schemas.Workflow; statuses: schemas.WorkflowStatus[]; lexicon: Lexicon }> {
  const [read, capabilities, roles, fields, screens, resolutions] = await Promise.all([
    send(schemas.workflowsRead, 'POST', rest('workflows'), { workflowIds: [id] }),
    get(schemas.capabilities, rest(`workflows/capabilities?workflowId=${part(id)}`)),
    names('role'),
    names('field'),
    allPages((startAt) => get(schemas.namedPage, rest(`screens?maxResults=${PAGE}&startAt=${startAt}`))),
    names('resolution'),
  ]);
  const [found] = read.workflows;
  if (!found) throw new Error('The workflow was not found.');
  const lexicon = { capabilities, roles, fields, resolutions, statuses: byId(read.statuses), screens: byId(screens) };
  return { workflow: found, statuses: read.statuses, lexicon };
}
