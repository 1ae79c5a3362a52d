/** Other times for one promise, and what would come of them. Nothing is kept: a Wish carries them on. */
import Button from '@atlaskit/button/new';
import type { AgreementChain } from '../../../../src/contract';
import type { Chain, Line, Remedy } from '../../../../src/contract/agreements';
import { Live } from '../../../shared/hidden';
import { Message } from '../../../shared/message';
import layout from '../../../setup/ui/layout.module.css';
import { calledBy, type Names } from './names';
import { Slider } from './slider';
import { canTry, outcomeOf, promisedOf, PROMISE, remedied, say, sayWhole, slidersOf, type Tried, type Tries, withTry } from './trial';
import { StartWish } from './wish';
import styles from './chain.module.css';

interface WhatIfProps {
  answer: AgreementChain;
  /** The line as it is agreed, with its words. */
  line: AgreementChain['lines'][number];
  names: Names;
  tries: Tries;
  tried: Tried;
  onTry: (tries: Tries) => void;
}

const TONES = { holds: 'success', tight: 'warning', cannot: 'danger', unknown: 'information' } as const;

/** What else cannot be kept, whatever is tried here. */
const otherTroubles = (lines: AgreementChain['lines'], tried: Tried, key: string): string[] =>
  tried.fit.lines.flatMap((one) => {
    const known = lines.find((line) => line.key === one.key);
    return one.key !== key && one.state === 'cannot' && known ? [`${known.label}: ${known.text}.`] : [];
  });

function Remedies({
  line,
  chain,
  remedies,
  names,
  onTry,
}: {
  line: Line;
  chain: Chain;
  remedies: readonly Remedy[];
  names: Names;
  onTry: (one: Remedy) => void;
}) {
  return (
    <>
      <h3>Smallest changes that make it hold</h3>
      <ul className={styles['remedies']}>
        {remedies.map((one) => {
          const words = `${one.leg === undefined ? 'The promise' : calledBy(names, one.leg)} from ${say(line.key, one.from)} to ${sayWhole(line.key, one.to)}`;
          return (
            <li key={one.leg ?? PROMISE}>
              {words}
              <Button appearance="subtle" spacing="compact" aria-label={`Try ${words}`} onClick={() => onTry(one)}>
                Try
              </Button>
            </li>
          );
        })}
      </ul>
      {remedies.every(({ leg }) => leg === undefined) && promisedOf(chain, line.key) !== undefined && <p>No leg alone can make it hold.</p>}
    </>
  );
}

export function WhatIf({ answer, line, names, tries, tried, onTry }: WhatIfProps) {
  const { chain } = answer;
  const now = tried.fit.lines.find(({ key }) => key === line.key) ?? line;
  const own = tries[line.key];
  const remedies = answer.remedies.find(({ key }) => key === line.key)?.remedies ?? [];
  const outcome = outcomeOf(now, line.label, own !== undefined, otherTroubles(answer.lines, tried, line.key));
  const any = Object.keys(tries).length > 0;
  return (
    <section className={layout['card']} aria-labelledby="what-if">
      <div className={layout['row']}>
        <h2 id="what-if">What if</h2>
        {any && (
          <span className={layout['end']}>
            <Button appearance="subtle" spacing="compact" onClick={() => onTry({})}>
              Reset the times
            </Button>
          </span>
        )}
      </div>
      {canTry(line) ? (
        <>
          <p className={layout['small']}>Try other {line.kind === 'availability' ? 'figures' : 'times'}. Nothing is saved until you start a wish.</p>
          {slidersOf(chain, line, tries).map((slider) => {
            const leg = slider.id === PROMISE ? { party: line.label } : names(slider.id);
            return (
              <Slider
                key={`${line.key} ${slider.id}`}
                line={line.key}
                slider={slider}
                name={slider.id === PROMISE ? 'The promise' : (('id' in leg ? leg.id : undefined) ?? 'Own')}
                about={leg.party}
                onTry={(value) => onTry(withTry(tries, line.key, slider, value))}
              />
            );
          })}
          <Message tone={TONES[outcome.state]} title={outcome.title}>
            <span>{outcome.detail}</span>
          </Message>
          <Live>{own && outcome.title}</Live>
          {remedies.length > 0 && (
            <Remedies line={line} chain={chain} remedies={remedies} names={names} onTry={(one) => onTry(remedied(tries, line.key, one))} />
          )}
        </>
      ) : (
        <p className={layout['small']}>
          {line.kind === 'hours'
            ? 'Hours are changed in the agreement of the leg that is closed. Choose a time or the availability to try other figures.'
            : 'A last day is changed in the agreement of the leg that ends first. Choose a time or the availability to try other figures.'}
        </p>
      )}
      {any && <StartWish answer={answer} tries={tries} names={names} />}
    </section>
  );
}
