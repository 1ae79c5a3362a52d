/** From tried times to a Wish: Jira's own dialog, with the values written in. */
import Button from '@atlaskit/button/new';
import { CreateIssueModal } from '@forge/jira-bridge';
import { useState } from 'react';
import type { AgreementChain } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { report } from '../../../shared/report';
import { PageLink } from '../../../setup/ui/page-link';
import { editPath } from '../address';
import { call } from '../call';
import type { Names } from './names';
import type { Tries } from './trial';
import { carriedTimes, wishSummary, wishLines } from './wish-words';

interface StartWishProps {
  answer: AgreementChain;
  tries: Tries;
  names: Names;
}

type Told = 'drafted' | 'registered' | 'no space' | 'no dialog';

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** Where a Wish may be made, as triage knows it. */
async function wishPlace(): Promise<{ projectId: string; issueTypeId: string } | undefined> {
  const form = await call('board.triage', {});
  if (isTrouble(form)) return undefined;
  const [space] = form.spaces;
  const wish = form.outcomes.find(({ type }) => type === 'wish');
  return space && wish && { projectId: space.id, issueTypeId: wish.typeId };
}

/** The next version, with what can be carried; whoever keeps no agreements has registered the Wish all the same. */
async function draft(item: string, agreement: string, tries: Tries): Promise<Told> {
  const drafting = { how: 'version' as const, agreement, times: carriedTimes(tries) };
  const answer = await call('wish.draft', { request: crypto.randomUUID(), item, drafting });
  return answer.state === 'ok' ? 'drafted' : 'registered';
}

export function StartWish({ answer, tries, names }: StartWishProps) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  const start = async (): Promise<void> => {
    setBusy(true);
    setTold(undefined);
    const place = await wishPlace();
    setBusy(false);
    if (!place) return setTold('no space');
    const description = { type: 'doc', version: 1, content: wishLines(answer, tries, names).map(paragraph) };
    await new CreateIssueModal({
      context: { ...place, summary: wishSummary(answer, tries), description },
      onClose: ({ payload }) => {
        const [made] = payload;
        if (!made) return setTold(undefined);
        draft(made.issueId, answer.id, tries).then(setTold, (error: unknown) => {
          report('The draft was not begun', error);
          setTold('registered');
        });
      },
    }).open();
  };
  return (
    <>
      <div>
        <Button
          appearance="primary"
          isLoading={busy}
          onClick={() =>
            void start().catch((error: unknown) => {
              report('The create dialog did not open', error);
              setTold('no dialog');
            })
          }
        >
          Start a wish with these times
        </Button>
      </div>
      <div role="status">
        {told === 'drafted' && (
          <Message tone="success" title="The Wish is registered, and its draft is begun">
            <span>
              <PageLink to={editPath(answer.id)}>Write draft</PageLink>
            </span>
          </Message>
        )}
        {told === 'registered' && (
          <Message tone="success" title="The Wish is registered">
            <span>A service manager starts its draft from there.</span>
          </Message>
        )}
        {told === 'no space' && (
          <Message tone="information" title="You may not create a Wish in a space that works with USM">
            <span>Ask a space administrator to let you, or tell somebody who may.</span>
          </Message>
        )}
        {told === 'no dialog' && (
          <Message tone="warning" title="Jira’s dialog did not open here">
            <span>Choose Create at the top of Jira and the work type Wish, and write the times down.</span>
          </Message>
        )}
      </div>
    </>
  );
}
