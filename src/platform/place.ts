/** Where a part of a list ended, as a page hands it back. */
import type { z } from 'zod';
import { Fault } from './errors';

export const toPlace = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A place that is none is somebody's own doing. */
export function fromPlace<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new Fault('person.input', 'This list cannot be continued from there. Load it again.');
  }
}
