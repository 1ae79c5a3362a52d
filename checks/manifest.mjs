import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import forgeManifest from '@forge/manifest';

/** Validates manifest.yml: its schema, then its references to functions, resources and files. Answers the faults; prints warnings. */
export async function checkManifest() {
  const { success, errors = [] } = await forgeManifest.validate(false, 'manifest.yml');
  const told = ({ line, column, message }) => `manifest.yml ${line ?? 0}:${column ?? 0} ${message}`;
  for (const warning of errors.filter(({ level }) => level !== 'error')) console.log(`warning: ${told(warning)}`);
  const faults = [...errors.filter(({ level }) => level === 'error').map(told), ...missingFiles(readFileSync('manifest.yml', 'utf8'))];
  if (!success && faults.length === 0) faults.push('manifest.yml is not valid, and the validator gave no reason.');
  if (faults.length === 0) console.log('manifest.yml is valid.');
  return faults;
}

/** Files that icons name (`resource:main;usm.svg`) and that are not in the resource; the validator does not look at them. */
function missingFiles(manifest) {
  const paths = new Map([...manifest.matchAll(/- key: (\S+)\n\s+path: (\S+)/g)].map(([, key, path]) => [key, path]));
  return [...manifest.matchAll(/resource:([\w-]+);(\S+)/g)]
    .filter(([, key, file]) => !existsSync(join(paths.get(key) ?? '', file)))
    .map(([reference]) => `manifest.yml names ${reference}, which is not in the built resource.`);
}
