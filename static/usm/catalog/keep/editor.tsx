/** Writes one item: what people read, what is made of it, and who has approved it. What is wrong stands beside where it is. */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { AgreementFinding, CatalogChoices, CatalogEntry, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Message } from '../../../shared/message';
import { type Refusal, RefusalMessage } from '../../../shared/refusal';
import { refusalOf } from '../../../shared/refusal-of';
import { Skeleton } from '../../../shared/skeleton';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { Crumbs } from '../../agreements/crumbs';
import { Instead } from '../../instead';
import { BROWSE, editPath, KEEP } from '../address';
import { call } from '../call';
import { momentDay } from '../words';
import { type Draft, draftOf, EMPTY, idFrom, itemOf } from './draft';
import styles from './keep.module.css';
import { STATUSES } from './keep-list';
import { Parts } from './parts';

type Problems = Readonly<Record<string, string>>;
const problemsOf = (wrong: readonly AgreementFinding[]): Problems =>
  Object.fromEntries(wrong.map(({ path = '', text }) => [path.split('.')[0] ?? '', text]));

const History = ({ entry }: { entry: CatalogEntry }) => (
  <section className={layout['card']} aria-labelledby="approval">
    <h2 id="approval">Approval</h2>
    {entry.history.length === 0 ? (
      <p>Nobody has approved it yet, so nobody can ask for it.</p>
    ) : (
      <ul className={layout['lines']}>
        {entry.history.map(({ kind, by, at }) => (
          <li key={at}>
            {kind === 'approve' ? 'Approved' : 'Withdrawn'} by {by.name}, {momentDay(at)}
          </li>
        ))}
      </ul>
    )}
    {entry.changed && <p>It was written anew since. People see what was approved until somebody approves this.</p>}
  </section>
);

const Findings = ({ entry }: { entry: CatalogEntry }) => (
  <>
    {entry.hinders.length > 0 && (
      <Message tone="warning" title="Before it can be approved">
        <ul className={layout['bullets']}>
          {entry.hinders.map(({ text, path }) => (
            <li key={`${path ?? ''} ${text}`}>{text}</li>
          ))}
        </ul>
      </Message>
    )}
    {entry.hints.length > 0 && (
      <Message tone="information" title="Plainer words">
        <ul className={layout['bullets']}>
          {entry.hints.map(({ text, path }) => (
            <li key={`${path ?? ''} ${text}`}>{text}</li>
          ))}
        </ul>
      </Message>
    )}
  </>
);

interface WritingProps {
  entry: CatalogEntry | undefined;
  choices: CatalogChoices;
  onKept: (entry: CatalogEntry) => void;
}

function Writing({ entry, choices, onKept }: WritingProps) {
  const [draft, setDraft] = useState<Draft>(entry ? draftOf(entry.item) : EMPTY);
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const [theirs, setTheirs] = useState<CatalogEntry>();
  const [busy, setBusy] = useState<'save' | 'approve' | 'withdraw'>();
  const [told, setTold] = useState('');
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const rowVersion = (theirs ?? entry)?.rowVersion ?? 0;

  /** Answers what was kept, or tells why nothing was. */
  const settle = (answer: Awaited<ReturnType<typeof call<'catalog.save'>>>, words: string): CatalogEntry | undefined => {
    setBusy(undefined);
    if (isTrouble(answer)) setRefusal(refusalOf(answer, 'Nothing was kept'));
    else if (answer.state === 'refused') {
      setProblems(problemsOf(answer.wrong));
      setRefusal({ title: 'Nothing was kept', text: answer.wrong.map(({ text }) => text).join('\n'), conflict: false });
    } else if (answer.state === 'stale') {
      setTheirs(answer.now);
      setRefusal({ title: 'Somebody was faster', text: answer.text, conflict: false });
    } else {
      setTheirs(undefined);
      setTold(words);
      return answer;
    }
    return undefined;
  };

  const save = async (): Promise<CatalogEntry | undefined> => {
    const read = itemOf({ ...draft, id: entry?.item.id ?? (draft.id || idFrom(draft.title)) });
    setRefusal(undefined);
    setProblems('wrong' in read ? read.wrong : {});
    if ('wrong' in read) return undefined;
    setBusy('save');
    return settle(await call('catalog.save', { item: read.item, rowVersion }), 'The item is kept.');
  };
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const kept = await save();
    if (kept) onKept(kept);
  };
  const deed = async (kind: 'approve' | 'withdraw'): Promise<void> => {
    // Approved is what stands in front of whoever approves.
    const kept = kind === 'approve' ? await save() : entry;
    if (!kept) return;
    setBusy(kind);
    const after = settle(
      await call('catalog.deed', { id: kept.item.id, rowVersion: kept.rowVersion, kind }),
      kind === 'approve' ? 'The item is approved.' : 'The item is withdrawn.',
    );
    onKept(after ?? kept);
  };
  return (
    <form className={styles['editor']} aria-label="Item" noValidate onSubmit={(event) => void onSubmit(event)}>
      <Live>{told}</Live>
      <div className={layout['columns']}>
        <div className={styles['editor']}>
          <Parts {...{ draft, change, choices, problems }} fresh={!entry} approved={entry?.history.some(({ kind }) => kind === 'approve') === true} />
          {refusal && (
            <RefusalMessage
              refusal={refusal}
              onReadAgain={() => {
                if (theirs) onKept(theirs);
              }}
            />
          )}
          <div className={layout['row']}>
            <Button appearance="primary" type="submit" isLoading={busy === 'save'}>
              Save the item
            </Button>
            <Button isLoading={busy === 'approve'} onClick={() => void deed('approve')}>
              Save and approve it
            </Button>
            {entry?.status === 'approved' && (
              <Button appearance="subtle" isLoading={busy === 'withdraw'} onClick={() => void deed('withdraw')}>
                Withdraw the item
              </Button>
            )}
          </div>
        </div>
        <div className={layout['side']}>
          {entry ? (
            <>
              <History entry={entry} />
              <Findings entry={entry} />
            </>
          ) : (
            <section className={layout['card']}>
              <h2>A new item</h2>
              <p>Written, then approved, then listed in an agreement: from there on people can ask for it.</p>
            </section>
          )}
        </div>
      </div>
    </form>
  );
}

/** Without an id: a new one. */
export function Editor({ id }: { id?: string }) {
  const { go } = useAddress();
  const [entry, setEntry] = useState<CatalogEntry>();
  const [choices, setChoices] = useState<CatalogChoices>();
  const [trouble, setTrouble] = useState<Trouble>();
  const read = useCallback(async (): Promise<void> => {
    const [found, offered] = await Promise.all([id === undefined ? undefined : call('catalog.get', { id }), call('catalog.choices', {})]);
    if (found && isTrouble(found)) return setTrouble(found);
    if (isTrouble(offered)) return setTrouble(offered);
    setTrouble(undefined);
    if (found) setEntry(found);
    setChoices(offered);
  }, [id]);
  useEffect(() => void read(), [read]);
  const onKept = (kept: CatalogEntry): void => {
    setEntry(kept);
    if (id === undefined) go(editPath(kept.item.id));
  };
  const title = entry?.item.title ?? (id === undefined ? 'New item' : id);
  return (
    <div className={layout['page']}>
      <Crumbs
        way={[
          { to: BROWSE, name: 'Catalog' },
          { to: KEEP, name: 'Items' },
        ]}
        here={title}
      />
      <PageHead title={title}>
        {entry && (
          <>
            <Lozenge tone={STATUSES[entry.status].tone}>{STATUSES[entry.status].name}</Lozenge>
            {entry.expired && <Lozenge tone="warning">Over</Lozenge>}
          </>
        )}
      </PageHead>
      {trouble ? (
        <Instead trouble={trouble} subject="The item" retry={() => void read()} />
      ) : choices ? (
        <Writing entry={entry} choices={choices} onKept={onKept} />
      ) : (
        <Skeleton subject="the item" lines={[{ height: 320, width: '100%' }]} />
      )}
    </div>
  );
}
