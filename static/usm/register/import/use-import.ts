/** A file on its way into the register, as the page goes along: chosen, matched, looked at, written, told. Whoever leaves finds the run again. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Decision, ImportMapping, ImportProgress, ImportSetup, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { report } from '../../../shared/report';
import { call } from './call';
import type { Separator } from './csv';
import type { Encoding } from './encoding';
import { fingerprintOf, portionsOf, type ReadFile, readFile, Unreadable } from './file';
import { type Column, guessed } from './guess';

export interface Chosen {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  read: ReadFile;
  fingerprint: string;
}

export type Rules = Pick<ImportMapping, 'name' | 'recognise' | 'right' | 'class' | 'life'>;

interface State {
  setup?: ImportSetup;
  file?: Chosen;
  columns: readonly Column[];
  rules: Rules;
  progress?: ImportProgress;
  /** Rows that were read or sent. */
  reading?: { words: string; done: number; of: number };
  /** Of the keys looked at, those that the register has. */
  keys?: { known: number; of: number };
  unreadable?: string;
  trouble?: Trouble;
  busy: boolean;
}

const RULES: Rules = { name: '', recognise: 'key', right: 'ask', life: 'inUse' };
const STILL: readonly string[] = ['taking', 'looked', 'done', 'undone'];
const KEYS_ASKED = 500;

export function useImport() {
  const [state, setState] = useState<State>({ columns: [], rules: RULES, busy: false });
  const alive = useRef(true);
  const put = useCallback((part: Partial<State>): void => {
    if (alive.current) setState((before) => ({ ...before, ...part }));
  }, []);

  const begin = useCallback(async (): Promise<void> => {
    const setup = await call('register.importSetup', {});
    if (isTrouble(setup)) put({ trouble: setup });
    else put({ setup, trouble: undefined });
  }, [put]);

  useEffect(() => {
    alive.current = true;
    void begin();
    return () => {
      alive.current = false;
    };
  }, [begin]);

  /** What was answered is shown; undefined: it was no progress. */
  const shown = (answer: ImportProgress | Trouble): ImportProgress | undefined => {
    if (isTrouble(answer)) {
      put({ trouble: answer, busy: false });
      return undefined;
    }
    put({ progress: answer });
    return answer;
  };

  /** Asks until it stands still. */
  const follow = async (run: string): Promise<void> => {
    put({ busy: true, trouble: undefined });
    while (alive.current) {
      const progress = shown(await call('register.importStep', { run }));
      if (!progress) return;
      if (STILL.includes(progress.run.phase) || progress.run.stopped) break;
    }
    put({ busy: false, reading: undefined });
  };

  const act = async (asked: Promise<ImportProgress | Trouble>): Promise<void> => {
    put({ busy: true, trouble: undefined });
    const progress = shown(await asked);
    if (!progress) return;
    if (STILL.includes(progress.run.phase) || progress.run.stopped) put({ busy: false });
    else await follow(progress.run.id);
  };

  const lookKeys = async (file: ReadFile, columns: readonly Column[]): Promise<void> => {
    const at = columns.findIndex(({ to }) => to === 'key');
    const keys = at < 0 ? [] : file.rows.slice(0, KEYS_ASKED).flatMap(({ cells }) => cells[at]?.trim().slice(0, 60) || []);
    const answer = keys.length === 0 ? undefined : await call('register.importKnown', { keys });
    put({ keys: answer && !isTrouble(answer) ? { known: answer.known, of: keys.length } : undefined });
  };

  const choose = async (name: string, bytes: Uint8Array<ArrayBuffer>, as: { encoding?: Encoding; separator?: Separator } = {}): Promise<void> => {
    if (!state.setup) return;
    put({ busy: true, unreadable: undefined, trouble: undefined, file: undefined, progress: undefined });
    try {
      const read = await readFile(bytes, (rows) => put({ reading: { words: 'Reading the file', done: rows, of: 0 } }), as);
      const columns = guessed(read, state.setup.classes, state.setup.mappings);
      put({
        file: { name, bytes, read, fingerprint: await fingerprintOf(bytes) },
        columns,
        rules: { ...RULES, name: name.replace(/\.[^.]*$/, '').slice(0, 60) },
        reading: undefined,
        busy: false,
      });
      await lookKeys(read, columns);
    } catch (error) {
      if (!(error instanceof Unreadable)) report('The file could not be read', error);
      put({
        unreadable: error instanceof Unreadable ? error.message : 'The browser could not read it. Choose it again.',
        reading: undefined,
        busy: false,
      });
    }
  };

  const mapping = (): ImportMapping => {
    const { name, ...rules } = state.rules;
    const known = state.setup?.mappings.find((one) => one.name === name.trim());
    return {
      ...rules,
      id: known?.id ?? crypto.randomUUID(),
      name: name.trim() || 'Import',
      columns: state.columns.map(({ header, to = 'leave', values, dates }) => ({ header, to, values, dates })),
    };
  };

  const look = async (): Promise<void> => {
    const { file } = state;
    if (!file) return;
    put({ busy: true, trouble: undefined });
    const run = crypto.randomUUID();
    const map = mapping();
    const { read } = file;
    const begun = shown(
      await call('register.importBegin', {
        run,
        mapping: map,
        file: {
          name: file.name.slice(0, 200),
          rows: read.rows.length,
          columns: read.headers.length,
          encoding: read.encoding,
          ...(read.separator !== undefined && { separator: SEPARATOR_NAMES[read.separator] }),
          fingerprint: file.fingerprint,
        },
      }),
    );
    if (!begun) return;
    const portions = [...portionsOf(read, map)];
    let sent = 0;
    for (const [index, rows] of portions.entries()) {
      if (!alive.current) return;
      put({ reading: { words: 'Sending the file', done: sent, of: read.rows.length } });
      if (!shown(await call('register.importPlan', { run, rows, last: index === portions.length - 1 }))) return;
      sent += rows.length;
    }
    put({ reading: undefined });
    await follow(run);
  };

  return {
    ...state,
    begin,
    choose,
    again: (as: { encoding?: Encoding; separator?: Separator }) => (state.file ? choose(state.file.name, state.file.bytes, as) : Promise.resolve()),
    setColumn: (index: number, column: Column): void => {
      const columns = state.columns.map((one, at) => (at === index ? column : one));
      put({ columns });
      if (column.to === 'key' && state.file) void lookKeys(state.file.read, columns);
    },
    setRules: (part: Partial<Rules>): void => put({ rules: { ...state.rules, ...part } }),
    setRight: (right: Rules['right']): void => put({ rules: { ...state.rules, right } }),
    look,
    open: (run: string) => follow(run),
    back: (): void => put({ progress: undefined, trouble: undefined }),
    another: (): void => {
      put({ progress: undefined, file: undefined, columns: [], trouble: undefined });
      void begin();
    },
    decide: (line: number, attribute: string, decision: Decision) =>
      state.progress ? act(call('register.importDecide', { run: state.progress.run.id, line, attribute, decision })) : Promise.resolve(),
    decideAll: (all: 'register' | 'file') =>
      state.progress ? act(call('register.importDecide', { run: state.progress.run.id, all })) : Promise.resolve(),
    apply: (vanished: 'mark' | 'leave', workItem: string) =>
      state.progress
        ? act(call('register.importApply', { run: state.progress.run.id, vanished, ...(workItem !== '' && { workItem }) }))
        : Promise.resolve(),
    stop: async (stopped: boolean): Promise<void> => {
      const run = state.progress?.run.id;
      if (run === undefined) return;
      const progress = shown(await call('register.importStop', { run, stopped }));
      if (progress && !stopped) await follow(run);
    },
    undo: () => (state.progress ? act(call('register.importUndo', { run: state.progress.run.id })) : Promise.resolve()),
    goOn: () => (state.progress ? follow(state.progress.run.id) : begin()),
  };
}

export type Importing = ReturnType<typeof useImport>;

export const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' };
