/** The catalog: one door, in the words of whoever asks. Only what is agreed for them is shown. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { CatalogBrowse, CatalogCard, Need, Ordered } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Live } from '../../../shared/hidden';
import { Message } from '../../../shared/message';
import { PersonPicker } from '../../../shared/person-picker';
import { Skeleton } from '../../../shared/skeleton';
import { WorkItemLink } from '../../../shared/work-item-link';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import { Instead } from '../../instead';
import { EVERYTHING, itemPath, KEEP, narrows, toSearch, toView, type View } from '../address';
import { useAs } from '../as';
import { countWords, dayWords, listWords } from '../words';
import styles from './browse.module.css';
import { Mine } from './mine';
import { SearchBox } from './search-box';
import { Tell } from './tell';
import { useBrowse } from './use-browse';

const LINES = [
  { height: 40, width: '50%' },
  { height: 72, width: '100%' },
  { height: 320, width: '100%' },
];

function Who({ answer }: { answer: CatalogBrowse }) {
  const { person, choose } = useAs();
  const [picking, setPicking] = useState(false);
  const { customers, staff, keeps } = answer;
  return (
    <div className={layout['row']}>
      <span className={layout['small']}>
        You see the catalog as <strong>{answer.person.name}</strong>
        {customers.length > 0 && <>, {listWords(customers.map(({ name }) => name))}</>}
      </span>
      {staff &&
        (picking ? (
          <PersonPicker
            label="See the catalog as"
            onPick={(one) => {
              choose(one);
              setPicking(false);
            }}
            onCancel={() => setPicking(false)}
          />
        ) : (
          <Button appearance="subtle" spacing="compact" onClick={() => setPicking(true)}>
            See as someone else
          </Button>
        ))}
      {person && (
        <Button appearance="subtle" spacing="compact" onClick={() => choose(undefined)}>
          See as yourself
        </Button>
      )}
      {keeps && (
        <span className={layout['end']}>
          <PageLink to={KEEP}>Keep the items</PageLink>
        </span>
      )}
    </div>
  );
}

interface PartProps {
  answer: CatalogBrowse;
  view: View;
  change: (part: Partial<View>) => void;
}

const READY: readonly { value: View['ready']; name: string }[] = [
  { value: '', name: 'Any time' },
  { value: 'atOnce', name: 'At once' },
  { value: 'day', name: '1 working day' },
  { value: 'week', name: '5 working days' },
  { value: 'longer', name: 'Longer' },
];
const COST: readonly { value: View['cost']; name: string }[] = [
  { value: '', name: 'Any cost' },
  { value: 'included', name: 'Included' },
  { value: 'charged', name: 'Charged' },
];

function Radios<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; name: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className={styles['radios']}>
      <legend>{label}</legend>
      {options.map((one) => (
        <label key={one.value}>
          <input type="radio" name={label} checked={one.value === value} onChange={() => onChange(one.value)} />
          {one.name}
        </label>
      ))}
    </fieldset>
  );
}

function Facets({ answer, view, change }: PartProps) {
  const all = answer.services.reduce((sum, { n }) => sum + n, 0);
  const services = [{ id: '', name: 'All', n: all }, ...answer.services];
  return (
    <div className={styles['facets']}>
      <h2>Service</h2>
      <ul>
        {services.map(({ id, name, n }) => (
          <li key={id}>
            <button type="button" aria-pressed={view.service === id} onClick={() => change({ service: id })}>
              <span>{name}</span>
              <span>{n}</span>
            </button>
          </li>
        ))}
      </ul>
      <Radios label="Ready within" options={READY} value={view.ready} onChange={(ready) => change({ ready })} />
      <Radios label="Cost" options={COST} value={view.cost} onChange={(cost) => change({ cost })} />
    </div>
  );
}

const ItemCard = ({ item }: { item: CatalogCard }) => (
  <li className={styles['item']}>
    <h3>
      <PageLink to={itemPath(item.id)}>{item.title}</PageLink>
    </h3>
    <p>{item.what}</p>
    <dl>
      <div>
        <dt>Ready</dt>
        <dd>{item.ready}</dd>
      </div>
      <div>
        <dt>Approval</dt>
        <dd>{item.approver ?? 'none'}</dd>
      </div>
      {item.cost !== 'Included' && (
        <div>
          <dt>Cost</dt>
          <dd>{item.cost}</dd>
        </div>
      )}
    </dl>
    {item.endsOn !== undefined && <p className={styles['ends']}>Can be asked for until {dayWords(item.endsOn)}</p>}
  </li>
);

function Items({ answer, view, change }: PartProps) {
  if (answer.nothing !== undefined)
    return (
      <div className={layout['empty']}>
        <h2>Nothing to choose from yet</h2>
        <p>{answer.nothing}</p>
      </div>
    );
  if (answer.items.length === 0)
    return (
      <div className={layout['empty']}>
        <h2>Nothing of this is agreed for you</h2>
        <p>Say it in other words, or describe what you need by one of the doors above.</p>
        {narrows(view) && (
          <div>
            <Button onClick={() => change(EVERYTHING)}>Show everything</Button>
          </div>
        )}
      </div>
    );
  return (
    <ul className={styles['items']}>
      {answer.items.map((item) => (
        <ItemCard key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Needs({ answer, need, onNeed }: { answer: CatalogBrowse; need: Need | undefined; onNeed: (need: Need) => void }) {
  return (
    <ul className={styles['needs']} aria-label="What is it about?">
      {answer.needs.map(({ need: one, name, text }) => (
        <li key={one}>
          <button type="button" aria-pressed={need === one} onClick={() => onNeed(one)}>
            <strong>{name}</strong>
            <span>{text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export const Sent = ({ sent }: { sent: Ordered }) => (
  <Message tone="success" title={`Your request has the number ${sent.key}`}>
    <span>
      {sent.title}. <WorkItemLink itemKey={sent.key}>{`Open ${sent.key}`}</WorkItemLink>
    </span>
    <ul className={layout['bullets']}>
      {sent.next.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </Message>
);

export function Browse() {
  const { search, show, go } = useAddress();
  const { person } = useAs();
  const { answer, trouble, busy, again, more } = useBrowse(search, person?.accountId);
  const [need, setNeed] = useState<Need>();
  const [sent, setSent] = useState<Ordered>();
  const view = toView(search);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));
  const choose = (one: Need): void => {
    setSent(undefined);
    // What is in the list is chosen there.
    if (one !== 'need') return setNeed(one);
    setNeed(undefined);
    document.getElementById('things')?.focus();
  };
  if (!answer) return trouble ? <Instead trouble={trouble} subject="The catalog" retry={again} /> : <Skeleton subject="the catalog" lines={LINES} />;
  return (
    <div className={layout['page']}>
      <Who answer={answer} />
      {trouble && <Failed trouble={trouble} title="The catalog could not be read again" retry={again} />}
      <div className={styles['top']}>
        <div className={layout['page']}>
          <h1 className={styles['question']}>What can we do for you?</h1>
          <SearchBox
            words={view.words}
            found={answer.items}
            onWords={(words) => change({ words })}
            onOpen={(id) => go(itemPath(id))}
            onOwnWords={() => {
              setSent(undefined);
              setNeed('need');
            }}
          />
          <Needs answer={answer} need={need} onNeed={choose} />
        </div>
        <Mine key={sent?.key} />
      </div>
      {sent && <Sent sent={sent} />}
      {need !== undefined && (
        <Tell
          key={need}
          need={need}
          browse={answer}
          words={need === 'need' ? view.words : ''}
          onSent={(done) => {
            setNeed(undefined);
            setSent(done);
          }}
          onLeave={() => setNeed(undefined)}
        />
      )}
      <div className={styles['body']}>
        <Facets {...{ answer, view, change }} />
        <section className={layout['page']} aria-labelledby="things">
          <div className={layout['row']}>
            <h2 id="things" tabIndex={-1} className={layout['subhead']}>
              What you can ask for
            </h2>
            <span className={classes(layout['end'], layout['small'])}>Only what is agreed for you is shown</span>
          </div>
          <Items {...{ answer, view, change }} />
          {answer.after !== undefined && (
            <div>
              <Button isLoading={busy === 'more'} onClick={more}>
                Show more
              </Button>
            </div>
          )}
          <Live>{busy === undefined && countWords(answer.items.length, answer.total)}</Live>
        </section>
      </div>
    </div>
  );
}
