/** Gadgets and widgets of apps: what they learn of the dashboard they stand on, and of what is kept with them. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import { askJira, type Extension } from './site';

export const DASHBOARD_MODULES = ['jira:dashboardGadget', 'dashboards:widget'];

/** Under this key a dashboard item keeps what its app's edit view has set up. */
const CONFIGURATION = 'config';

const json = z.record(z.string(), z.json());

/** The part of a frame's place that is a dashboard's. */
export const dashboardPlace = {
  dashboard: z.object({ id: z.string() }).optional(),
  /** None while a widget is only looked at in the directory. */
  gadget: z.object({ id: z.string() }).optional(),
  widget: z
    .object({
      /** As the page measures it: nobody else knows. */
      layout: z.object({ width: z.number(), height: z.number(), columnSpan: z.number().optional() }).optional(),
      /** A configuration to show that is not kept. */
      preview: json.optional(),
    })
    .optional(),
};
type DashboardPlace = z.infer<z.ZodObject<typeof dashboardPlace>> & { entryPoint?: string | undefined };

const gadgetsSchema = z.object({ gadgets: z.array(z.unknown()) });
const keptSchema = z.object({ value: z.json() });
const dashboardSchema = z.object({ id: z.string() });

/** `extension` of a gadget; undefined when the person may not see its dashboard, or it is not there. */
export async function gadgetExtension(
  jira: JiraSite,
  accountId: string | undefined,
  type: string,
  place: DashboardPlace,
): Promise<Extension | undefined> {
  const { dashboard, gadget } = place;
  if (!dashboard) return undefined;
  const path = `/rest/api/3/dashboard/${encodeURIComponent(dashboard.id)}`;
  if (!gadget)
    return type === 'dashboards:widget' && (await askJira(jira, accountId, path, dashboardSchema)) ? widgetOf(place, undefined) : undefined;
  const id = encodeURIComponent(gadget.id);
  const found = await askJira(jira, accountId, `${path}/gadget?gadgetId=${id}`, gadgetsSchema);
  if (!found?.gadgets.length) return undefined;
  const kept = await askJira(jira, accountId, `${path}/items/${id}/properties/${CONFIGURATION}`, keptSchema);
  if (type === 'dashboards:widget') return widgetOf(place, kept?.value);
  const entryPoint = place.entryPoint ?? 'view';
  return { type, entryPoint, ...(kept && { gadgetConfiguration: kept.value }), dashboard: { id: dashboard.id }, gadget: { id: gadget.id } };
}

function widgetOf({ dashboard, gadget, widget, entryPoint }: DashboardPlace, kept: z.infer<typeof keptSchema>['value'] | undefined): Extension {
  const config = widget?.preview ?? kept;
  return {
    type: 'dashboards:widget',
    ...(config !== undefined && { config }),
    ...(entryPoint === 'edit' && { entryPoint }),
    context: { dashboardId: dashboard?.id ?? '', ...(gadget && { widgetId: gadget.id }) },
    ...(widget?.layout && { layout: definite(widget.layout) }),
  };
}

const definite = ({ columnSpan, ...size }: { width: number; height: number; columnSpan?: number | undefined }): { [key: string]: number } => ({
  ...size,
  ...(columnSpan !== undefined && { columnSpan }),
});
