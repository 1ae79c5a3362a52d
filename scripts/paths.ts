/** Where things stand in the project. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CACHE = join(ROOT, '.cache');
/** What ships: the manifest names these two folders. */
export const FUNCTIONS_DIR = join(ROOT, 'dist', 'functions');
export const STATIC_DIR = join(ROOT, 'dist', 'static');
/** The sandbox's own pages. */
export const PAGES_DIR = join(CACHE, 'build', 'site-web');
/** The running site's data; `--fresh` throws it away. */
export const SITE_DATA_DIR = join(CACHE, 'site');
/** The database program, where the machine has none, and a data folder to start from. */
export const DATABASE_CACHE = join(CACHE, 'mariadb');
