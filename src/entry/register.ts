/** The calls of the register, for the resolver. */
import type { z } from 'zod';
import { registerCalls } from '../contract';
import { Fault } from '../platform/errors';
import type { Subject } from './access';

type Calls = typeof registerCalls;
type Name = keyof Calls;
type Cases = { [One in Name]: (request: z.infer<Calls[One]['request']>, subject: Subject) => Promise<z.infer<Calls[One]['answer']>> };

const NAMES = Object.keys(registerCalls) as Name[];

export const registerCases = Object.fromEntries(
  NAMES.map((name) => [name, () => Promise.reject(new Fault('platform.unavailable', `${name} is not answered yet.`))]),
) as unknown as Cases;
