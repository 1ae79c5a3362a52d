/** A Request for Change is begun: Jira's own dialog, with the items that change written in. */
import { requestJira } from '@forge/bridge';
import { CreateIssueModal } from '@forge/jira-bridge';
import { type ReactNode, useState } from 'react';
import { z } from 'zod';
import { isTrouble } from '../../shared/call';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';
import { call } from './call';

interface RequestProps {
  keys: readonly string[];
  summary: string;
  lines: readonly string[];
}

type Told = 'registered' | 'no space' | 'no dialog';

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** Where a Request for Change may be made, as triage knows it. */
async function changePlace(): Promise<{ projectId: string; issueTypeId: string } | undefined> {
  const form = await call('board.triage', {});
  if (isTrouble(form)) return undefined;
  const [space] = form.spaces;
  const change = form.outcomes.find(({ type }) => type === 'rfc');
  return space && change && { projectId: space.id, issueTypeId: change.typeId };
}

const screen = z.object({ fields: z.array(z.object({ fieldId: z.string(), name: z.string() })) });
const FIELD = 'Items to change';

/** The field of the create screen that names the items: its id is the site's own. Undefined: it is not on the screen. */
async function fieldOf({ projectId, issueTypeId }: { projectId: string; issueTypeId: string }): Promise<string | undefined> {
  const response = await requestJira(`/rest/api/3/issue/createmeta/${projectId}/issuetypes/${issueTypeId}?maxResults=200`, {
    headers: { Accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`Jira answered ${String(response.status)}.`);
  return screen.parse(await response.json()).fields.find(({ name }) => name === FIELD)?.fieldId;
}

/** What begins it, whether it is under way, and what came of it. */
export function useRequestChange({ keys, summary, lines }: RequestProps): { begin: () => void; busy: boolean; told: ReactNode } {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  const start = async (): Promise<void> => {
    setBusy(true);
    setTold(undefined);
    try {
      const place = await changePlace();
      if (!place) return setTold('no space');
      const field = await fieldOf(place);
      await new CreateIssueModal({
        context: {
          ...place,
          summary: summary.slice(0, 255),
          description: { type: 'doc', version: 1, content: lines.map(paragraph) },
          ...(field !== undefined && { [field]: [...keys] }),
        },
        onClose: ({ payload }) => setTold(payload.length > 0 ? 'registered' : undefined),
      }).open();
    } catch (error) {
      report('The create dialog did not open', error);
      setTold('no dialog');
    } finally {
      setBusy(false);
    }
  };
  const words = (
    <div role="status">
      {told === 'registered' && (
        <Message tone="success" title="The Request for Change is registered">
          <span>
            It names {keys.length === 1 ? 'the item' : 'the items'} in {FIELD}.
          </span>
        </Message>
      )}
      {told === 'no space' && (
        <Message tone="information" title="You may not create work in a space that works with USM">
          <span>Ask a space administrator to let you, or tell somebody who may.</span>
        </Message>
      )}
      {told === 'no dialog' && (
        <Message tone="warning" title="Jira’s dialog did not open here">
          <span>
            Choose Create at the top of Jira, the work type Request for Change, and write {keys.slice(0, 5).join(', ')} into {FIELD}.
          </span>
        </Message>
      )}
    </div>
  );
  return { begin: () => void start(), busy, told: words };
}
