/** What many invocations read and few change, kept in the function's memory for a short while. */
import { getAppContext } from '@forge/api';
import { now } from './clock';

export interface Cache<T> {
  get(): Promise<T>;
  /** Of this installation, in this process; other processes notice when their time is over. */
  forget(): void;
}

/** A process serves several installations (Forge docs: module state is shared across tenants), so every one has an entry of its own. */
export function cached<T>(ms: number, load: () => Promise<T>): Cache<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const mine = (): string => getAppContext().installationAri.installationId;
  return {
    async get() {
      const key = mine();
      const found = kept.get(key);
      if (found && found.until > now()) return found.value;
      const value = await load();
      kept.set(key, { value, until: now() + ms });
      return value;
    },
    forget() {
      kept.delete(mine());
    },
  };
}
