/** Forge's key-value store, for settings. Every value is checked by its schema when it comes back. */
import { kvs } from '@forge/kvs';
import type { z } from 'zod';
import { platformFault } from './errors';

export interface Setting<T> {
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

export function setting<T>(key: string, schema: z.ZodType<T>): Setting<T> {
  const failed = (thrown: unknown): never => {
    throw platformFault('platform.unavailable', thrown);
  };
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
