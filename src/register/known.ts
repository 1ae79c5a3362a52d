/** What people call things, and what is said of a key that the register does not hold. */
import { Fault } from '../platform/errors';
import { classesNow } from './kept';

export const noSuchItem = (key: string): Fault =>
  new Fault('person.notFound', `${key} is not in the register. Look for it in the list; it may have another key.`);

/** Names of classes by key. */
export const classNames = async (): Promise<ReadonlyMap<string, string>> => new Map((await classesNow()).map(({ key, name }) => [key, name]));
