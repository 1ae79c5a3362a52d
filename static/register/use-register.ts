/** The items beside a work item, read anew when Jira tells of a change; every act answers with the panel as it is then. */
import { events, view } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';
import type { FoundItem, ItemSuggestion, Trouble, WorkRegister } from '../../src/contract';
import { registerWorkCalls } from '../../src/contract/register-work';
import { caller, isTrouble } from '../shared/call';
import { report } from '../shared/report';

const call = caller(registerWorkCalls);

interface State {
  answer?: WorkRegister;
  trouble?: Trouble;
  /** Names the act under way. */
  busy?: string;
  /** Why nothing was changed. */
  wrong?: string;
  /** What was made. */
  made?: string;
}

const wordsOf = (trouble: Trouble): string => ('text' in trouble ? trouble.text : 'This work item does not work with USM any more.');

type Act = 'register.name' | 'register.plan' | 'register.confirm';
type Payload<Name extends Act> = Parameters<typeof call<Name>>[1];

export function useRegister() {
  const [state, setState] = useState<State>({});

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('register.forWorkItem', {});
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

  const begin = (busy: string): void => setState(({ answer }) => ({ ...(answer && { answer }), busy }));
  const refused = (wrong: string): false => {
    setState(({ answer }) => ({ ...(answer && { answer }), wrong }));
    return false;
  };

  /** `true`: it is as was asked. `busy` names it on its button. */
  const act = async <Name extends Act>(name: Name, busy: string, payload: Payload<Name>): Promise<boolean> => {
    begin(busy);
    const answer = await call(name, payload);
    if (isTrouble(answer)) return refused(wordsOf(answer));
    if (answer.state === 'refused') return refused(answer.text);
    if (answer.state === 'ok') setState({ answer });
    view.refresh().catch((error: unknown) => report('Jira did not refresh its view', error));
    return true;
  };

  const prevent = async (key: string): Promise<void> => {
    begin('prevent');
    const answer = await call('register.prevent', { key });
    if (isTrouble(answer)) return void refused(wordsOf(answer));
    if (answer.state === 'refused') return void refused(answer.text);
    setState(({ answer: last }) => ({ ...(last && { answer: last }), made: answer.key }));
    await read();
    view.refresh().catch((error: unknown) => report('Jira did not refresh its view', error));
  };

  return { ...state, read, act, prevent };
}

export type Acts = Pick<ReturnType<typeof useRegister>, 'act' | 'busy'>;

export type Offered = FoundItem & { why?: ItemSuggestion['why'] };

/** Before anything is typed: what is suggested. */
export async function findItems(words: string): Promise<readonly Offered[]> {
  if (words === '') {
    const answer = await call('register.suggest', {});
    if (isTrouble(answer)) throw new Error(wordsOf(answer));
    return answer.suggestions.flatMap(({ why, items }) => items.map((item) => ({ ...item, why })));
  }
  const answer = await call('register.find', { words });
  if (isTrouble(answer)) throw new Error(wordsOf(answer));
  return answer.items;
}
