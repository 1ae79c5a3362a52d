/** Suppliers: who gets work passed on in a space of their own on this site, which need not follow USM. Part of the settings. */
import { z } from 'zod';
import { trouble } from './common';

const jiraId = z.string().regex(/^\d{1,18}$/);
const name = z.string().trim().min(1).max(80);

/** Kept for ever, since records name it; short enough for the column of a team. */
export const supplierId = z.string().regex(/^supplier-\d{1,9}$/);

export const supplier = z.object({
  id: supplierId,
  name,
  /** Where work passed to them is made, and as which work type; names as they were when it was chosen. */
  space: z.object({ projectId: jiraId, key: z.string().max(20), name: z.string().max(200), typeId: jiraId, typeName: z.string().max(200) }),
  /** Our team that speaks for them: an option of the field Solution team. */
  team: z.object({ id: jiraId, name: z.string().max(255) }).optional(),
});
export type Supplier = z.infer<typeof supplier>;

const choice = z.object({ id: jiraId, name: z.string() });

export const supplierOffer = z.object({
  state: z.literal('ok'),
  /** Spaces in which the app may create work. */
  spaces: z.array(choice.extend({ key: z.string() })),
  /** Our teams that may speak for a supplier. */
  teams: z.array(choice),
  /** Work types of the space that was asked about. */
  types: z.array(choice),
});
export type SupplierOffer = z.infer<typeof supplierOffer>;

export const supplierCalls = {
  'settings.supplierOffer': { request: z.object({ projectId: jiraId.optional() }), answer: z.union([supplierOffer, trouble]) },
} as const;
