/** What this person has asked for, and what waits for their yes. */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useState } from 'react';
import type { CatalogMine } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { classes } from '../../../shared/classes';
import { Live } from '../../../shared/hidden';
import { Message } from '../../../shared/message';
import { openWorkItem, WorkItemLink } from '../../../shared/work-item-link';
import layout from '../../../setup/ui/layout.module.css';
import { call } from '../call';
import styles from './browse.module.css';

const SHOWN = 4;
type Waiting = CatalogMine['approve'][number];

function Approve({ one, onSaid }: { one: Waiting; onSaid: (told: string) => void }) {
  const [busy, setBusy] = useState<'approve' | 'notYet'>();
  const [wrong, setWrong] = useState<string>();
  const say = async (verdict: 'approve' | 'notYet'): Promise<void> => {
    setBusy(verdict);
    const answer = await call('catalog.approve', { key: one.key, item: one.item, verdict });
    setBusy(undefined);
    if (isTrouble(answer)) setWrong('text' in answer ? answer.text : 'This could not be kept.');
    else onSaid(verdict === 'approve' ? `${one.title} for ${one.by.name} is approved.` : `${one.by.name} is not given ${one.title} yet.`);
  };
  return (
    <li>
      <p>
        {one.by.name} asks for <strong>{one.title}</strong>. <WorkItemLink itemKey={one.key}>{one.key}</WorkItemLink>
      </p>
      <div className={layout['row']}>
        <Button appearance="primary" spacing="compact" isLoading={busy === 'approve'} onClick={() => void say('approve')}>
          Approve
        </Button>
        <Button spacing="compact" isLoading={busy === 'notYet'} onClick={() => void say('notYet')}>
          Not yet
        </Button>
      </div>
      {wrong !== undefined && <Message alert tone="danger" title={wrong} />}
    </li>
  );
}

/** Says nothing while it is read, or where it could not be: the catalog does not wait for it. */
export function Mine() {
  const [mine, setMine] = useState<CatalogMine>();
  const [told, setTold] = useState('');
  const [all, setAll] = useState(false);
  const read = useCallback(async (): Promise<void> => {
    const answer = await call('catalog.mine', {});
    if (!isTrouble(answer)) setMine(answer);
  }, []);
  useEffect(() => void read(), [read]);
  const onSaid = (words: string): void => {
    setTold(words);
    void read();
  };
  const some = mine !== undefined && mine.open.length + mine.approve.length > 0;
  const shown = all ? mine?.open : mine?.open.slice(0, SHOWN);
  return (
    <>
      <Live>{told}</Live>
      {some && (
        <section className={classes(layout['card'], styles['mine'])} aria-labelledby="mine">
          <h2 id="mine">Yours, still open</h2>
          <ul>
            {mine.approve.map((one) => (
              <Approve key={one.key} one={one} onSaid={onSaid} />
            ))}
            {shown?.map(({ key, summary, text, confirm }) => (
              <li key={key}>
                <p>
                  <WorkItemLink itemKey={key}>{key}</WorkItemLink> {summary}
                </p>
                <p className={layout['small']}>{text}</p>
                {confirm && (
                  <div>
                    <Button appearance="primary" spacing="compact" onClick={() => openWorkItem(key)}>
                      Look and say whether it is right
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
          {!all && mine.open.length > SHOWN && (
            <div>
              <Button appearance="subtle" spacing="compact" onClick={() => setAll(true)}>
                {`Show all ${String(mine.open.length)}`}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}
