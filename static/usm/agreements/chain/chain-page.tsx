/** Can the promise be kept? Every promise of an agreement, leg by leg, and what other times would do. */
import { useCallback, useMemo, useState } from 'react';
import type { AgreementChain } from '../../../../src/contract';
import { coverFrom, legsOf } from '../../../../src/contract/agreements';
import { Hidden } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Skeleton } from '../../../shared/skeleton';
import { moment } from '../../../shared/time';
import { useNow } from '../../../shared/use-now';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { type Segment, Segments } from '../../../setup/ui/segments';
import { useReading } from '../../../setup/ui/use-reading';
import { Instead } from '../../instead';
import { LIST, pathOf } from '../address';
import { call } from '../call';
import { Crumbs } from '../crumbs';
import { KindTag } from '../tag';
import { dayWords, STATUSES } from '../words';
import { ChainTable } from './chain-table';
import styles from './chain.module.css';
import { Leaners } from './leaners';
import { TimesTable, ValuesTable } from './leg-table';
import { namesOf, type Names } from './names';
import { pictureOf } from './picture';
import { Strip } from './strip';
import type { Beside } from './table';
import { TimeChart } from './time-chart';
import { triedFit, type Tried, type Tries } from './trial';
import { useForm } from './use-form';
import { chosenLine, type Form, toSearch, toView, type View } from './view';
import { WhatIf } from './what-if';

const LINES = [
  { height: 32, width: '40%' },
  { height: 96, width: '100%' },
  { height: 360, width: '100%' },
];

const FORMS: readonly Segment<Form>[] = [
  { value: 'picture', name: 'Picture' },
  { value: 'table', name: 'Table' },
];

const besideOf = ({ legs, chain }: AgreementChain): Beside => ({
  hours: new Map(legs.flatMap(({ id, hours }) => (hours === undefined ? [] : [[id, hours] as const]))),
  validUntil: new Map(legs.flatMap(({ id, validUntil }) => (validUntil === undefined ? [] : [[id, dayWords(validUntil)] as const]))),
  promisedHours: legs.find(({ id }) => legsOf(chain).find((leg) => leg.id === id)?.hours === chain.hours)?.hours ?? chain.hours ?? '',
});

const ABOUT = {
  deliver: 'Hours after the report. Legs in a row add up; side by side the longest counts.',
  respond: 'Hours after the report. Everybody answers from the report on; the longest counts.',
  availability: 'Everything that is needed is there at once, so the figures are multiplied.',
  hours: 'Whoever is needed is there in the promised hours.',
  until: 'What ends first ends the promise.',
} as const;

interface LineProps {
  answer: AgreementChain;
  line: AgreementChain['lines'][number];
  names: Names;
  beside: Beside;
  tried: Tried;
}

/** One promise, leg by leg. */
function LinePicture({ answer, line, names, beside, tried }: LineProps) {
  const { chain, fit } = answer;
  const picture = pictureOf(chain, line);
  const other = tried.chain === chain ? undefined : tried.fit.lines.find(({ key }) => key === line.key);
  return (
    <figure className={styles['figure']} aria-labelledby="leg-by-leg">
      <figcaption className={styles['caption']}>
        <h2 id="leg-by-leg">{line.label}, leg by leg</h2>
        <span>{ABOUT[line.kind]}</span>
      </figcaption>
      {picture ? (
        <>
          <Hidden>
            <TimesTable id="leg-table" label={line.label} picture={picture} names={names} />
          </Hidden>
          <TimeChart
            key={line.key}
            label={line.label}
            picture={picture}
            other={other && pictureOf(tried.chain, other)}
            fit={fit}
            names={names}
            describedBy="leg-table"
          />
        </>
      ) : (
        <ValuesTable line={line} legs={legsOf(chain)} missing={fit.missing} names={names} beside={beside} />
      )}
    </figure>
  );
}

function Shown({ answer, view, change }: { answer: AgreementChain; view: View; change: (part: Partial<View>) => void }) {
  const { chain, fit, lines, asOf } = answer;
  const [tries, setTries] = useState<Tries>({});
  // One for the page: what was worked out about its calendars serves every value that is tried.
  const cover = useMemo(() => coverFrom(chain.calendars, Math.max(asOf, chain.from)), [chain, asOf]);
  const tried = useMemo(
    (): Tried => (Object.keys(tries).length === 0 ? { chain, fit } : triedFit(chain, tries, asOf, cover)),
    [chain, fit, tries, asOf, cover],
  );
  const names = useMemo(() => namesOf(answer.legs), [answer.legs]);
  const beside = useMemo(() => besideOf(answer), [answer]);
  const line = chosenLine(lines, view.line);
  if (!line)
    return (
      <div className={layout['empty']}>
        <h2>Nothing is promised yet</h2>
        <p>This version has no targets, no availability and no support hours. Add them to the draft; what lies under them is then added up here.</p>
        <p>
          <PageLink to={pathOf(answer.id)}>Open {answer.id}</PageLink>
        </p>
      </div>
    );
  if (view.as === 'table')
    return (
      <>
        <ChainTable answer={answer} names={names} beside={beside} />
        <Leaners answer={answer} names={names} binding={line.binding} />
      </>
    );
  return (
    <>
      <Strip lines={lines} chosen={line.key} onChoose={(key) => change({ line: key })} />
      <div className={layout['columns']}>
        <div className={layout['main']}>
          <LinePicture {...{ answer, line, names, beside, tried }} />
          {!chain.legs && (
            <p className={layout['small']}>
              Nothing lies under it: it is kept by {names('own').party} alone. Legs are named in the draft of a version.
            </p>
          )}
          <Leaners answer={answer} names={names} binding={line.binding} />
        </div>
        <div className={layout['side']}>
          <WhatIf {...{ answer, line, names, tries, tried }} onTry={setTries} />
        </div>
      </div>
    </>
  );
}

export function ChainPage({ id }: { id: string }) {
  const { search, show } = useAddress();
  const view = toView(search);
  const { version } = view;
  const first = useCallback(() => call('agreements.chain', { id, ...(version > 0 && { version }) }), [id, version]);
  const { answer, trouble, again } = useReading<AgreementChain>(first);
  const now = useNow();
  const [as, remember] = useForm(view.as);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));

  return (
    <div className={layout['page']}>
      <Crumbs
        way={[
          { to: LIST, name: 'Agreements' },
          { to: pathOf(id), name: id },
        ]}
        here="Chain"
      />
      <PageHead title="Can the promise be kept?" text="What lies under each promise, and what other times would do.">
        {answer && (
          <Segments
            looks="joined"
            label="Show as"
            segments={FORMS}
            value={as}
            onChange={(form) => {
              remember(form);
              change({ as: form });
            }}
          />
        )}
      </PageHead>
      {answer ? (
        <>
          <div className={styles['sub']}>
            <KindTag kind={answer.id.startsWith('SA') ? 'SA' : answer.id.startsWith('OLA') ? 'OLA' : 'UC'} />
            <PageLink to={pathOf(id)}>{id}</PageLink>
            <span>
              {answer.name}, version {answer.version}, {answer.customer.name}
            </span>
            <Lozenge tone={STATUSES[answer.status].tone}>{STATUSES[answer.status].name}</Lozenge>
            <span className={styles['end']}>as of {moment(answer.asOf, now)}</span>
          </div>
          <Shown answer={answer} view={{ ...view, as }} change={change} />
        </>
      ) : trouble ? (
        <Instead trouble={trouble} subject="The chain" retry={again} />
      ) : (
        <Skeleton subject="the chain" lines={LINES} />
      )}
    </div>
  );
}
