/** What a run is and how far it has come: small, in the store of settings, changed by compare-and-set. Its rows wait in SQL. */
import { z } from 'zod';
import { importMapping, type ImportMapping, importPhase, type ImportPhase, importRun, issueKey, moment } from '../contract';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { changeVersioned, type Version, versioned } from '../platform/kvs';

const header = importRun.omit({ by: true, workItem: true }).extend({
  by: z.string(),
  workItem: z.object({ id: z.string(), key: issueKey }).optional(),
  /** For all that nobody decided one by one. */
  rest: z.enum(['register', 'file']).optional(),
  /** How far a phase is that goes over the register. */
  cursor: z.number().int().default(0),
  /** By prefix, the number that the next new item gets. */
  next: z.record(z.string(), z.number().int()).default({}),
  times: z.partialRecord(importPhase, z.object({ from: moment, until: moment.optional() })).default({}),
  again: z.number().int().default(0),
  /** What an undo had before it. */
  undoable: z.number().int().optional(),
});
export type Run = z.infer<typeof header>;

/** Whoever asks for news in these phases finds somebody at work. */
export const WORKING: readonly ImportPhase[] = [
  'looking',
  'settling',
  'vanishing',
  'creating',
  'updating',
  'relating',
  'checking',
  'marking',
  'undoing',
];
export const isWorking = ({ phase, stopped }: Pick<Run, 'phase' | 'stopped'>): boolean => !stopped && WORKING.includes(phase);

const listed = importRun.pick({ id: true, name: true, at: true, phase: true, stopped: true }).extend({ by: z.string(), file: z.string() });
export type Listed = z.infer<typeof listed>;
const RUNS_LISTED = 50;
const list = versioned('register.imports', z.array(listed));
const MAPPINGS_KEPT = 20;
const mappingList = versioned('register.mappings', z.array(importMapping));
const storeOf = (id: string) => versioned(`register.import.${id}`, header);

export const runs = async (): Promise<Listed[]> => (await list.read())?.value ?? [];
export const mappings = async (): Promise<ImportMapping[]> => (await mappingList.read())?.value ?? [];

const GONE = 'Nothing of this file is here. Choose it again.';
export async function runWith(id: string): Promise<Version<Run>> {
  const found = await storeOf(id).read();
  if (!found) throw new Fault('person.notFound', GONE);
  return found;
}

const toListed = ({ id, name, at, phase, stopped, by, file }: Run): Listed => ({ id, name, at, phase, stopped, by, file: file.name });

/** One value of the store takes 240 KiB (Forge docs: KVS limits). */
const MOST_LETTERS = 100_000;

export async function beginRun(asked: Pick<Run, 'id' | 'by' | 'file' | 'mapping'>): Promise<Run> {
  if (JSON.stringify(asked.mapping).length > MOST_LETTERS)
    throw new Fault('person.input', 'This mapping has more matched values than can be kept. Match fewer.');
  const known = await storeOf(asked.id).read();
  if (known) return known.value;
  const at = now();
  const day = new Date(at).toISOString().slice(0, 10);
  const first = { ...asked, at, phase: 'taking' as const, stopped: false };
  const { value } = await changeVersioned(list, [], (all) => {
    if (all.some(({ id }) => id === asked.id)) return all;
    const name = `${day}-${String(all.filter((one) => one.name.startsWith(day)).length + 1)}`;
    return [toListed(header.parse({ ...first, name })), ...all].slice(0, RUNS_LISTED);
  });
  await changeVersioned(mappingList, [], (all) => [asked.mapping, ...all.filter(({ id }) => id !== asked.mapping.id)].slice(0, MAPPINGS_KEPT));
  const run = header.parse({ ...first, name: value.find(({ id }) => id === asked.id)?.name ?? day });
  return (await storeOf(asked.id).write(run, 0)) ? run : (await runWith(asked.id)).value;
}

/** Changes it as it is now; the list follows when its phase does. */
export async function changeRun(id: string, change: (run: Run) => Run): Promise<Run> {
  const { value: before } = await runWith(id);
  const { value } = await changeVersioned(storeOf(id), before, change);
  if (value.phase !== before.phase || value.stopped !== before.stopped) {
    await changeVersioned(list, [], (all) => all.map((one) => (one.id === id ? toListed(value) : one)));
  }
  return value;
}

/** Into another phase, whose time begins; only from where it was seen, so that whoever comes late changes nothing. */
export const toPhase = (id: string, from: ImportPhase, to: ImportPhase, more: Partial<Run> = {}): Promise<Run> =>
  changeRun(id, (run) => {
    if (run.phase !== from) return run;
    const at = now();
    const begun = run.times[from];
    return {
      ...run,
      ...more,
      phase: to,
      cursor: 0,
      times: { ...run.times, ...(begun && { [from]: { ...begun, until: at } }), [to]: { from: at } },
    };
  });
