import type { Json } from '../jira/store';

/** What a service of the platform answers to a request of the app. */
export interface ServiceAnswer {
  status: number;
  body?: Json;
}

/** An error in the shape of the storage services: `{code, message}`. */
export const serviceError = (status: number, code: string, message: string, more: { [key: string]: Json } = {}): ServiceAnswer => ({
  status,
  body: { code, message, ...more },
});

/** A body as JSON, or undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
