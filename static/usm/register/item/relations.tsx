/** What an item is related to, by kind and direction; whoever keeps the register adds and takes away. */
import Button from '@atlaskit/button/new';
import { useCallback, useState } from 'react';
import type { ItemDetail, Relation, RelationEndRow, RelationGroup } from '../../../../src/contract';
import { relation } from '../../../../src/contract/register';
import { RELATION_KINDS, type RelationKind, RELATIONS } from '../../../../src/contract/register-words';
import { isTrouble } from '../../../shared/call';
import { Field } from '../../../shared/field';
import { Finder } from '../../../shared/finder';
import { type Refusal, RefusalMessage } from '../../../shared/refusal';
import { refusalOf } from '../../../shared/refusal-of';
import { Confirm } from '../../../setup/ui/confirm';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import { Remove } from '../../../setup/ui/rows';
import { pathOf } from '../../agreements/address';
import { recordPath } from '../../records/address';
import { itemPath } from '../address';
import { call } from '../call';
import { ChoiceWords } from '../list/filter-pick';
import { type Choice, finderOf } from '../names';
import { usePaged } from '../use-paged';
import { lifeOf, number } from '../words';
import styles from './item.module.css';

type Way = Pick<RelationGroup, 'kind' | 'direction'>;

/** What stands at the other end of a relation, seen from one of its two. */
const endOf = ({ kind, direction }: Way) => (direction === 'back' ? 'item' : RELATIONS[kind].to);

/** Depends on */
export const headOf = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

export function EndLink({ way, end: { id, name, life } }: { way: Way; end: RelationEndRow }) {
  const kind = endOf(way);
  const over = life === 'retired' || life === 'disposed' ? `, ${lifeOf(life).name.toLowerCase()}` : '';
  if (kind === 'agreement')
    return (
      <>
        <PageLink to={pathOf(id)}>{id}</PageLink> <span>{name}</span>
      </>
    );
  if (kind === 'item')
    return (
      <>
        <PageLink to={itemPath(id)}>{id}</PageLink>
        <span>
          {name}
          {over}
        </span>
      </>
    );
  return <PageLink to={recordPath(kind === 'party' ? 'parties' : 'services', id)}>{name}</PageLink>;
}

/** Ways that stand in for each other: two of three. */
const groupWords = ({ group, need }: RelationEndRow): string =>
  group === undefined ? '' : `a way of “${group}”${need === undefined ? '' : `: ${String(need)} of them ${need === 1 ? 'has' : 'have'} to hold`}`;

const relationOf = (key: string, { kind, direction }: Way, end: Pick<RelationEndRow, 'id' | 'group' | 'need'>): Relation =>
  relation.parse({
    from: direction === 'there' ? key : end.id,
    kind,
    to: direction === 'there' ? end.id : key,
    ...(end.group !== undefined && { group: end.group }),
    ...(end.need !== undefined && { need: end.need }),
  });

interface EndsProps {
  way: Way;
  rows: readonly RelationEndRow[];
  onRemove: ((end: RelationEndRow) => void) | undefined;
}

const Ends = ({ way, rows, onRemove }: EndsProps) => (
  <ul className={styles['ends']}>
    {rows.map((end) => (
      <li key={end.id}>
        <span className={styles['end']}>
          <EndLink way={way} end={end} />
          <small>{groupWords(end)}</small>
        </span>
        {onRemove && <Remove what={`the relation to ${end.id}`} onRemove={() => onRemove(end)} />}
      </li>
    ))}
  </ul>
);

function All({ itemKey, way, onRemove }: { itemKey: string; way: Way; onRemove: EndsProps['onRemove'] }) {
  const { kind, direction } = way;
  const read = useCallback(
    (after: string | undefined) => call('register.relations', { key: itemKey, kind, direction, ...(after !== undefined && { after }) }),
    [itemKey, kind, direction],
  );
  const { answer, trouble, busy, again, more } = usePaged(read);
  if (trouble) return <Failed trouble={trouble} title="The relations could not be read" retry={again} />;
  if (!answer) return <p className={layout['small']}>Reading…</p>;
  return (
    <>
      <Ends {...{ way, onRemove }} rows={answer.rows} />
      {answer.after !== undefined && (
        <div>
          <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Group({
  itemKey,
  group,
  onRemove,
}: {
  itemKey: string;
  group: RelationGroup;
  onRemove: ((way: Way, end: RelationEndRow) => void) | undefined;
}) {
  const [all, setAll] = useState(false);
  const remove = onRemove && ((end: RelationEndRow) => onRemove(group, end));
  return (
    <section className={layout['lines']}>
      <h2 className={layout['subhead']}>
        {headOf(group.words)} <small className={layout['small']}>{number(group.count)}</small>
      </h2>
      {all ? <All itemKey={itemKey} way={group} onRemove={remove} /> : <Ends way={group} rows={group.first} onRemove={remove} />}
      {!all && group.count > group.first.length && (
        <div>
          <Button spacing="compact" onClick={() => setAll(true)}>
            Show all {number(group.count)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Each kind from either end; towards an item only items lead. */
const WAYS: readonly { value: string; name: string; kind: RelationKind; direction: 'there' | 'back' }[] = RELATION_KINDS.flatMap((kind) => [
  { value: `${kind}.there`, name: RELATIONS[kind].there, kind, direction: 'there' as const },
  ...(RELATIONS[kind].to === 'item' && RELATIONS[kind].back !== RELATIONS[kind].there
    ? [{ value: `${kind}.back`, name: RELATIONS[kind].back, kind, direction: 'back' as const }]
    : []),
]);
const FINDERS = { item: finderOf('item'), party: finderOf('party'), service: finderOf('service'), agreement: finderOf('agreement') };
const ENDS = {
  item: { one: 'Item', all: 'Items' },
  party: { one: 'Party', all: 'Parties' },
  service: { one: 'Service', all: 'Services' },
  agreement: { one: 'Agreement', all: 'Agreements' },
};

interface AddProps {
  itemKey: string;
  onAdd: (added: Relation) => Promise<Refusal | undefined>;
  onKeep: () => void;
}

function Add({ itemKey, onAdd, onKeep }: AddProps) {
  const [value, setValue] = useState('dependsOn.there');
  const [to, setTo] = useState<Choice>();
  const [looking, setLooking] = useState(false);
  const [group, setGroup] = useState('');
  const [need, setNeed] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const way = WAYS.find((one) => one.value === value) ?? WAYS[0];
  if (!way) return null;
  const end = endOf(way);
  const many = Number(need);
  const badNeed = need.trim() !== '' && !(Number.isInteger(many) && many >= 1 && many <= 99);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (!to || badNeed) return;
    setBusy(true);
    const named = group.trim() === '' ? {} : { group: group.trim().slice(0, 20), ...(need.trim() !== '' && { need: many }) };
    const refused = await onAdd(relationOf(itemKey, way, { id: to.id, ...named }));
    setBusy(false);
    setRefusal(refused);
  };
  return (
    <Confirm title="Add a relation" action="Add the relation" keep="Leave as it is" busy={busy} onConfirm={() => void send()} onKeep={onKeep}>
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={onKeep} />}
      <div className={styles['add']}>
        <Field label={`${itemKey} …`} id="relation-kind">
          {(aria) => (
            <select
              {...aria}
              value={value}
              onChange={(event) => {
                setValue(event.target.value);
                setTo(undefined);
              }}
            >
              {WAYS.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div role="group" aria-label="The other end" className={styles['other']}>
          <span>{ENDS[end].one}</span>
          {looking ? (
            <Finder<Choice>
              key={end}
              label={ENDS[end].one}
              all={ENDS[end].all}
              placeholder="Type a name or key"
              find={FINDERS[end]}
              keyOf={({ id }) => id}
              show={(choice) => <ChoiceWords choice={choice} />}
              nothing={(words) => (words === '' ? 'There is nothing to choose yet.' : `Nothing is called “${words}”.`)}
              failed="There was no answer. Type again."
              browse
              onPick={(choice) => {
                setTo(choice);
                setLooking(false);
              }}
              onCancel={() => setLooking(false)}
            />
          ) : (
            <span>
              {to ? `${to.name} ` : asked ? <strong>Choose what it leads to. </strong> : 'nothing chosen yet '}
              <Button spacing="compact" onClick={() => setLooking(true)}>
                {to ? 'Change' : 'Choose'}
              </Button>
            </span>
          )}
        </div>
        {way.direction === 'there' && way.kind === 'dependsOn' && (
          <>
            <Field label="Ways that stand in for each other" id="relation-group" optional hint="Give those the same name: Power">
              {(aria) => <input {...aria} type="text" maxLength={20} value={group} onChange={(event) => setGroup(event.target.value)} />}
            </Field>
            <Field label="So many of them have to hold" id="relation-need" optional problem={badNeed ? 'Give a number from 1 to 99.' : undefined}>
              {(aria) => <input {...aria} type="text" inputMode="numeric" value={need} onChange={(event) => setNeed(event.target.value)} />}
            </Field>
          </>
        )}
      </div>
    </Confirm>
  );
}

interface RelationsProps {
  detail: ItemDetail;
  onDone: (detail: ItemDetail, told: string) => void;
}

export function Relations({ detail, onDone }: RelationsProps) {
  const { item, relations, keeps } = detail;
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Relation>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [read, setRead] = useState(0);

  const relate = async (asked: { add?: Relation[]; remove?: Relation[] }, told: string): Promise<Refusal | undefined> => {
    const answer = await call('register.relate', { key: item.key, ...asked });
    if (isTrouble(answer)) return refusalOf(answer, 'Nothing was changed');
    if (answer.state === 'refused') return { title: 'Nothing was changed', text: answer.wrong.map(({ text }) => text).join('\n'), conflict: false };
    setRead((count) => count + 1);
    onDone(answer, told);
    return undefined;
  };
  const remove = async (gone: Relation): Promise<void> => {
    setBusy(true);
    const refused = await relate({ remove: [gone] }, 'The relation is removed.');
    setBusy(false);
    setRefusal(refused);
    if (!refused) setRemoving(undefined);
  };
  return (
    <>
      {keeps && !adding && !removing && (
        <div>
          <Button onClick={() => setAdding(true)}>Add a relation</Button>
        </div>
      )}
      {adding && (
        <Add
          itemKey={item.key}
          onAdd={async (added) => {
            const refused = await relate({ add: [added] }, 'The relation is added.');
            if (!refused) setAdding(false);
            return refused;
          }}
          onKeep={() => setAdding(false)}
        />
      )}
      {removing && (
        <Confirm
          title={`Remove the relation from ${removing.from} to ${removing.to}?`}
          action="Remove the relation"
          keep="Keep the relation"
          danger
          busy={busy}
          onConfirm={() => void remove(removing)}
          onKeep={() => setRemoving(undefined)}
        >
          {refusal && <RefusalMessage refusal={refusal} onReadAgain={() => setRemoving(undefined)} />}
          <p>What a failure or a change reaches is then calculated without it.</p>
        </Confirm>
      )}
      {relations.length === 0 ? (
        <p className={layout['small']}>It is related to nothing yet, so nobody sees what its failure reaches.</p>
      ) : (
        relations.map((group) => (
          <Group
            key={`${group.kind} ${group.direction} ${String(read)}`}
            itemKey={item.key}
            group={group}
            onRemove={keeps ? (way, end) => setRemoving(relationOf(item.key, way, end)) : undefined}
          />
        ))
      )}
    </>
  );
}
