/** One managed item: what it is, who changed what by which work item, what depends on it. */
import Button from '@atlaskit/button/new';
import { useCallback, useState } from 'react';
import type { ItemDetail } from '../../../../src/contract';
import { Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { momentToTheMinute, wholeMoment } from '../../../shared/time';
import { useNow } from '../../../shared/use-now';
import { WorkItemLink } from '../../../shared/work-item-link';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { type Segment, Segments } from '../../../setup/ui/segments';
import { useReading } from '../../../setup/ui/use-reading';
import { Crumbs } from '../../agreements/crumbs';
import { momentDay } from '../../agreements/words';
import { Instead } from '../../instead';
import { itemPagePath, REGISTER } from '../address';
import { call } from '../call';
import { useOpen } from '../open';
import { useRequestChange } from '../request-change';
import { Verified } from '../verified';
import { HOW_NAMES, Verify } from '../verify';
import { lifeOf } from '../words';
import { Attributes } from './attributes';
import { EditItem } from './edit-item';
import { History } from './history';
import styles from './item.module.css';
import { Proposal } from './proposal';
import { Relations } from './relations';
import { Side } from './side';
import { AllWork, NoWork, WorkTable } from './work-items';

const LINES = [
  { height: 40, width: '60%' },
  { height: 48, width: '100%' },
  { height: 320, width: '100%' },
  { height: 200, width: '100%' },
];

const TABS = ['attributes', 'relations', 'work', 'history'] as const;
type Tab = (typeof TABS)[number];

const tabOf = (search: string): Tab => TABS.find((tab) => tab === new URLSearchParams(search).get('tab')) ?? 'attributes';

const tabsOf = ({ relationsInAll, workItems, versions }: ItemDetail): Segment<Tab>[] => [
  { value: 'attributes', name: 'Managed attributes' },
  { value: 'relations', name: 'Relations', count: relationsInAll },
  { value: 'work', name: 'Work items', count: workItems.total },
  { value: 'history', name: 'History', count: versions },
];

function Lock({ detail: { lock } }: { detail: ItemDetail }) {
  const now = useNow();
  if (!lock) return null;
  const { workItem, summary, shown, windowStart, windowEnd } = lock;
  return (
    <Message tone="warning" title="A change is running">
      <span className={styles['told']}>
        {shown ? (
          <>
            <WorkItemLink itemKey={workItem.key}>{workItem.key}</WorkItemLink> {summary}
            {'. '}
          </>
        ) : (
          'You may not see its work item. '
        )}
        Managed attributes are written by that work item; it cannot be fulfilled before the register says what changed.
        {windowStart !== undefined &&
          ` Planned ${wholeMoment(windowStart)}${windowEnd === undefined ? '' : ` to ${momentToTheMinute(windowEnd, now)}`}.`}
      </span>
    </Message>
  );
}

interface ShownProps {
  detail: ItemDetail;
  onDone: (detail: ItemDetail, told: string) => void;
  onVerified: (told: string) => void;
}

type Asked = 'edit' | 'verify';

function Shown({ detail, onDone, onVerified }: ShownProps) {
  const { item, class: of, keeper, verified, verifiedBy, keeps, workItems, gone } = detail;
  const { search, show, go } = useAddress();
  const { ofItem } = useOpen();
  const now = useNow();
  const [asked, setAsked] = useState<Asked>();
  const tab = tabOf(search);
  const open = (next: Tab): void => show(next === 'attributes' ? '' : `?tab=${next}`);
  const change = useRequestChange({
    keys: [item.key],
    summary: `${item.name}: `,
    lines: [`What changes of ${item.key} ${item.name}, and why:`],
  });
  const { name, tone } = lifeOf(item.life);
  return (
    <>
      <PageHead title={item.name}>
        {ofItem('impact') && <Button onClick={() => go(itemPagePath(item.key, 'impact'))}>Show impact</Button>}
        {keeps && <Button onClick={() => setAsked('verify')}>Mark as verified</Button>}
        {keeps && (
          <Button
            onClick={() => {
              open('attributes');
              setAsked('edit');
            }}
          >
            Edit attributes
          </Button>
        )}
        <Button appearance="primary" isLoading={change.busy} onClick={change.begin}>
          Request a change
        </Button>
      </PageHead>
      <div className={layout['lines']}>
        <p className={styles['sub']}>
          <Lozenge tone={tone}>{name}</Lozenge>
          <span>{item.key}</span>
          <span>{of.name}</span>
          <span>{keeper ? `kept by ${keeper.name}` : 'nobody keeps it'}</span>
          <span title={verifiedBy && `by ${verifiedBy.name}`}>
            <Verified
              verified={verified}
              now={now}
              before="verified"
              after="ago"
              how={verified.how === undefined ? '' : `, ${HOW_NAMES[verified.how]}`}
            />
          </span>
        </p>
        {change.told}
      </div>
      <Lock detail={detail} />
      {gone !== undefined && (
        <Message tone="information" title={`The last file did not name it, ${momentDay(gone)}`}>
          <span>Look whether it is still there. If not, request the change that retires it.</span>
        </Message>
      )}
      {asked === 'verify' && (
        <Verify
          keys={[item.key]}
          onKeep={() => setAsked(undefined)}
          onDone={({ text, left }) => {
            setAsked(undefined);
            onVerified([text, ...left].join(' '));
          }}
        />
      )}
      <Segments label="Parts of the item" looks="tabs" segments={tabsOf(detail)} value={tab} onChange={open} />
      <div className={layout['columns']}>
        <div className={layout['page']}>
          {tab === 'attributes' && (
            <>
              {asked === 'edit' ? (
                <EditItem
                  detail={detail}
                  onClose={() => setAsked(undefined)}
                  onDone={(next, told) => {
                    setAsked(undefined);
                    onDone(next, told);
                  }}
                />
              ) : (
                <Attributes detail={detail} />
              )}
              <section className={layout['lines']} aria-labelledby="work">
                <h2 id="work" className={layout['subhead']}>
                  Work items on this item
                </h2>
                {workItems.rows.length === 0 ? <NoWork total={workItems.total} /> : <WorkTable rows={workItems.rows} />}
              </section>
              <Proposal itemKey={item.key} />
            </>
          )}
          {tab === 'relations' && <Relations detail={detail} onDone={onDone} />}
          {tab === 'work' && <AllWork itemKey={item.key} />}
          {tab === 'history' && <History key={detail.version} itemKey={item.key} />}
        </div>
        <div className={layout['side']}>
          <Side detail={detail} onAll={() => open('relations')} />
        </div>
      </div>
    </>
  );
}

export function ItemPage({ itemKey }: { itemKey: string }) {
  const first = useCallback(() => call('register.get', { key: itemKey }), [itemKey]);
  const { answer, trouble, again, ask } = useReading<ItemDetail>(first);
  const [told, setTold] = useState('');
  const onDone = (detail: ItemDetail, words: string): void => {
    setTold(words);
    void ask(() => Promise.resolve(detail), 'renew');
  };
  return (
    <div className={layout['page']}>
      <Crumbs
        way={[{ to: REGISTER, name: 'Register' }, ...(answer ? [{ to: `${REGISTER}?class=${answer.class.key}`, name: answer.class.name }] : [])]}
        here={answer?.item.key ?? itemKey}
      />
      <Live>{told}</Live>
      {answer ? (
        <>
          {trouble && <Failed trouble={trouble} title="The item could not be read again" retry={again} />}
          <Shown
            detail={answer}
            onDone={onDone}
            onVerified={(words) => {
              setTold(words);
              again();
            }}
          />
        </>
      ) : trouble ? (
        <Instead trouble={trouble} subject="The item" retry={again} />
      ) : (
        <>
          <PageHead title={itemKey} />
          <Skeleton subject="the item" lines={LINES} />
        </>
      )}
    </div>
  );
}
