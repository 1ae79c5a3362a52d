/** What the failure or change of an item reaches: services, promises, customers, work that is running; or what it depends on itself. */
import Button from '@atlaskit/button/new';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ImpactBox, RegisterImpact } from '../../../../src/contract';
import { RELATIONS, type RelationKind } from '../../../../src/contract/register-words';
import { Hidden, Live } from '../../../shared/hidden';
import { Icon } from '../../../shared/icons';
import { report } from '../../../shared/report';
import { Skeleton } from '../../../shared/skeleton';
import { useNow } from '../../../shared/use-now';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { saveFile } from '../../../setup/ui/save-file';
import { type Segment, Segments } from '../../../setup/ui/segments';
import { Select } from '../../../setup/ui/select';
import { counted } from '../../../setup/ui/words';
import { pathOf } from '../../agreements/address';
import { Crumbs } from '../../agreements/crumbs';
import { useForm } from '../../agreements/chain/use-form';
import type { Form } from '../../agreements/chain/view';
import { Instead } from '../../instead';
import { recordPath } from '../../records/address';
import { itemPagePath, itemPath, REGISTER } from '../address';
import { Popover } from '../list/popover';
import { useRequestChange } from '../request-change';
import { useRead } from '../use-read';
import { number } from '../words';
import { Items, Running } from './below';
import { call } from './call';
import { savePng, saveSvg } from './image';
import styles from './impact.module.css';
import { Picture } from './picture';
import { Side } from './side';
import { csvOf } from './tables';
import { CARRYING, toSearch, toView, type View } from './view';
import { boxWords, changeLines, DIRECTIONS, GROUPS, titleOf } from './words';

const LINES = [
  { height: 32, width: '40%' },
  { height: 32, width: '70%' },
  { height: 380, width: '100%' },
  { height: 180, width: '100%' },
];
const FORMS: readonly Segment<Form>[] = [
  { value: 'picture', name: 'Picture and table' },
  { value: 'table', name: 'Table only' },
];
const SHOWN = 'usm.impact.as';
const BOX_ITEMS = 60;

const kindsWords = (kinds: readonly RelationKind[]): string =>
  kinds.length === CARRYING.length ? 'all' : kinds.length === 0 ? 'none' : kinds.map((kind) => RELATIONS[kind].there).join(', ');

function Filters({ view, change }: { view: View; change: (part: Partial<View>) => void }) {
  return (
    <div className={layout['row']}>
      <Select
        label="Direction"
        value={view.direction}
        options={(['onwards', 'back'] as const).map((value) => ({ value, name: `Direction: ${DIRECTIONS[value]}` }))}
        onChange={(direction) => change({ direction })}
      />
      <Select
        label="Steps"
        value={String(view.steps)}
        options={['1', '2', '3', '4', '5'].map((value) => ({ value, name: `Steps: ${value}` }))}
        onChange={(steps) => change({ steps: Number(steps) })}
      />
      <Select
        label="Group"
        value={view.group}
        options={(['classAndPlace', 'class', 'place', 'none'] as const).map((value) => ({ value, name: `Group: ${GROUPS[value]}` }))}
        onChange={(group) => change({ group })}
      />
      <Popover
        label="Relations that are followed"
        on={view.kinds.length < CARRYING.length}
        name={
          <>
            Relations: {kindsWords(view.kinds)} <Icon name="chevronDown" />
          </>
        }
      >
        {() => (
          <fieldset className={styles['kinds']}>
            <legend>
              <Hidden>Relations that are followed</Hidden>
            </legend>
            {CARRYING.map((kind) => (
              <label key={kind}>
                <input
                  type="checkbox"
                  checked={view.kinds.includes(kind)}
                  onChange={({ target }) => change({ kinds: CARRYING.filter((one) => (one === kind ? target.checked : view.kinds.includes(one))) })}
                />
                {RELATIONS[kind].there}
              </label>
            ))}
          </fieldset>
        )}
      </Popover>
    </div>
  );
}

/** What stands for several items says which. */
function BoxItems({ box, answer, onClose }: { box: ImpactBox; answer: RegisterImpact; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [box.id]);
  const items = answer.items.filter((one) => one.box === box.id);
  const [title, about] = boxWords(box, answer);
  return (
    <section className={styles['opened']} aria-labelledby="opened-box">
      <div className={layout['row']}>
        <h2 id="opened-box" ref={heading} tabIndex={-1} className={layout['subhead']}>
          {title}
          {about !== '' && `, ${about}`}
        </h2>
        <span className={layout['end']}>
          <Button appearance="subtle" spacing="compact" onClick={onClose}>
            Close the list
          </Button>
        </span>
      </div>
      <ul className={styles['columns']}>
        {items.slice(0, BOX_ITEMS).map(({ key, name }) => (
          <li key={key}>
            <PageLink to={itemPath(key)}>{key}</PageLink> {name}
          </li>
        ))}
      </ul>
      {box.count > Math.min(items.length, BOX_ITEMS) && (
        <p className={layout['small']}>
          {number(Math.min(items.length, BOX_ITEMS))} of {number(box.count)}; the export has more of them.
        </p>
      )}
    </section>
  );
}

function Export({ answer, picture, shown, file }: { answer: RegisterImpact; picture: () => SVGSVGElement | null; shown: boolean; file: string }) {
  const [failed, setFailed] = useState(false);
  const image = (kind: 'svg' | 'png'): void => {
    const svg = picture();
    if (!svg) return;
    setFailed(false);
    if (kind === 'svg') return saveSvg(file, svg);
    savePng(file, svg).catch((error: unknown) => {
      report('The picture was not kept', error);
      setFailed(true);
    });
  };
  return (
    <Popover
      label="Export"
      name={
        <>
          <Icon name="download" /> Export
        </>
      }
    >
      {(close) => (
        <div className={styles['exports']}>
          <Button
            onClick={() => {
              saveFile(`${file}.csv`, csvOf(answer), 'text/csv');
              close();
            }}
          >
            Export the tables as CSV
          </Button>
          {shown && <Button onClick={() => image('svg')}>Export the picture as SVG</Button>}
          {shown && <Button onClick={() => image('png')}>Export the picture as PNG</Button>}
          {failed && <p role="alert">The picture could not be made here. Take the SVG.</p>}
        </div>
      )}
    </Popover>
  );
}

function UseInChange({ answer }: { answer: RegisterImpact }) {
  const { start } = answer;
  const change = useRequestChange({
    keys: start.map(({ key }) => key),
    summary: `${start.map(({ name }) => name).join(', ')}: `,
    lines: changeLines(answer),
  });
  return (
    <div>
      <div className={layout['row']}>
        <Button appearance="primary" isLoading={change.busy} onClick={change.begin}>
          Use this in a Request for Change
        </Button>
        <span className={layout['small']}>
          Takes the item along, and in words what it reaches: services, agreements, customers, work that is running.
        </span>
      </div>
      {change.told}
    </div>
  );
}

interface ShownProps {
  answer: RegisterImpact;
  view: View;
  as: Form;
  drawing: React.RefObject<SVGSVGElement>;
}

function Shown({ answer, view, as, drawing }: ShownProps) {
  const { go } = useAddress();
  const now = useNow();
  const tables = useId();
  const [opened, setOpened] = useState<ImpactBox>();
  const box = answer.boxes.find(({ id }) => id === opened?.id);
  const open = (one: ImpactBox): void => {
    if (one.ref && (one.kind === 'items' || one.kind === 'start')) return go(itemPath(one.ref.id));
    if (one.ref && one.kind === 'customer') return go(recordPath('parties', one.ref.id));
    if (one.ref && one.kind === 'service') return go(/^(SA|OLA|UC)-\d+$/.test(one.ref.id) ? pathOf(one.ref.id) : recordPath('services', one.ref.id));
    if (one.kind === 'items') setOpened(one);
  };
  const back = view.direction === 'back';
  return (
    <>
      <div className={styles['fits']}>
        <div className={styles['whole']}>
          {as === 'picture' && (
            <figure className={styles['figure']}>
              <Picture ref={drawing} answer={answer} direction={view.direction} describedBy={tables} onOpen={open} />
              <figcaption className={styles['caption']}>
                <span>
                  {answer.shortest !== undefined && <span className={styles['key']} aria-hidden />}
                  {answer.shortest !== undefined && 'shortest promise. '}
                  {answer.boxes.some(({ count }) => count > 1) && 'A box with a number stands for that many items; Enter opens it. '}
                  {answer.boxes.some(({ kind, second }) => kind === 'items' && second !== undefined && second !== 'none') &&
                    !back &&
                    'Dashed: it goes on by a second path.'}
                </span>
                <span>Arrow keys walk the relations</span>
              </figcaption>
            </figure>
          )}
          <Side answer={answer} direction={view.direction} />
        </div>
      </div>
      {box && <BoxItems box={box} answer={answer} onClose={() => setOpened(undefined)} />}
      <div className={styles['below']}>
        <Items answer={answer} id={tables} back={back} />
        <Running answer={answer} now={now} />
      </div>
      {!back && <UseInChange answer={answer} />}
    </>
  );
}

export function ImpactPage({ itemKey }: { itemKey: string }) {
  const { search, show } = useAddress();
  const view = toView(search);
  const asked = toSearch(view);
  const ask = useCallback(() => {
    const { direction, steps, group, kinds, also } = toView(asked);
    return call('register.impact', { key: itemKey, direction, steps, group, kinds: [...kinds], also: [...also] });
  }, [itemKey, asked]);
  const { answer, trouble, again } = useRead<RegisterImpact>(ask);
  const [as, remember] = useForm('', SHOWN);
  const drawing = useRef<SVGSVGElement>(null);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));
  const [first] = answer?.start ?? [];
  const within = answer && `${answer.truncated ? 'more than ' : ''}${counted(answer.total, 'item')} within ${counted(view.steps, 'step')}`;
  return (
    <div className={layout['page']}>
      <Crumbs
        way={[
          { to: REGISTER, name: 'Register' },
          { to: itemPath(itemKey), name: itemKey },
        ]}
        here="Impact"
      />
      <PageHead title={titleOf(first?.name ?? itemKey, view)}>
        <Segments looks="joined" label="Show as" segments={FORMS} value={as} onChange={remember} />
        {answer && <Export answer={answer} picture={() => drawing.current} shown={as === 'picture'} file={`impact-${itemKey}`} />}
      </PageHead>
      <div className={styles['bar']}>
        <Filters view={view} change={change} />
        <span className={layout['small']}>
          {within} {answer && answer.group !== view.group && `, grouped ${GROUPS[answer.group]} since there are so many`}{' '}
          <PageLink to={itemPagePath(itemKey, 'explore')}>Explore</PageLink>
        </span>
      </div>
      <Live>{within}</Live>
      {answer?.truncated && (
        <p className={layout['small']}>There is more than can be looked at in one go; the nearest is shown. Take fewer steps, or fewer relations.</p>
      )}
      {answer ? (
        <Shown answer={answer} view={view} as={as} drawing={drawing} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The impact" retry={again} />
      ) : (
        <Skeleton subject="the impact" lines={LINES} />
      )}
    </div>
  );
}
