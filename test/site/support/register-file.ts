/** A file on its way into the register of a test's site, as the page brings it: begun, sent, looked at, written. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Visitor } from '../../../sandbox/demo/client';
import { type ImportMapping, type ImportPhase, type ImportProgress, BYTES_A_CALL, registerImportCalls, ROWS_A_CALL } from '../../../src/contract';

type Calls = typeof registerImportCalls;
export type Asked<Name extends keyof Calls> = z.input<Calls[Name]['request']>;
export type Told<Name extends keyof Calls> = z.infer<Calls[Name]['answer']>;

export const ask = async <Name extends keyof Calls>(who: Visitor, name: Name, payload: Asked<Name>): Promise<Told<Name>> =>
  registerImportCalls[name].answer.parse(await who.invoke('usm', name, payload)) as Told<Name>;

export function fine<T extends { state: string }>(answer: T): Extract<T, { state: 'ok' }> {
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { state: 'ok' }>;
}

export interface Table {
  /** Column of the file by what it means. */
  columns: readonly (readonly [header: string, to: string])[];
  rows: readonly (readonly string[])[];
}

export const mappingOf = (table: Table, more: Partial<ImportMapping> = {}): z.input<Calls['register.importBegin']['request']>['mapping'] => ({
  id: randomUUID(),
  name: 'Hospital, monthly',
  columns: table.columns.map(([header, to]) => ({ header, to: to })),
  ...more,
});

const STILL: readonly ImportPhase[] = ['taking', 'looked', 'done', 'undone'];
const MOST_CALLS = 2_000;

/** Asks until it stands still. `between`: before every call. */
export async function through(who: Visitor, run: string, between?: () => Promise<void>): Promise<ImportProgress> {
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    await between?.();
    const progress = fine(await ask(who, 'register.importStep', { run }));
    if (STILL.includes(progress.run.phase) || progress.run.stopped) return progress;
  }
  throw new Error('It never ends.');
}

export async function send(who: Visitor, run: string, rows: Table['rows']): Promise<ImportProgress> {
  let from = 0;
  for (;;) {
    let size = Math.min(ROWS_A_CALL, rows.length - from);
    const portion = () => rows.slice(from, from + size).map((cells, index) => ({ line: from + index + 2, cells: [...cells] }));
    while (size > 1 && Buffer.byteLength(JSON.stringify(portion())) > BYTES_A_CALL) size = Math.ceil(size / 2);
    const last = from + size >= rows.length;
    const progress = fine(await ask(who, 'register.importPlan', { run, rows: portion(), last }));
    from += size;
    if (last) return progress;
  }
}

/** Until somebody may decide. */
export async function looked(who: Visitor, table: Table, mapping = mappingOf(table), run: string = randomUUID()): Promise<ImportProgress> {
  fine(
    await ask(who, 'register.importBegin', {
      run,
      file: { name: 'hospital.csv', rows: table.rows.length, columns: table.columns.length, encoding: 'UTF-8', separator: ';', fingerprint: 'test' },
      mapping,
    }),
  );
  await send(who, run, table.rows);
  return through(who, run);
}

/** All of it. */
export async function broughtIn(
  who: Visitor,
  table: Table,
  mapping = mappingOf(table),
  { workItem, vanished = 'leave' }: { workItem?: string; vanished?: 'mark' | 'leave' } = {},
): Promise<ImportProgress> {
  const { run } = await looked(who, table, mapping);
  fine(await ask(who, 'register.importApply', { run: run.id, vanished, ...(workItem !== undefined && { workItem }) }));
  return through(who, run.id);
}
