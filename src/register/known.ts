/** What is said of a key that the register does not hold. */
import { Fault } from '../platform/errors';

export const noSuchItem = (key: string): Fault =>
  new Fault('person.notFound', `${key} is not in the register. Look for it in the list; it may have another key.`);
