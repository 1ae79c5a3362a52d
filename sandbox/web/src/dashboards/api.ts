/** What the dashboards ask of the site. */
import { z } from 'zod';
import { get, part, rest, send } from '../api';
import { LAYOUTS, type Layout, type Place } from './places';
import { shares, toShares } from './shares';

const dashboard = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().default(''),
  isWritable: z.boolean().default(false),
  isFavourite: z.boolean().default(false),
  owner: z.object({ accountId: z.string(), displayName: z.string() }).optional(),
  sharePermissions: shares,
  editPermissions: shares,
});
export type Dashboard = z.infer<typeof dashboard>;

/** What a person says about a dashboard; with whom it is shared in the words of `shares.ts`. */
export interface DashboardDetails {
  name: string;
  description: string;
  viewers: string[];
  editors: string[];
}

const gadget = z.object({
  id: z.coerce.string(),
  moduleKey: z.string().optional(),
  title: z.string(),
  position: z.object({ row: z.number(), column: z.number() }),
});
export type Gadget = z.infer<typeof gadget>;

export type Configuration = Record<string, z.infer<typeof json>>;
const json = z.json();

/** Under this key a dashboard item keeps what was set up. */
const CONFIGURATION = 'config';

const nothing = z.unknown();
const path = (id: string, ...below: string[]): string => rest(['dashboard', id, ...below].map(part).join('/'));
const layoutPath = (id: string): string => `/rest/dashboards/1.0/${part(id)}/layout`;
const layout = z.object({ layout: z.enum(Object.keys(LAYOUTS) as [Layout, ...Layout[]]) });

const bodyOf = ({ name, description, viewers, editors }: DashboardDetails) => ({
  name: name.trim(),
  description: description.trim(),
  sharePermissions: toShares(viewers),
  editPermissions: toShares(editors),
});

const PAGE = 100;

/** All dashboards that the person sees. */
export async function dashboards(): Promise<Dashboard[]> {
  const page = z.object({ values: z.array(dashboard), isLast: z.boolean().default(true) });
  const all: Dashboard[] = [];
  for (;;) {
    const expand = 'owner,isWritable,favourite,sharePermissions,editPermissions';
    const { values, isLast } = await get(page, rest(`dashboard/search?maxResults=${PAGE}&startAt=${all.length}&orderBy=name&expand=${expand}`));
    all.push(...values);
    if (isLast || values.length === 0) return all;
  }
}
export const dashboardOf = (id: string): Promise<Dashboard> => get(dashboard, path(id));
export const create = (details: DashboardDetails): Promise<Dashboard> => send(dashboard, 'POST', rest('dashboard'), bodyOf(details));
export const change = (id: string, details: DashboardDetails): Promise<Dashboard> => send(dashboard, 'PUT', path(id), bodyOf(details));
export const discard = (id: string): Promise<unknown> => send(nothing, 'DELETE', path(id));

export const layoutOf = async (id: string): Promise<Layout> => (await get(layout, layoutPath(id))).layout;
export const setLayout = (id: string, chosen: Layout): Promise<unknown> => send(nothing, 'PUT', layoutPath(id), { layout: chosen });

export const gadgets = async (id: string): Promise<Gadget[]> => (await get(z.object({ gadgets: z.array(gadget) }), path(id, 'gadget'))).gadgets;
export const add = (id: string, moduleKey: string, title: string): Promise<Gadget> =>
  send(gadget, 'POST', path(id, 'gadget'), { moduleKey, title, position: { row: 0, column: 0 } });
const changeGadget = (id: string, gadgetId: string, changes: { position?: Place; title?: string }): Promise<unknown> =>
  send(nothing, 'PUT', path(id, 'gadget', gadgetId), changes);
export const move = (id: string, gadgetId: string, position: Place): Promise<unknown> => changeGadget(id, gadgetId, { position });
export const rename = (id: string, gadgetId: string, title: string): Promise<unknown> => changeGadget(id, gadgetId, { title });
export const remove = (id: string, gadgetId: string): Promise<unknown> => send(nothing, 'DELETE', path(id, 'gadget', gadgetId));

const properties = (id: string, gadgetId: string, ...below: string[]): string => path(id, 'items', gadgetId, 'properties', ...below);
export const configure = (id: string, gadgetId: string, configuration: unknown): Promise<unknown> =>
  send(nothing, 'PUT', properties(id, gadgetId, CONFIGURATION), configuration);

/** What was set up; null where nothing was. */
export async function configurationOf(id: string, gadgetId: string): Promise<Configuration | null> {
  const { keys } = await get(z.object({ keys: z.array(z.object({ key: z.string() })) }), properties(id, gadgetId));
  if (!keys.some(({ key }) => key === CONFIGURATION)) return null;
  return (await get(z.object({ value: z.record(z.string(), json).catch({}) }), properties(id, gadgetId, CONFIGURATION))).value;
}
