/** The catalog beside a work item, read again when Jira tells of a change and after every act. */
import { events, view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CatalogPanel, Trouble } from '../../src/contract';
import { catalogPanelCalls } from '../../src/contract/catalog-calls';
import { caller, isTrouble } from '../shared/call';
import { report } from '../shared/report';

const call = caller(catalogPanelCalls);

interface State {
  answer?: CatalogPanel;
  trouble?: Trouble;
  /** The item that is being started, or the verdict that is being sent. */
  busy?: string;
  /** What happened, in words; and the work item that was made, where one was. */
  told?: { text: string; key?: string };
  wrong?: string;
}

const wordsOf = (trouble: Trouble): string => ('text' in trouble ? trouble.text : 'This work item does not work with USM any more.');

export function useCatalog() {
  const [state, setState] = useState<State>({});
  // The same click again is the same request, until it has ended.
  const requests = useRef(new Map<string, string>());

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('catalog.forWorkItem', {});
    setState(({ answer: last, ...before }) =>
      isTrouble(answer) ? { ...before, ...(answer.state === 'error' && last && { answer: last }), trouble: answer } : { ...before, answer },
    );
  }, []);
  useEffect(() => {
    void read();
    const told = events.on('JIRA_ISSUE_CHANGED', () => void read());
    return () => {
      told.then(
        (subscription) => subscription.unsubscribe(),
        () => undefined,
      );
    };
  }, [read]);

  const ended = useCallback(
    async (end: Pick<State, 'told' | 'wrong'>): Promise<void> => {
      setState(({ answer, trouble }) => ({ ...(answer && { answer }), ...(trouble && { trouble }), ...end }));
      await read();
      view.refresh().catch((error: unknown) => report('Jira did not refresh its view', error));
    },
    [read],
  );

  const begin = (busy: string): void => setState(({ answer }) => ({ ...(answer && { answer }), busy }));

  const start = async (id: string, title: string): Promise<void> => {
    const request = requests.current.get(id) ?? crypto.randomUUID();
    requests.current.set(id, request);
    begin(id);
    const answer = await call('catalog.start', { request, id });
    if (isTrouble(answer)) return ended({ wrong: wordsOf(answer) });
    requests.current.delete(id);
    if (answer.state === 'refused') return ended({ wrong: answer.wrong.map(({ text }) => text).join(' ') });
    return ended({ told: { text: `${title} is started.`, key: answer.key } });
  };

  const say = async (item: string, verdict: 'approve' | 'notYet', words: string): Promise<void> => {
    begin(verdict);
    const answer = await call('catalog.approve', { item, verdict, ...(words.trim() !== '' && { words: words.trim() }) });
    if (isTrouble(answer)) return ended({ wrong: wordsOf(answer) });
    return ended({ told: { text: verdict === 'approve' ? 'It is approved.' : 'It is said that it cannot be had yet.' } });
  };

  return { ...state, read, start, say };
}
