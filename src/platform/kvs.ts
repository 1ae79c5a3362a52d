/** Forge's key-value store, for settings. Every value is checked by its schema when it comes back. */
import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import type { z } from 'zod';
import { platformFault } from './errors';

export interface Setting<T> {
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

const failed = (thrown: unknown): never => {
  throw platformFault('platform.unavailable', thrown);
};

export function setting<T>(key: string, schema: z.ZodType<T>): Setting<T> {
  return {
    async read() {
      const stored = await kvs.get<unknown>(key).catch(failed);
      if (stored === undefined) return undefined;
      const parsed = schema.safeParse(stored);
      if (!parsed.success) throw platformFault('ours.fault', parsed.error);
      return parsed.data;
    },
    async write(value) {
      await kvs.set(key, value).catch(failed);
    },
    async remove() {
      await kvs.delete(key).catch(failed);
    },
  };
}

/** The values before the newest are kept for a while, so that a slow reader still finds where it was pointed to. */
const VERSIONS_KEPT = 20;

export interface Version<T> {
  version: number;
  value: T;
}

/** A value that several people change: everybody writes after the version they have seen, and only one can be next. */
export interface Versioned<T> {
  read(): Promise<Version<T> | undefined>;
  /** Version 0: nothing was there. `false`: somebody else was faster, and nothing was written. */
  write(value: T, after: number): Promise<boolean>;
}

/**
 * The store compares nothing on a plain key (conditions are for custom entities only), but it writes a key that must not exist yet atomically. So
 * every version has a key of its own, and the plain key is a hint where to begin looking: whoever dies between the two leaves a hint that is behind.
 */
export function versioned<T>(key: string, schema: z.ZodType<T>): Versioned<T> {
  const at = (version: number): string => `${key}:${String(version)}`;
  const get = (name: string): Promise<unknown> => kvs.get<unknown>(name).catch(failed);
  return {
    async read() {
      const pointed = await get(key);
      const hint = pointed ?? 1;
      if (typeof hint !== 'number') throw platformFault('ours.fault', new Error(`${key} holds no version`));
      let [stored, next] = await Promise.all([get(at(hint)), get(at(hint + 1))]);
      let version = hint;
      while (next !== undefined) {
        version += 1;
        [stored, next] = [next, await get(at(version + 1))];
      }
      if (stored === undefined && pointed === undefined) return undefined;
      const parsed = schema.safeParse(stored);
      if (!parsed.success) throw platformFault('ours.fault', parsed.error);
      return { version, value: parsed.data };
    },
    async write(value, after) {
      const version = after + 1;
      try {
        await kvs.set(at(version), value, { keyPolicy: 'FAIL_IF_EXISTS' });
      } catch (thrown) {
        if (thrown instanceof ForgeKvsAPIError && thrown.responseDetails.status === 409) return false;
        return failed(thrown);
      }
      await kvs.set(key, version).catch(failed);
      if (version > VERSIONS_KEPT) await kvs.delete(at(version - VERSIONS_KEPT)).catch(failed);
      return true;
    },
  };
}

/** After so many lost races something else is wrong. */
const RACES = 10;

/** Changes the newest value, again from the start whenever somebody else was faster. */
export async function changeVersioned<T>(store: Versioned<T>, first: T, change: (value: T) => T): Promise<Version<T>> {
  for (let race = 0; race < RACES; race += 1) {
    const { version, value } = (await store.read()) ?? { version: 0, value: first };
    const next = change(value);
    if (next === value) return { version, value };
    if (await store.write(next, version)) return { version: version + 1, value: next };
  }
  throw platformFault('platform.busy');
}
