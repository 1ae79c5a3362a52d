/** `dynamicProperties` of jira:issueContext: the status that a function of the app tells. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { iconAddress } from './resources';
import type { Extension, ForgeForUi, UiModule } from './site';

const label = z.string().min(1);
const told = z.object({
  status: z.discriminatedUnion('type', [
    z.object({ type: z.literal('badge'), value: z.object({ label }) }),
    z.object({
      type: z.literal('lozenge'),
      value: z.object({ label, type: z.enum(['default', 'inprogress', 'moved', 'new', 'removed', 'success']).optional() }),
    }),
    z.object({ type: z.literal('icon'), value: z.object({ label, url: z.string() }) }),
  ]),
});

/** Icons come from the app's own resources or from the text itself. */
const BUNDLED = /^(resource:|data:image\/)/;

/** What the function says, or the manifest's own status where it says nothing that can be shown. */
export async function dynamicStatus(
  forge: ForgeForUi,
  module: UiModule,
  { extension, accountId, frameOrigin }: { extension: Extension; accountId: string | undefined; frameOrigin: string },
): Promise<Json> {
  const { key, status = null, dynamicProperties } = module;
  if (!dynamicProperties) return status;
  const { type, issue, project } = extension;
  const argument = { cloudId: forge.ids.cloudId, extension: { type, ...(issue && { issue }), ...(project && { project }) } };
  const answer = await forge.call({ moduleKey: key, functionKey: dynamicProperties.function, argument, accountId }).catch(() => undefined);
  const found = told.safeParse(answer).data?.status;
  if (!found) return status;
  if (found.type === 'badge') return found;
  if (found.type === 'lozenge') return { type: 'lozenge', value: { label: found.value.label, type: found.value.type ?? 'default' } };
  if (!BUNDLED.test(found.value.url)) return status;
  return { type: 'icon', value: { label: found.value.label, url: iconAddress(found.value.url, frameOrigin) } };
}
