/** The hand-offs of a work item: those in which somebody here has to move on top, the others as folded records; links that look like one. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ProcessPanel } from '../../src/contract';
import { call, type Renewed } from '../receipt/receiving';
import { headline, needsSomebody } from '../receipt/words';
import { isTrouble } from '../shared/call';
import { Message } from '../shared/message';
import { WorkItemLink } from '../shared/work-item-link';
import { Receipt } from './receipt';
import styles from './receipt.module.css';

interface ReceiptsProps {
  panel: ProcessPanel;
  now: number;
  onRenewed: (renewed: Renewed) => void;
  onOvertaken: () => void;
}

const allOf = ({ receipt, receipts = [] }: ProcessPanel) => (receipt ? [receipt, ...receipts] : receipts);

/** What waits for somebody here. */
export const OpenReceipts = (props: ReceiptsProps) => (
  <>
    {allOf(props.panel)
      .filter(needsSomebody)
      .map((view) => (
        <Receipt key={view.id} {...props} view={view} itemKey={props.panel.key} dueBy={props.panel.dueBy} />
      ))}
  </>
);

/** The records both sides keep. */
export function Records(props: ReceiptsProps) {
  const { panel, now } = props;
  return (
    <>
      {allOf(panel)
        .filter((view) => !needsSomebody(view))
        .map((view) => (
          <details key={view.id} className={styles['folded']}>
            <summary>
              Hand-off {view.side === 'asks' ? `to ${view.team?.name ?? view.toVerb}` : `from ${view.fromVerb || 'another process'}`}
              {view.other ? `, ${view.other.key}` : ''}: {headline(view, now).text}
            </summary>
            <Receipt {...props} view={view} itemKey={panel.key} dueBy={panel.dueBy} />
          </details>
        ))}
    </>
  );
}

/** Drawn by hand, so nobody waits for it: one click takes it away. */
export function StrayLinks({ panel, onRenewed }: ReceiptsProps) {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const { strayLinks = [] } = panel;
  if (strayLinks.length === 0) return null;
  const remove = async (link: string, key: string): Promise<void> => {
    setBusy(link);
    const answer = await call('work.removeLink', { link });
    setBusy(undefined);
    if (isTrouble(answer)) setProblem('text' in answer ? answer.text : 'Jira did not remove it.');
    else onRenewed({ told: `The link to ${key} is removed.`, panel: answer });
  };
  return (
    <Message tone="information" title="Links without a hand-off">
      <span>Somebody drew them by hand. Nothing waits for them; use Hand over to ask for work.</span>
      <ul className={styles['stray']}>
        {strayLinks.map(({ id, key, summary }) => (
          <li key={id}>
            <span>
              <WorkItemLink itemKey={key}>{key}</WorkItemLink> {summary}
            </span>
            <Button spacing="compact" isLoading={busy === id} onClick={() => void remove(id, key)}>
              Remove link
            </Button>
          </li>
        ))}
      </ul>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </Message>
  );
}
