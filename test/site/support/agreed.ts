/** What is agreed on a site of a test, brought in as a file by its keeper: quicker than drafting, offering and accepting one by one. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { World } from '../../../sandbox/demo/world';
import { agreementCalls, IMPORT_PARTS, type ImportPart } from '../../../src/contract';

export type File = Partial<Record<ImportPart, readonly unknown[]>>;
const { answer } = agreementCalls['agreements.import'];
type Told = z.infer<typeof answer>;
type Asked = z.input<(typeof agreementCalls)['agreements.import']['request']>;

/** As the page does it: portion by portion, then until it says how it went. `step`: looks at it only, or writes it too. */
export async function fileAnswer(
  { people: { lotte } }: Pick<World, 'people'>,
  file: File,
  { run = randomUUID(), step = 'write' }: { run?: string; step?: 'check' | 'write' } = {},
): Promise<Told> {
  const tell = async (asked: Asked): Promise<Told> => answer.parse(await lotte.invoke('usm', 'agreements.import', asked));
  for (const part of IMPORT_PARTS) {
    const rows = [...(file[part] ?? [])];
    for (let from = 0; from < rows.length; from += 100) {
      const taken = await tell({ step: 'take', run, part, from, rows: rows.slice(from, from + 100) });
      if (taken.state !== 'taken') throw new Error(JSON.stringify(taken));
    }
  }
  for (let calls = 0; calls < 1_000; calls += 1) {
    const told = await tell({ step, run });
    if (told.state !== 'running' && (told.state !== 'checked' || step === 'check')) return told;
  }
  throw new Error('It never ends.');
}

/** Takes a file in that has to be well. */
export async function bringIn(world: Pick<World, 'people'>, file: File): Promise<void> {
  const told = await fileAnswer(world, file);
  if (told.state !== 'done') throw new Error(JSON.stringify(told));
}

const cell = (text: string) => ({ text, lines: [] });

/** Terms that may be agreed: P1 to P4 answered in 15 and restored in 240 minutes each by rank, in this calendar. */
export const agreeable = (calendar: string, more: object = {}) => ({
  timeZone: 'Europe/Amsterdam',
  supportHours: calendar,
  card: {
    facilityWhat: cell('Staff and visitors go online.'),
    facilityHow: cell('Fast enough for images at the bed.'),
    supportWhat: cell('Report a failure, add a desk.'),
    supportHow: cell('Day and night for wards.'),
  },
  readiness: 'Every bed has a connection.',
  price: { kind: 'included' },
  targets: [1, 2, 3, 4].map((rank) => ({ type: 'incident', for: rank, respond: 15 * rank, deliver: 240 * rank, calendar, percent: 95 })),
  ...more,
});

/** Deeds from draft to in force, all at one moment. */
export const inForceSince = (at: number, by: string) => [
  { kind: 'offer', at, by },
  { kind: 'accept', at, by, side: 'customer' },
  { kind: 'agree', at, by },
  { kind: 'confirm', at, by },
];
