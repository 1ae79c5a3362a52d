/** Bringing in a file: rows arrive in portions, all of them are looked at, somebody decides, then they are written; each step may be asked for again. */
import {
  BYTES_A_CALL,
  CELL_CHARS,
  type Decision,
  type ImportCounts,
  type ImportFile,
  type ImportLine,
  type ImportMapping,
  type ImportPhase,
  type ImportProgress,
  type Person,
  UNDO_DAYS,
} from '../contract';
import { STATUSES, type StatusKey, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { remainingMs } from '../platform/environment';
import { Fault } from '../platform/errors';
import { forgetRows, keepRows, type Taken, tallyOf, wholeRowAt } from '../platform/import-rows';
import { lease } from '../platform/lease';
import { toSql } from '../platform/sql';
import { check, create, mark, relate, update } from './import-apply';
import { endsNow, lookingNow } from './import-around';
import { compared, type Looking, planOf, ROWS, VANISHED } from './import-compare';
import { converted, signOf } from './import-convert';
import { baseOf, FATE, STAGE, stageOf, WRITES } from './import-fates';
import { look, lookAgain, settle, settleTogether, vanish } from './import-look';
import { beginRun, changeRun, isWorking, type Run, runs, runWith, toPhase } from './import-run';
import { undo, undoableNow } from './import-undo';

/** Who asks, and what Jira shows them. */
export interface Importing {
  accountId: string;
  names: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Work items by id, as this person sees them; asked by id or key. */
  seeing: (ids: readonly string[]) => Promise<ReadonlyMap<string, { key: string; status?: StatusKey; type?: WorkTypeKey }>>;
}

const SOMEBODY = 'Somebody';
export const personOf = (accountId: string, names: ReadonlyMap<string, string>): Person => ({ accountId, name: names.get(accountId) ?? SOMEBODY });

type Tally = Awaited<ReturnType<typeof tallyOf>>;
const sum = (tally: Tally, which: (one: Tally[number]) => boolean, of: (one: Tally[number]) => number = ({ n }) => n): number =>
  tally.filter(which).reduce((total, one) => total + of(one), 0);

function countsOf(tally: Tally): ImportCounts {
  const base = (...fates: number[]) =>
    sum(tally, ({ part, fate }) => (part === ROWS || fates.includes(FATE.vanished)) && fates.includes(baseOf(fate)));
  return {
    create: base(FATE.create),
    update: base(FATE.update, FATE.managed),
    managed: base(FATE.managed),
    leave: base(FATE.same, FATE.note),
    decide: base(FATE.decide),
    waits: base(FATE.waits),
    wrong: base(FATE.wrong),
    vanished: base(FATE.vanished),
    attributes: sum(
      tally,
      ({ fate }) => baseOf(fate) === FATE.update || baseOf(fate) === FATE.managed,
      ({ size }) => size,
    ),
  };
}

const writes = (fate: number): boolean => WRITES.some((one) => one === baseOf(fate));

/** How far each phase is, by what has become of the rows. */
function phasesOf(run: Run, tally: Tally): ImportProgress['phases'] {
  const rows = tally.filter(({ part }) => part === ROWS);
  const all = sum(rows, () => true);
  const at = (test: (fate: number) => boolean, stage: number) => sum(rows, ({ fate }) => test(fate) && stageOf(fate) >= stage);
  const isNew = (fate: number): boolean => baseOf(fate) === FATE.create;
  const changes = (fate: number): boolean => writes(fate) && !isNew(fate);
  const relates = run.mapping.columns.some(({ to }) => to.startsWith('rel.'));
  const gone = tally.filter(({ part }) => part === VANISHED);
  const of: Partial<Record<ImportPhase, readonly [number, number]>> = {
    taking: [all, run.file.rows],
    looking: [all - sum(rows, ({ fate }) => fate === FATE.waiting), all],
    settling: [0, 0],
    vanishing: [0, 0],
    creating: [at(isNew, STAGE.written), at(isNew, 0)],
    updating: [at(changes, STAGE.written), at(changes, 0)],
    relating: relates ? [at(writes, STAGE.related), at(writes, 0)] : [0, 0],
    checking: [at(writes, STAGE.same), at(writes, 0)],
    marking: run.vanished === 'mark' ? [sum(gone, ({ fate }) => stageOf(fate) > 0), sum(gone, () => true)] : [0, 0],
    undoing: [0, run.undoable ?? 0],
  };
  return (Object.keys(of) as ImportPhase[]).map((phase) => {
    const [done, total] = of[phase] ?? [0, 0];
    const time = run.times[phase];
    return { phase, done, of: total, ...(time && { from: time.from, ...(time.until !== undefined && { until: time.until }) }) };
  });
}

export async function progress(run: Run, { names }: Pick<Importing, 'names'>): Promise<ImportProgress> {
  const ended = run.phase === 'done' || run.phase === 'undoing' || run.phase === 'undone';
  const [tally, people, left] = await Promise.all([tallyOf(run.id), names([run.by]), ended ? undoableNow(run) : undefined]);
  const phases = phasesOf(run, tally);
  const now = phases.find(({ phase }) => phase === run.phase);
  const wrote = (test: (fate: number) => boolean) => sum(tally, ({ part, fate }) => part === ROWS && test(fate) && stageOf(fate) >= STAGE.written);
  const [created, updated] = [wrote((fate) => baseOf(fate) === FATE.create), wrote((fate) => writes(fate) && baseOf(fate) !== FATE.create)];
  const back = (run.undoable ?? 0) - (left ?? 0);
  const { workItem, by: _by, ...shown } = run;
  return {
    state: 'ok',
    run: {
      id: shown.id,
      name: shown.name,
      at: shown.at,
      file: shown.file,
      mapping: shown.mapping,
      phase: shown.phase,
      stopped: shown.stopped,
      by: personOf(run.by, people),
      ...(workItem && { workItem: workItem.key }),
      ...(shown.vanished && { vanished: shown.vanished }),
      ...(shown.undoUntil !== undefined && { undoUntil: shown.undoUntil }),
    },
    counts: countsOf(tally),
    done: run.phase === 'undoing' ? back : (now?.done ?? 0),
    of: now?.of ?? 0,
    phases,
    taken: sum(tally, ({ part }) => part === ROWS),
    written: { created, updated },
    compared: {
      same: sum(tally, ({ part, fate }) => part === ROWS && stageOf(fate) === STAGE.same),
      other: sum(tally, ({ part, fate }) => part === ROWS && stageOf(fate) === STAGE.other),
    },
    again: run.again,
    ...(left !== undefined && run.phase === 'done' && { undoable: left }),
    ...(run.phase === 'undone' && { undone: { back, kept: created + updated - back } }),
  };
}

const told = async (run: string, asking: Pick<Importing, 'names'>): Promise<ImportProgress> => progress((await runWith(run)).value, asking);

// Rows arrive

export const begin = async (asked: { run: string; file: ImportFile; mapping: ImportMapping }, asking: Importing): Promise<ImportProgress> =>
  progress(await beginRun({ id: asked.run, by: asking.accountId, file: asked.file, mapping: asked.mapping }), asking);

function takenRow({ line, cells, wrong }: ImportLine, run: Run, looking: Looking): Taken {
  const { item, wrong: found } = converted(cells, run.mapping, looking);
  const sign = signOf(item, run.mapping, looking);
  const why =
    wrong !== undefined
      ? [{ why: wrong, todo: 'Correct the line.' }]
      : cells.some((cell) => cell.length > CELL_CHARS)
        ? found
        : // What only its class in the register can tell is told when it is looked at.
          found.filter((one) => one.why.includes('NUL'));
  return {
    line,
    id: wrong === undefined && typeof sign === 'string' ? sign : '',
    body: cells.map((cell) => cell.slice(0, CELL_CHARS + 1)),
    refs: { ...(item.key !== undefined && { k: item.key }), r: item.relations.map(({ kind, to }) => [kind, to]) },
    wrong: why.map((one) => ({ ...one, path: '', text: '' })),
  };
}

const ROWS_A_STATEMENT = 60;

export async function take(
  { run: id, rows, last }: { run: string; rows: readonly ImportLine[]; last: boolean },
  asking: Importing,
): Promise<ImportProgress> {
  if (Buffer.byteLength(JSON.stringify(rows)) > BYTES_A_CALL)
    throw new Fault('person.input', 'This portion of the file is too large for one call. Choose the file again.');
  const { value: run } = await runWith(id);
  // Whoever sends a portion late finds that all of it is here.
  if (run.phase !== 'taking') return progress(run, asking);
  const looking = await lookingNow();
  await keepRows(
    id,
    ROWS,
    rows.map((row) => takenRow(row, run, looking)),
    FATE.waiting,
    ROWS_A_STATEMENT,
  );
  return progress(last ? await toPhase(id, 'taking', 'looking') : run, asking);
}

// Steps

/** One at a time over the whole site; whoever comes second is told how far it is. Kept free: a portion, and the answer. */
const RESERVE_MS = 12_000;
/** So that a page hears of it often enough. */
const STEP_MS = 6_000;

async function portion(run: Run, looking: Looking): Promise<void> {
  switch (run.phase) {
    case 'looking':
      return look(run, looking);
    case 'settling':
      return settleTogether(run, await endsNow());
    case 'vanishing':
      return vanish(run, looking);
    case 'creating':
      return create(run, looking);
    case 'updating':
      return update(run, looking);
    case 'relating':
      return relate(run, looking);
    case 'checking':
      return check(run, looking);
    case 'marking':
      return mark(run);
    case 'undoing':
      return undo(run);
    default:
  }
}

/** Portion after portion, until it stands still or the time is up. What was decided meanwhile counts from the next portion on. */
async function goOn(id: string, mostMs: number): Promise<void> {
  const turn = lease('register.import');
  if (!(await turn.take())) return;
  try {
    const began = remainingMs();
    let looking = await lookingNow();
    let phase: ImportPhase | undefined;
    for (;;) {
      const { value: run } = await runWith(id);
      if (!isWorking(run) || began - remainingMs() > mostMs || remainingMs() < RESERVE_MS) return;
      // What one phase wrote, the next one has to see.
      if (phase !== undefined && phase !== run.phase) looking = { classes: looking.classes, parties: looking.parties };
      phase = run.phase;
      await portion(run, looking);
    }
  } finally {
    await turn.release();
  }
}

export async function step({ run }: { run: string }, asking: Importing): Promise<ImportProgress> {
  await goOn(run, STEP_MS);
  return told(run, asking);
}

/** Whoever left the page left the work to the round. */
export async function round(): Promise<void> {
  for (const { id } of (await runs()).filter(isWorking)) if (remainingMs() > RESERVE_MS) await goOn(id, Infinity);
}

const KEPT_MS = UNDO_DAYS * 86_400_000;
/** Once a day: rows of files are kept as long as their run may be undone. */
export const forget = (): Promise<void> => forgetRows('at < ? AND part >= ?', toSql(now() - KEPT_MS), ROWS);

// Deciding, writing, stopping, undoing

const notNow = (): Fault => new Fault('person.conflict', 'This import has gone on meanwhile. Look at how far it is.');

export async function decide(
  asked: { run: string; line: number; attribute: string; decision: Decision } | { run: string; all: 'register' | 'file' },
  asking: Importing,
): Promise<ImportProgress> {
  const { value: run } = await runWith(asked.run);
  if (run.phase !== 'looked') throw notNow();
  if ('all' in asked) {
    await changeRun(run.id, (one) => ({ ...one, rest: asked.all }));
    await lookAgain(run);
    return progress(await toPhase(run.id, 'looked', 'looking'), asking);
  }
  const row = await wholeRowAt(run.id, ROWS, asked.line);
  if (!row) throw new Fault('person.notFound', 'This line is not here any more. Load the page again.');
  const own = planOf(row);
  const decided = { ...row, plan: { ...own, one: { ...own.one, [asked.attribute]: asked.decision } } };
  const looking = await lookingNow();
  const all = await compared(run, [decided], looking);
  await settle(run, all, looking, true);
  return told(run.id, asking);
}

async function changeRequest(key: string, { seeing }: Importing): Promise<{ id: string; key: string }> {
  const found = [...(await seeing([key]))].find(([, one]) => one.key === key);
  const [id, item] = found ?? [];
  if (id === undefined || !item)
    throw new Fault('person.notFound', `${key} is not there, or you may not see it. Name a Request for Change that you see.`);
  if (item.type !== 'rfc') throw new Fault('person.input', `${key} is no Request for Change. What is managed changes under a Request for Change.`);
  if (item.status !== undefined && STATUSES[item.status].category === 'DONE')
    throw new Fault('person.conflict', `${key} has ended. Name a Request for Change that is open.`);
  return { id, key };
}

export async function apply(
  { run: id, workItem, vanished }: { run: string; workItem?: string | undefined; vanished: 'mark' | 'leave' },
  asking: Importing,
): Promise<ImportProgress> {
  const { value: run } = await runWith(id);
  if (run.phase !== 'looked') return progress(run, asking);
  const { managed } = countsOf(await tallyOf(id));
  if (managed > 0 && workItem === undefined)
    throw new Fault(
      'person.input',
      `${managed.toLocaleString('en-GB')} items change in what is managed, and a managed attribute changes by a Request for Change. Name the one this import is recorded under.`,
    );
  const under = workItem === undefined ? undefined : await changeRequest(workItem, asking);
  return progress(await toPhase(id, 'looked', 'creating', { vanished, stopped: false, ...(under && { workItem: under }) }), asking);
}

/** After the portion that is being written; the rest stays as it is, and may be gone on with. */
export const stop = async ({ run, stopped }: { run: string; stopped: boolean }, asking: Importing): Promise<ImportProgress> =>
  progress(await changeRun(run, (one) => (one.stopped === stopped ? one : { ...one, stopped })), asking);

export async function undoRun({ run: id }: { run: string }, asking: Importing): Promise<ImportProgress> {
  const { value: run } = await runWith(id);
  if (run.phase === 'undoing' || run.phase === 'undone') return progress(run, asking);
  const ended = run.phase === 'done' || run.stopped;
  if (!ended) throw new Fault('person.conflict', 'This import is still being written. Stop it first.');
  if (run.undoUntil !== undefined && run.undoUntil < now())
    throw new Fault('person.conflict', `An import can be undone for ${String(UNDO_DAYS)} days; this one is older.`);
  const undoable = await undoableNow(run);
  return progress(await toPhase(id, run.phase, 'undoing', { undoable, stopped: false }), asking);
}
