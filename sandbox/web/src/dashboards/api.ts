/** What the dashboards ask of the site. */
import { z } from 'zod';
import { get, part, rest, send } from '../api';
import type { Place } from './places';

const dashboard = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().default(''),
  isWritable: z.boolean().default(false),
  owner: z.object({ displayName: z.string() }).optional(),
});
export type Dashboard = z.infer<typeof dashboard>;

const gadget = z.object({
  id: z.coerce.string(),
  moduleKey: z.string().optional(),
  title: z.string(),
  position: z.object({ row: z.number(), column: z.number() }),
});
export type Gadget = z.infer<typeof gadget>;

/** Under this key a dashboard item keeps what its edit view submitted. */
const CONFIGURATION = 'config';

const path = (id: string, ...below: string[]): string => rest(['dashboard', id, ...below].map(part).join('/'));

export const dashboards = async (): Promise<Dashboard[]> =>
  (await get(z.object({ values: z.array(dashboard) }), rest('dashboard/search?maxResults=100&orderBy=name&expand=owner,isWritable'))).values;
export const dashboardOf = (id: string): Promise<Dashboard> => get(dashboard, path(id));
export const create = (name: string): Promise<Dashboard> =>
  send(dashboard, 'POST', rest('dashboard'), { name, description: '', sharePermissions: [], editPermissions: [] });

export const gadgets = async (id: string): Promise<Gadget[]> => (await get(z.object({ gadgets: z.array(gadget) }), path(id, 'gadget'))).gadgets;
export const add = (id: string, moduleKey: string, title: string): Promise<Gadget> =>
  send(gadget, 'POST', path(id, 'gadget'), { moduleKey, title, position: { row: 0, column: 0 } });
export const move = (id: string, gadgetId: string, position: Place): Promise<unknown> =>
  send(z.unknown(), 'PUT', path(id, 'gadget', gadgetId), { position });
export const remove = (id: string, gadgetId: string): Promise<unknown> => send(z.unknown(), 'DELETE', path(id, 'gadget', gadgetId));
export const configure = (id: string, gadgetId: string, configuration: unknown): Promise<unknown> =>
  send(z.unknown(), 'PUT', path(id, 'items', gadgetId, 'properties', CONFIGURATION), configuration);
