/** The columns and views of whoever looks: those of the last time at once, what is kept of them as soon as it is read. */
import { useCallback, useEffect, useState } from 'react';
import type { RegisterColumn, RegisterView, Trouble } from '../../../../src/contract';
import { DEFAULT_COLUMNS, registerColumn } from '../../../../src/contract/register-calls';
import { isTrouble } from '../../../shared/call';
import { report } from '../../../shared/report';
import { call } from '../call';

const KEY = 'usm.register.columns';

/** A browser may keep nothing for pages in frames; then it is the columns that everybody begins with, until the app has answered. */
function remembered(): readonly RegisterColumn[] {
  try {
    const raw: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? 'null');
    const { data } = registerColumn.array().max(20).safeParse(raw);
    return data ?? DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}

function remember(columns: readonly RegisterColumn[]): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(columns));
  } catch (error) {
    report('No memory', error);
  }
}

type Answer = { state: 'ok'; views: RegisterView[]; columns: RegisterColumn[] } | { state: 'refused'; wrong: { text: string }[] } | Trouble;

/** Whoever moves a column moves the next one soon. */
const PAUSE_MS = 800;

export function useColumns() {
  const [columns, setColumns] = useState(remembered);
  const [views, setViews] = useState<readonly RegisterView[]>([]);
  /** To be kept. */
  const [chosen, setChosen] = useState<readonly RegisterColumn[]>();

  const learn = useCallback((answer: Answer): boolean => {
    if (isTrouble(answer) || answer.state === 'refused') {
      report('Views were not answered', answer);
      return false;
    }
    setViews(answer.views);
    return true;
  }, []);

  useEffect(() => {
    void call('register.views', {}).then((answer) => {
      if (!learn(answer) || answer.state !== 'ok') return;
      setColumns((before) => (JSON.stringify(before) === JSON.stringify(answer.columns) ? before : answer.columns));
      remember(answer.columns);
    });
  }, [learn]);

  useEffect(() => {
    if (!chosen) return undefined;
    const timer = window.setTimeout(() => void call('register.keepColumns', { columns: [...chosen] }).then(learn), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [chosen, learn]);

  const choose = useCallback((next: readonly RegisterColumn[]): void => {
    setColumns(next);
    setChosen(next);
    remember(next);
  }, []);
  const saveView = async (view: RegisterView): Promise<boolean> => learn(await call('register.saveView', { view }));
  const removeView = async (id: string): Promise<boolean> => learn(await call('register.removeView', { id }));
  return { columns, choose, views, saveView, removeView };
}
