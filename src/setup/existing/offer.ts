/** What could be moved: spaces, and the work types of one of them with how much work they hold. */
import { searchProjects } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import type { MoveOffer } from '../../contract';
import { Fault } from '../../platform/errors';
import type { Installed } from '../model';
import { everyPage, inParallel } from '../site';
import { suggested } from './map';
import { counted, having, movable, type PresentSpace, spacesWithTypes } from './read';

const SPACES_PER_PAGE = 100;

async function typesOf(person: Client, space: PresentSpace, site: Installed): Promise<MoveOffer['types']> {
  const rows = await inParallel(movable(space, site), async ({ id, name }) => {
    const guess = suggested(name);
    return { id, name, count: await counted(person, having(space.id, [id])), ...(guess && { suggested: guess }) };
  });
  return rows.filter((row) => row.count > 0).sort((a, b) => b.count - a.count);
}

export async function offerOf(person: Client, from: string | undefined, site: Installed): Promise<MoveOffer> {
  const [rows, chosen] = await Promise.all([
    everyPage((startAt) => searchProjects(person, { startAt, maxResults: SPACES_PER_PAGE, orderBy: 'name' })),
    from === undefined ? undefined : spacesWithTypes(person, [from]),
  ]);
  const space = from === undefined ? undefined : chosen?.get(from);
  if (from !== undefined && !space) throw new Fault('person.notFound', `There is no space ${from}, or you may not see it.`);
  return {
    state: 'ok',
    spaces: rows.map(({ key = '', name = '' }) => ({ key, name })),
    into: site.projects.map(({ key, name }) => ({ key, name })),
    types: space ? await typesOf(person, space, site) : [],
  };
}
