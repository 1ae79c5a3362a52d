/** The one way to the app's functions. A call never throws: what goes wrong comes back as trouble, in words a person can act on. */
import { invoke } from '@forge/bridge';
import type { z } from 'zod';
import { setupCalls, workCalls, type ErrorCode, type Trouble } from '../../src/contract';
import { report } from './report';

const CALLS = { ...workCalls, ...setupCalls };
type Calls = typeof CALLS;

export type CallName = keyof Calls;
export type Request<Name extends CallName> = z.input<Calls[Name]['request']>;
export type Answer<Name extends CallName> = z.output<Calls[Name]['answer']> | Trouble;

const TROUBLE_STATES: readonly string[] = ['notSetUp', 'notUsm', 'forbidden', 'error'] satisfies Trouble['state'][];

export const isTrouble = (answer: { state: string }): answer is Trouble => TROUBLE_STATES.includes(answer.state);

/** A fault that never reached the log of the functions: the reference names the call, the browser's console has the rest. */
function fault(name: CallName, code: ErrorCode, text: string, cause: unknown): Trouble {
  const reference = `page-${name}`;
  report(reference, cause);
  return { state: 'error', code, text, reference };
}

/** Calls a function of the app and checks what it answers. */
export async function call<Name extends CallName>(name: Name, request: Request<Name>): Promise<Answer<Name>> {
  let raw: unknown;
  try {
    raw = await invoke(name, request);
  } catch (error) {
    return fault(name, 'platform.unavailable', 'The app did not answer. Nothing is lost; try again in a minute.', error);
  }
  const parsed = CALLS[name].answer.safeParse(raw);
  if (parsed.success) return parsed.data as Answer<Name>;
  return fault(name, 'ours.fault', 'The answer could not be read. Reload the page; the app may have been renewed meanwhile.', parsed.error);
}
