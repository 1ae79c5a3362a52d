/** A whole site as one file: written, checked, and fitted to the address of another site. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { forgeSnapshotSchema, sqlTablesSchema, type SiteIds } from '../forge';

const FORMAT = 'local-jira-site';
const VERSION = 1;

const idsSchema = z.strictObject({ cloudId: z.string(), contextAri: z.string(), environmentId: z.string(), installationId: z.string() });
const storeSchema = z.object({
  sequences: z.record(z.string(), z.number()),
  tables: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
});

const contentSchema = z.strictObject({
  /** The site's time, and where it stood. */
  now: z.iso.datetime(),
  url: z.url(),
  store: z.json().refine((store) => storeSchema.safeParse(store).success, 'is not the state of a site'),
  apps: z.array(z.strictObject({ appId: z.string(), appName: z.string(), ids: idsSchema, forge: forgeSnapshotSchema, sql: sqlTablesSchema })),
});
export type SiteContent = z.infer<typeof contentSchema>;

/** The file cannot be taken; one line that says why. Nothing has been changed. */
export class TransferRefused extends Error {
  override readonly name = 'TransferRefused';
}

const digest = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

export const writeTransfer = (content: SiteContent): string => {
  // Through JSON once, so that what is digested is what will be read.
  const plain: unknown = JSON.parse(JSON.stringify(content));
  return JSON.stringify({ format: FORMAT, version: VERSION, sha256: digest(plain), content: plain });
};

const envelopeSchema = z.object({ format: z.literal(FORMAT), version: z.int().positive(), sha256: z.string(), content: z.unknown() });

/** Reads and checks a file. Throws TransferRefused. */
export function readTransfer(text: string): SiteContent {
  const envelope = envelopeSchema.safeParse(parsed(text)).data;
  if (!envelope) throw new TransferRefused('The file is not an exported site, or it is damaged.');
  if (envelope.version > VERSION)
    throw new TransferRefused(`The file has version ${envelope.version}; this site reads versions up to ${VERSION}. Take a newer site.`);
  if (digest(envelope.content) !== envelope.sha256) throw new TransferRefused('The file is damaged: its content does not fit its checksum.');
  const content = contentSchema.safeParse(envelope.content);
  if (content.success) return content.data;
  const [issue] = content.error.issues;
  throw new TransferRefused(`The file is damaged at ${issue?.path.join('.') ?? 'its root'}: ${issue?.message ?? 'unreadable'}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Destination {
  url: string;
  apps: readonly { appId: string; ids: SiteIds }[];
}

/** The content with the ids and the address of the site it comes to. */
export function fitted(content: SiteContent, to: Destination): SiteContent {
  const ids = content.apps.flatMap(({ appId, ids: from }) => {
    const there = to.apps.find((one) => one.appId === appId)?.ids;
    return there ? (['cloudId', 'environmentId', 'installationId'] as const).map((name): [string, string] => [from[name], there[name]]) : [];
  });
  const text = ids.reduce((all, [from, there]) => all.replaceAll(from, there), JSON.stringify(content));
  // A port that only begins like ours is another address.
  const address = new RegExp(`${content.url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`, 'g');
  return contentSchema.parse(JSON.parse(text.replace(address, () => to.url)));
}
