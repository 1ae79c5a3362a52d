/** Faults as a closed set: the person's, the platform's, ours. The code decides what a person reads and whether trying again can help. */
import { randomBytes } from 'node:crypto';
import type { ErrorCode } from '../contract';

export class Fault extends Error {
  constructor(
    readonly code: ErrorCode,
    /** For the person: what is missing, why, what to do. */
    readonly text: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${text}`, options);
    this.name = 'Fault';
  }
}

const TEXTS: Record<'platform.busy' | 'platform.unavailable' | 'platform.answer' | 'ours.fault', string> = {
  'platform.busy': 'Jira asked the app to wait. Nothing is lost. Try again in a minute.',
  'platform.unavailable': 'Jira or the app’s store did not answer. Nothing was half done. Try again in a minute.',
  'platform.answer': 'Jira answered in a way the app does not understand. Nothing was changed. Tell an administrator the reference.',
  'ours.fault': 'Something is wrong in USM for Jira itself. Nothing was changed. Tell an administrator the reference.',
};

export const platformFault = (code: keyof typeof TEXTS, cause?: unknown): Fault => new Fault(code, TEXTS[code], { cause });

/** Any thrown thing as a Fault; what nobody foresaw is ours. */
export const asFault = (thrown: unknown): Fault => (thrown instanceof Fault ? thrown : platformFault('ours.fault', thrown));

/** Ties what a person reads to the log: 7F3A-21. */
export function newReference(): string {
  const digits = randomBytes(3).toString('hex').toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
