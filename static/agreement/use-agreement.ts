/** The panel's answer, read anew when Jira tells of a change and once a minute while somebody looks. */
import { events, view } from '@forge/bridge';
import { useCallback, useEffect, useState } from 'react';
import type { Trouble, WorkAgreementView } from '../../src/contract';
import { workAgreementCalls } from '../../src/contract/work-agreement';
import { caller, isTrouble } from '../shared/call';
import { report } from '../shared/report';

const call = caller(workAgreementCalls);
const EVERY = 60_000;

export interface AgreementState {
  agreement?: WorkAgreementView;
  trouble?: Trouble;
  /** Why nothing was chosen. */
  refused?: string;
}

export function useAgreement() {
  const [state, setState] = useState<AgreementState>({});

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('agreements.forWorkItem', {});
    if (isTrouble(answer)) setState((before) => ({ ...(answer.state === 'error' && before), trouble: answer }));
    else if (answer.state === 'ok') setState({ agreement: answer });
  }, []);

  /** `true`: it was chosen. */
  const choose = useCallback(async (agreement: WorkAgreementId, reason: string): Promise<boolean> => {
    const answer = await call('agreements.choose', { agreement, reason });
    if (isTrouble(answer)) {
      const refused = answer.state === 'error' || answer.state === 'forbidden' ? answer.text : 'It cannot be chosen here.';
      setState((before) => ({ ...before, refused }));
      return false;
    }
    if (answer.state === 'refused') {
      setState((before) => ({ ...before, refused: answer.text }));
      return false;
    }
    setState({ agreement: answer });
    view.refresh().catch((error: unknown) => report('Jira did not refresh its view', error));
    return true;
  }, []);

  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) void read();
    };
    look();
    const timer = window.setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    const subscription = events.on('JIRA_ISSUE_CHANGED', look);
    subscription.catch((error: unknown) => report('No events of the work item', error));
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      void subscription.then((one) => one.unsubscribe()).catch(() => undefined);
    };
  }, [read]);

  return { ...state, read, choose };
}

type WorkAgreementId = NonNullable<WorkAgreementView['choices']>[number]['id'];
