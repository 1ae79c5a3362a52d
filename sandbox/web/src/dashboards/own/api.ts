/** What Jira's own gadgets ask of the site. */
import { z } from 'zod';
import { get, part, rest } from '../../api';

const filter = z.object({ id: z.coerce.string(), name: z.string(), jql: z.string() });
export type Filter = z.infer<typeof filter>;

export const filterOf = (id: string): Promise<Filter> => get(filter, rest(`filter/${part(id)}`));

/** Those that are one's own or starred, by name. */
export async function filters(): Promise<Filter[]> {
  const found = await Promise.all(['my', 'favourite'].map((which) => get(z.array(filter), rest(`filter/${which}`))));
  return [...new Map(found.flat().map((one) => [one.id, one])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** `filter-<id>` or `project-<id>`, as a chart keeps it, as a query with its name. */
export async function sourceOf(projectOrFilterId: string): Promise<{ name: string; jql: string }> {
  const [, kind, id = ''] = /^(filter|project)-(.+)$/.exec(projectOrFilterId) ?? [];
  if (kind === 'filter') return filterOf(id);
  const project = await get(z.object({ name: z.string() }), rest(`project/${part(id)}`));
  return { name: project.name, jql: `project = ${id}` };
}
