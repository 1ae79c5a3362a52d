/** What is agreed about one work item: what covers it, or why nothing does, and whether whoever asks may ask. */
import type { z } from 'zod';
import type { Agreement, AgreementVersion } from '../contract';
import { agreed, noneText } from './applies';
import { type Along, type Asked, candidates, type Candidates } from './candidates';

/** Chosen by somebody, whatever service and customer say. */
export interface Chosen {
  agreement: string;
  version: number;
}

export interface OfWork<T> {
  along: T;
  /** Rows that came along. */
  more: readonly unknown[];
  /** An SA has been put in force on this site, today or long ago. */
  begun: boolean;
  applies?: { agreement: Agreement; version: AgreementVersion; chosen: boolean };
  /** Why nothing applies, in words. */
  none?: string;
  /** Whoever asks is named by the customer, by what that is a part of, or in what applies; by a party of the organisation itself. */
  asks: boolean;
  inside: boolean;
}

const found = (
  { kept, services, parties, service, customer }: Candidates<unknown>,
  asked: Asked,
  at: number,
): Pick<OfWork<unknown>, 'applies' | 'none'> => {
  const one = agreed({ kept, services, parties }).at(service ?? '', customer ?? '', at);
  return 'none' in one ? { none: noneText(one.none, asked.service, asked.customer) } : { applies: { ...one, chosen: false } };
};

function chosenOf({ kept }: Candidates<unknown>, chosen: Chosen | undefined): Pick<OfWork<unknown>, 'applies'> | undefined {
  const stored = kept.find(({ agreement }) => agreement.id === chosen?.agreement);
  const version = stored?.versions.find(({ number }) => number === chosen?.version);
  return stored && version && { applies: { agreement: stored.agreement, version, chosen: true } };
}

/** One read. `at`: the moment of the report. */
export async function ofWork<T extends { chosen: Chosen | undefined }>(
  asked: Asked & { at: number },
  along: Along,
  row: z.ZodType<T>,
): Promise<OfWork<T>> {
  const all = await candidates(asked, along, row);
  const covered = chosenOf(all, all.along.chosen) ?? found(all, asked, asked.at);
  const named = covered.applies?.version.terms.requesters.includes(asked.asker ?? '') ?? false;
  return { along: all.along, more: all.more, begun: all.begun, ...covered, asks: all.asks || named, inside: all.inside };
}
