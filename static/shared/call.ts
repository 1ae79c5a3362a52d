/** The one way to the app's functions. A call never throws: what goes wrong comes back as trouble, in words a person can act on. */
import { invoke } from '@forge/bridge';
import type { z } from 'zod';
import type { ErrorCode, Trouble } from '../../src/contract';
import { report } from './report';

/** Some calls of the contract: a page brings only the schemas it asks with. */
type Calls = Readonly<Record<string, { request: z.ZodType; answer: z.ZodType }>>;

type Request<Of extends Calls, Name extends keyof Of> = z.input<Of[Name]['request']>;
type Answer<Of extends Calls, Name extends keyof Of> = z.output<Of[Name]['answer']> | Trouble;

const TROUBLE_STATES: readonly string[] = ['notSetUp', 'notUsm', 'forbidden', 'error'] satisfies Trouble['state'][];

export const isTrouble = (answer: { state: string }): answer is Trouble => TROUBLE_STATES.includes(answer.state);

/** A fault that never reached the log of the functions: the reference names the call, the browser's console has the rest. */
function fault(name: string, code: ErrorCode, text: string, cause: unknown): Trouble {
  const reference = `page-${name}`;
  report(reference, cause);
  return { state: 'error', code, text, reference };
}

/** Calls functions of the app and checks what they answer. */
export const caller =
  <Of extends Calls>(calls: Of) =>
  async <Name extends keyof Of & string>(name: Name, request: Request<Of, Name>): Promise<Answer<Of, Name>> => {
    let raw: unknown;
    try {
      raw = await invoke(name, request as Record<string, unknown>);
    } catch (error) {
      return fault(name, 'platform.unavailable', 'The app did not answer. Nothing is lost; try again in a minute.', error);
    }
    const parsed = calls[name]?.answer.safeParse(raw);
    if (parsed?.success === true) return parsed.data as Answer<Of, Name>;
    return fault(name, 'ours.fault', 'The answer could not be read. Reload the page; the app may have been renewed meanwhile.', parsed?.error);
  };
