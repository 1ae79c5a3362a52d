/** What was typed of a record, read by the contract; what it refuses is told at its place, in words. Pure. */
import type { z } from 'zod';

export type Words = readonly (readonly [RegExp, string])[];

const COMMON: Words = [
  [/^id$/, 'Give an id of letters, digits, dots and lines, at most 40; it stays for ever.'],
  [/^name$/, 'Give it a name of 1 to 120 letters.'],
  [/\.label$/, 'Say what is measured.'],
  [/\.value$/, 'Give its value.'],
  [/\.text$/, 'Keep it below 2,000 letters.'],
  [/^timeZone$/, 'Use a name such as Europe/Amsterdam.'],
  [/^contact$/, 'Keep it below 400 letters.'],
  [/^(value|readiness)$/, 'Keep it below 4,000 letters.'],
  [/^price\.amount$/, 'Give an amount, such as 6200 or 12.50.'],
  [/^price\.currency$/, 'Give three capital letters, such as EUR.'],
  [/^price\.unit$/, 'Say what it is for: a workplace, the service.'],
  [/^(goods|actions)\.\d+$/, 'Write the line in at most 400 letters, or take it out.'],
];

export function readBy<Schema extends z.ZodType>(schema: Schema, raw: unknown): { record?: z.output<Schema>; wrong: ReadonlyMap<string, string> } {
  const result = schema.safeParse(raw);
  const wrong = new Map<string, string>();
  for (const { path } of result.error?.issues ?? []) {
    const place = path.map(String).join('.');
    wrong.set(place, COMMON.find(([pattern]) => pattern.test(place))?.[1] ?? 'This cannot be used as it is.');
  }
  return { ...(result.success && { record: result.data }), wrong };
}
