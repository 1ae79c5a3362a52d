/** A Wish is begun: Jira's own dialog, with what it is about written in; where it is about an agreement, its draft is begun with it. */
import Button from '@atlaskit/button/new';
import { CreateIssueModal } from '@forge/jira-bridge';
import { useState } from 'react';
import type { TriedTime } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';
import { PageLink } from '../../setup/ui/page-link';
import { editPath } from './address';
import { call } from './call';

interface WishProps {
  /** On the button. */
  name: string;
  primary?: boolean;
  summary: string;
  lines: readonly string[];
  /** The agreement whose next version it is about, and what begins its draft for the Wish that was made; it answers whether it did. */
  drafts?: { agreement: string; begin: (item: string) => Promise<boolean> };
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

export function BeginWish({ name, primary = false, summary, lines, drafts }: WishProps) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  /** Whoever keeps no agreements has registered the Wish all the same. */
  const made = async (item: string): Promise<void> => setTold(drafts && (await drafts.begin(item)) ? 'drafted' : 'registered');
  const start = async (): Promise<void> => {
    setBusy(true);
    setTold(undefined);
    const place = await wishPlace();
    setBusy(false);
    if (!place) return setTold('no space');
    await new CreateIssueModal({
      context: { ...place, summary: summary.slice(0, 255), description: { type: 'doc', version: 1, content: lines.map(paragraph) } },
      onClose: ({ payload }) => {
        const [item] = payload;
        if (!item) return setTold(undefined);
        made(item.issueId).catch((error: unknown) => {
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
          appearance={primary ? 'primary' : 'default'}
          isLoading={busy}
          onClick={() =>
            void start().catch((error: unknown) => {
              report('The create dialog did not open', error);
              setTold('no dialog');
            })
          }
        >
          {name}
        </Button>
      </div>
      <div role="status">
        {told === 'drafted' && drafts && (
          <Message tone="success" title="The Wish is registered, and its draft is begun">
            <span>
              <PageLink to={editPath(drafts.agreement)}>Write draft</PageLink>
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
            <span>Choose Create at the top of Jira and the work type Wish, and write down what should change.</span>
          </Message>
        )}
      </div>
    </>
  );
}

/** The next version of an agreement for the Wish that asks for it, with the times that were tried. */
export async function draftFor(item: string, agreement: string, times: readonly TriedTime[]): Promise<boolean> {
  const answer = await call('wish.draft', { request: crypto.randomUUID(), item, drafting: { how: 'version', agreement, times: [...times] } });
  return answer.state === 'ok';
}
