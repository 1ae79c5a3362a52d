/** What hangs together with an item: a picture to look around in, and the same as tables. */
import Button from '@atlaskit/button/new';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { GraphNode, RegisterNeighbourhood, RegisterPath } from '../../../../src/contract';
import { NODES_AT_FIRST } from '../../../../src/contract/register-impact';
import { RELATION_KINDS, type RelationKind, RELATIONS } from '../../../../src/contract/register-words';
import { isTrouble } from '../../../shared/call';
import { Finder } from '../../../shared/finder';
import { Hidden, Live } from '../../../shared/hidden';
import { Icon } from '../../../shared/icons';
import { Message } from '../../../shared/message';
import { report } from '../../../shared/report';
import { Skeleton } from '../../../shared/skeleton';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { saveFile } from '../../../setup/ui/save-file';
import { type Segment, Segments } from '../../../setup/ui/segments';
import { Select } from '../../../setup/ui/select';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { pathOf } from '../../agreements/address';
import { useForm } from '../../agreements/chain/use-form';
import type { Form } from '../../agreements/chain/view';
import { Crumbs } from '../../agreements/crumbs';
import { Instead } from '../../instead';
import { recordPath } from '../../records/address';
import { itemPagePath, itemPath, REGISTER } from '../address';
import { call } from '../impact/call';
import { saveCanvas } from '../impact/image';
import { ChoiceWords } from '../list/filter-pick';
import { Popover } from '../list/popover';
import { type Choice, finderOf } from '../names';
import { useRead } from '../use-read';
import { lifeOf, number } from '../words';
import { Canvas } from './canvas';
import styles from './explore.module.css';
import { collapsed, type Sight, together } from './graph';
import { spotsOf } from './layout';
import { graphCsv, refOf } from './words';

const LINES = [
  { height: 32, width: '40%' },
  { height: 560, width: '100%' },
];
const FORMS: readonly Segment<Form>[] = [
  { value: 'picture', name: 'Picture and table' },
  { value: 'table', name: 'Table only' },
];
const SHOWN = 'usm.explore.as';
const ROWS = 50;
const findItem = finderOf('item');

function NodeLink({ node }: { node: GraphNode }) {
  const id = refOf(node);
  if (node.kind === 'item')
    return (
      <>
        <PageLink to={itemPath(id)}>{id}</PageLink> {node.name}
      </>
    );
  if (node.kind === 'agreement') return <PageLink to={pathOf(id)}>{id}</PageLink>;
  return <PageLink to={recordPath(node.kind === 'party' ? 'parties' : 'services', id)}>{node.name}</PageLink>;
}

interface ChecksProps<Value extends string> {
  label: string;
  all: readonly { value: Value; name: string }[];
  /** Those that are in sight. */
  on: readonly Value[];
  onChange: (on: Value[]) => void;
}

function Checks<Value extends string>({ label, all, on, onChange }: ChecksProps<Value>) {
  return (
    <Popover
      label={label}
      on={on.length < all.length}
      name={
        <>
          {label}: {on.length === all.length ? 'all' : `${String(on.length)} of ${String(all.length)}`} <Icon name="chevronDown" />
        </>
      }
    >
      {() => (
        <fieldset className={styles['classes']}>
          <legend>
            <Hidden>{label}</Hidden>
          </legend>
          {all.map(({ value, name }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={on.includes(value)}
                onChange={({ target }) => onChange(all.map((one) => one.value).filter((one) => (one === value ? target.checked : on.includes(one))))}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
    </Popover>
  );
}

/** Tables of what is in sight: everything that the picture says. */
function Tables({ sight, id }: { sight: Sight; id: string }) {
  const [all, setAll] = useState(false);
  const byId = new Map(sight.nodes.map((node) => [node.id, node]));
  const rows = all ? sight.edges : sight.edges.slice(0, ROWS);
  return (
    <section aria-labelledby={`${id}-title`} className={layout['main']}>
      <h2 id={`${id}-title`} className={layout['subhead']}>
        Relations in sight
      </h2>
      <div className={table['scroll']} role="region" aria-labelledby={`${id}-title`} tabIndex={0}>
        <table id={id} className={table['table']}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Relation</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from, kind, to, group, need }) => {
              const [start, end] = [byId.get(from), byId.get(to)];
              return (
                start &&
                end && (
                  <tr key={`${from} ${kind} ${to}`}>
                    <td>
                      <NodeLink node={start} />
                    </td>
                    <td>
                      {RELATIONS[kind].there}
                      {group !== undefined && <small>{`a way of “${group}”${need === undefined ? '' : `, ${String(need)} have to hold`}`}</small>}
                    </td>
                    <td>
                      <NodeLink node={end} />
                    </td>
                  </tr>
                )
              );
            })}
          </tbody>
        </table>
      </div>
      {sight.edges.length > ROWS && (
        <div>
          <Button appearance="subtle" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${number(sight.edges.length)}`}
          </Button>
        </div>
      )}
    </section>
  );
}

interface ChosenProps {
  node: GraphNode;
  root: string;
  classOf: (key: string) => string;
  isOpen: boolean;
  busy: boolean;
  onToggle: () => void;
}

function Chosen({ node, root, classOf, isOpen, busy, onToggle }: ChosenProps) {
  return (
    <section className={layout['card']} aria-label="What is chosen">
      <h2>{node.kind === 'item' ? node.name : node.name}</h2>
      <p>
        <NodeLink node={node} />
      </p>
      {node.kind === 'item' && (
        <>
          <p>
            {node.class !== undefined && classOf(node.class)}
            {node.place !== undefined && `, ${node.place}`}
            {node.life !== undefined && `, ${lifeOf(node.life).name.toLowerCase()}`}
          </p>
          <p>{node.more > 0 ? `${counted(node.more, 'relation')} not shown` : 'All its relations are shown'}</p>
          {node.id !== root && (
            <Button isLoading={busy} onClick={onToggle}>
              {isOpen ? 'Collapse' : 'Expand'}
            </Button>
          )}
          <PageLink to={itemPagePath(node.id, 'impact')}>Show impact</PageLink>
          {node.id !== root && <PageLink to={itemPagePath(node.id, 'explore')}>Put it in the middle</PageLink>}
        </>
      )}
    </section>
  );
}

function WayWords({ way, onClose }: { way: RegisterPath; onClose: () => void }) {
  return (
    <Message
      tone={way.items.length > 0 ? 'information' : 'warning'}
      title={way.items.length > 0 ? `The way has ${counted(way.edges.length, 'step')}` : 'No way was found'}
    >
      {way.items.length > 0 ? (
        <ol className={styles['way']}>
          {way.items.map(({ key, name }, index) => {
            const edge = way.edges[index];
            return (
              <li key={key}>
                <PageLink to={itemPath(key)}>{key}</PageLink> {name}
                {edge && `, ${edge.from === key ? RELATIONS[edge.kind].there : RELATIONS[edge.kind].back}`}
              </li>
            );
          })}
        </ol>
      ) : (
        <span>
          {way.givenUp
            ? `${number(way.looked)} items were looked at; further away nobody looked.`
            : 'They have nothing to do with each other by these relations.'}
        </span>
      )}
      <div>
        <Button appearance="subtle" spacing="compact" onClick={onClose}>
          Close
        </Button>
      </div>
    </Message>
  );
}

/** What is asked besides the first piece: more around one, and the way to another. */
function useMore(root: string, kinds: readonly RelationKind[]) {
  const [pieces, setPieces] = useState<readonly RegisterNeighbourhood[]>([]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [way, setWay] = useState<RegisterPath>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');
  const asking = async <T extends { state: string }>(ask: () => Promise<T>, keep: (answer: Extract<T, { state: 'ok' }>) => void): Promise<void> => {
    setBusy(true);
    setFailed('');
    const answer = await ask();
    setBusy(false);
    if (answer.state === 'ok') keep(answer as Extract<T, { state: 'ok' }>);
    else setFailed(isTrouble(answer) && 'text' in answer ? answer.text : 'There was no answer. Try again in a minute.');
  };
  const expand = (key: string): Promise<void> =>
    asking(
      () => call('register.neighbourhood', { key, steps: 1, kinds: [...kinds] }),
      (answer) => setPieces((before) => [...before, answer]),
    );
  const findWay = (to: string): Promise<void> => asking(() => call('register.path', { from: root, to, kinds: [...kinds] }), setWay);
  return { pieces, setPieces, closed, setClosed, way, setWay, busy, failed, expand, findWay };
}

/** Ways stand in the picture too, so far as they are not there yet. */
const wayPiece = ({ items, edges }: RegisterPath) => ({
  nodes: items.map(({ key, name, class: of }, depth): GraphNode => ({ id: key, kind: 'item', name, class: of, depth, more: 0 })),
  edges,
  classes: [],
});

function Around({ answer, root, kinds, as }: { answer: RegisterNeighbourhood; root: string; kinds: readonly RelationKind[]; as: Form }) {
  const more = useMore(root, kinds);
  const { pieces, closed, way, busy } = more;
  const [chosen, setChosen] = useState<string>();
  const [finding, setFinding] = useState(false);
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const tables = useId();
  const canvas = useRef<{ picture: () => HTMLCanvasElement | null }>(null);
  const classes = useMemo(
    () => [...new Map([answer, ...pieces].flatMap((piece) => piece.classes.map((one) => [one.id, one.name] as const)))],
    [answer, pieces],
  );
  const classOf = (key: string): string => classes.find(([id]) => id === key)?.[1] ?? key;
  const sight = useMemo(() => {
    const all = together([answer, ...pieces, ...(way ? [wayPiece(way)] : [])]);
    const kept = all.nodes.filter((node) => node.id === root || node.class === undefined || !hidden.includes(node.class));
    const ids = new Set(kept.map(({ id }) => id));
    return collapsed({ ...all, nodes: kept, edges: all.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) }, root, closed);
  }, [answer, pieces, way, hidden, root, closed]);
  const spots = useMemo(() => spotsOf(sight, root), [sight, root]);
  const node = sight.nodes.find(({ id }) => id === chosen);
  const isOpen = (id: string): boolean => !closed.has(id) && (spots.get(id)?.children.length ?? 0) > 0;
  const toggle = (id: string): void => {
    const one = sight.nodes.find((other) => other.id === id);
    if (one?.kind !== 'item' || id === root) return;
    if (isOpen(id)) return more.setClosed(new Set([...closed, id]));
    more.setClosed(new Set([...closed].filter((other) => other !== id)));
    if (one.more > 0) void more.expand(id);
  };
  const onWay = new Set(way?.items.map(({ key }) => key));
  const told = `${counted(sight.nodes.length, 'thing')} and ${counted(sight.edges.length, 'relation')} in sight`;
  return (
    <>
      <div className={layout['row']}>
        {classes.length > 0 && (
          <Checks
            label="Classes"
            all={classes.map(([value, name]) => ({ value, name }))}
            on={classes.map(([id]) => id).filter((id) => !hidden.includes(id))}
            onChange={(on) => setHidden(classes.map(([id]) => id).filter((id) => !on.includes(id)))}
          />
        )}
        {finding ? (
          <Finder<Choice>
            label={`Find the way from ${root} to`}
            all="Items"
            placeholder="Find the way to: key or name"
            find={findItem}
            keyOf={({ id }) => id}
            show={(choice) => <ChoiceWords choice={choice} />}
            nothing={(words) => (words === '' ? 'There is nothing to choose yet.' : `Nothing is called “${words}”.`)}
            failed="There was no answer. Type again."
            onPick={({ id }) => {
              setFinding(false);
              void more.findWay(id);
            }}
            onCancel={() => setFinding(false)}
          />
        ) : (
          <Button isLoading={busy} onClick={() => setFinding(true)}>
            Find the way to an item
          </Button>
        )}
        <span className={layout['end']}>
          <span className={layout['small']}>{told}</span>
          <Button iconBefore={() => <Icon name="download" />} onClick={() => saveFile(`relations-${root}.csv`, graphCsv(sight), 'text/csv')}>
            Export as CSV
          </Button>
          {as === 'picture' && (
            <Button
              onClick={() => {
                const picture = canvas.current?.picture();
                if (picture) saveCanvas(`relations-${root}`, picture).catch((error: unknown) => report('The picture was not kept', error));
              }}
            >
              Export as PNG
            </Button>
          )}
        </span>
      </div>
      <Live>{told}</Live>
      {(answer.truncated || sight.full) && (
        <p className={layout['small']}>There is more than is shown. Expand what you look for, or choose fewer relations.</p>
      )}
      {more.failed !== '' && (
        <Message tone="warning" title="That was not found" alert>
          <span>{more.failed}</span>
        </Message>
      )}
      {way && <WayWords way={way} onClose={() => more.setWay(undefined)} />}
      <div className={as === 'picture' ? styles['whole'] : undefined}>
        {as === 'picture' && (
          <Canvas
            ref={canvas}
            sight={sight}
            spots={spots}
            root={root}
            chosen={chosen}
            way={onWay}
            label={`${root} in the middle; ${told}. The table under it says the same.`}
            describedBy={tables}
            onChoose={setChosen}
            onToggle={toggle}
          />
        )}
        {as === 'picture' && (
          <div className={layout['side']}>
            {node ? (
              <Chosen node={node} root={root} classOf={classOf} isOpen={isOpen(node.id)} busy={busy} onToggle={() => toggle(node.id)} />
            ) : (
              <p className={layout['small']}>
                A circle is an item, a square a service, a party or an agreement. A dashed edge: it has relations that are not shown. Choose one to
                see what it is.
              </p>
            )}
          </div>
        )}
      </div>
      <Tables sight={sight} id={tables} />
    </>
  );
}

export function ExplorePage({ itemKey }: { itemKey: string }) {
  const [steps, setSteps] = useState(2);
  const [kinds, setKinds] = useState<readonly RelationKind[]>(RELATION_KINDS);
  const [as, remember] = useForm('', SHOWN);
  const ask = useCallback(
    () => call('register.neighbourhood', { key: itemKey, steps, kinds: [...kinds], limit: NODES_AT_FIRST }),
    [itemKey, steps, kinds],
  );
  const { answer, trouble, again } = useRead<RegisterNeighbourhood>(ask);
  const [middle] = answer?.nodes ?? [];
  return (
    <div className={layout['page']}>
      <Crumbs
        way={[
          { to: REGISTER, name: 'Register' },
          { to: itemPath(itemKey), name: itemKey },
        ]}
        here="Explore"
      />
      <PageHead title={`Around ${middle?.name ?? itemKey}`}>
        <Segments looks="joined" label="Show as" segments={FORMS} value={as} onChange={remember} />
      </PageHead>
      <div className={layout['row']}>
        <Select
          label="Steps"
          value={String(steps)}
          options={['1', '2', '3'].map((value) => ({ value, name: `Steps: ${value}` }))}
          onChange={(value) => setSteps(Number(value))}
        />
        <Checks label="Relations" all={RELATION_KINDS.map((value) => ({ value, name: RELATIONS[value].there }))} on={kinds} onChange={setKinds} />
        <PageLink to={itemPagePath(itemKey, 'impact')}>Show impact</PageLink>
      </div>
      {answer ? (
        <Around key={`${itemKey} ${String(steps)} ${kinds.join(' ')}`} answer={answer} root={middle?.id ?? itemKey} kinds={kinds} as={as} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The picture" retry={again} />
      ) : (
        <Skeleton subject="the picture" lines={LINES} />
      )}
    </div>
  );
}
