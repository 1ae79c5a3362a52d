/** The versions of an agreement, and what differs between two of them. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { AgreementDetail, Trouble } from '../../../../src/contract';
import { Hidden, Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { isTrouble } from '../../../shared/call';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { counted } from '../../../setup/ui/words';
import { call } from '../call';
import { momentDay, STATUSES } from '../words';
import styles from './versions.module.css';
import { compared, ticked } from './words';

type Diff = NonNullable<AgreementDetail['diff']>;

export function Differences({ diff: { from, to, lines } }: { diff: Diff }) {
  return (
    <div className={styles['diff']}>
      <h3>
        Version {from} to version {to}: {lines.length === 0 ? 'no difference' : counted(lines.length, 'difference')}
      </h3>
      <dl>
        {lines.map(({ key, label, before, after }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              {before !== undefined && (
                <>
                  <Hidden>before: </Hidden>
                  <s>{before}</s>
                </>
              )}{' '}
              {after === undefined ? (
                <em>gone</em>
              ) : (
                <>
                  <Hidden>now: </Hidden>
                  <strong>{after}</strong>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The last two at first, where there are two. */
const startOf = ({ diff }: AgreementDetail): number[] => (diff ? [diff.from, diff.to] : []);

export function Versions({ detail }: { detail: AgreementDetail }) {
  const { versions, version, agreement, terms } = detail;
  const { show } = useAddress();
  const [chosen, setChosen] = useState(() => startOf(detail));
  const [diff, setDiff] = useState(detail.diff);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const pair = compared(chosen);
  const compare = async (): Promise<void> => {
    if (!pair) return;
    setBusy(true);
    setTrouble(undefined);
    const answer = await call('agreements.compare', { id: agreement.id, ...pair });
    setBusy(false);
    if (isTrouble(answer)) setTrouble(answer);
    else setDiff(answer.diff);
  };
  return (
    <section className={layout['card']} aria-labelledby="versions">
      <div className={layout['row']}>
        <h2 id="versions">Versions</h2>
        {versions.length > 1 && (
          <span className={layout['end']}>
            <Button spacing="compact" isDisabled={!pair} isLoading={busy} onClick={() => void compare()}>
              Compare two versions
            </Button>
          </span>
        )}
      </div>
      <ul className={styles['versions']}>
        {versions.map((one) => (
          <li key={one.number}>
            {versions.length > 1 && (
              <input
                type="checkbox"
                aria-label={`Compare version ${String(one.number)}`}
                checked={chosen.includes(one.number)}
                onChange={() => setChosen(ticked(chosen, one.number))}
              />
            )}
            {one.number === version ? (
              <strong aria-current="true">Version {one.number}</strong>
            ) : (
              <button type="button" className={styles['open']} onClick={() => show(`?version=${String(one.number)}`)}>
                Version {one.number}
              </button>
            )}
            <Lozenge tone={STATUSES[one.status].tone}>{STATUSES[one.status].name}</Lozenge>
            <small>{momentDay(one.at, terms.timeZone)}</small>
          </li>
        ))}
      </ul>
      {trouble && <Failed trouble={trouble} title="The versions could not be compared" />}
      {diff && <Differences diff={diff} />}
      <Live>{diff && `Version ${String(diff.from)} to version ${String(diff.to)}: ${counted(diff.lines.length, 'difference')}`}</Live>
    </section>
  );
}
