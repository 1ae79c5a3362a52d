/** What a manifest's `resources` say about addresses: `main/panel` is the entry `panel` of the resource `main`, `main` its index.html. */

export interface FrameResource {
  key: string;
  /** Absolute folder of the built files. */
  path: string;
  /** Named entries: name -> html file. */
  entry?: Readonly<Record<string, string>>;
}

/** The resource and html file that a module's `resource` names; an error when the manifest has no such entry. */
export function resolveResource(resources: readonly Pick<FrameResource, 'key' | 'entry'>[], resource: string): { key: string; file: string } {
  const [key, entry] = resource.split('/', 2);
  const found = resources.find((one) => one.key === key);
  if (!found) throw new Error(`The manifest has no resource "${key}".`);
  if (entry === undefined) return { key: found.key, file: 'index.html' };
  const file = found.entry?.[entry];
  if (file === undefined) throw new Error(`The resource "${found.key}" has no entry "${entry}".`);
  return { key: found.key, file };
}

/** The address of a module's page on the app's own origin. */
export function frameAddress(resources: readonly Pick<FrameResource, 'key' | 'entry'>[], resource: string, frameOrigin: string): string {
  const { key, file } = resolveResource(resources, resource);
  return `${frameOrigin}/r/${key}/${file}`;
}

/** `resource:key;path` of an icon as an address; absolute addresses stay. */
export function iconAddress(icon: string, frameOrigin: string): string {
  const bundled = /^resource:([\w-]+);\/?(.+)$/.exec(icon);
  return bundled ? `${frameOrigin}/r/${bundled[1]}/${bundled[2]}` : icon;
}
