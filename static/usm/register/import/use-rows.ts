/** Rows of a run, page by page. */
import { useCallback, useEffect, useState } from 'react';
import type { PreviewFilter, PreviewRow, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { call } from './call';

const NO_ROWS: readonly PreviewRow[] = [];

export const askRows = (run: string, filter: PreviewFilter | 'report', after: string | undefined) => {
  const from = after === undefined ? {} : { after };
  return filter === 'report' ? call('register.importReport', { run, ...from }) : call('register.importPreview', { run, filter, ...from });
};

/** `stamp`: whenever it changes they are read anew. */
export function useRows(run: string, filter: PreviewFilter | 'report', stamp: string) {
  const [state, setState] = useState<{ of: string; rows: readonly PreviewRow[]; after?: string | undefined; trouble?: Trouble }>();
  const of = `${run} ${filter} ${stamp}`;
  const read = useCallback(
    async (before: readonly PreviewRow[], after: string | undefined) => {
      const answer = await askRows(run, filter, after);
      setState(isTrouble(answer) ? { of, rows: before, trouble: answer } : { of, rows: [...before, ...answer.rows], after: answer.after });
    },
    [run, filter, of],
  );
  useEffect(() => {
    void read([], undefined);
  }, [read]);
  const now = state?.of.startsWith(`${run} ${filter} `) ? state : undefined;
  return {
    rows: now?.rows ?? NO_ROWS,
    busy: !now,
    trouble: now?.trouble,
    more: now?.after === undefined ? undefined : () => void read(now.rows, now.after),
  };
}
