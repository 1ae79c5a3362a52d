/** Every promise of the agreement in one row: what it comes to, against a tick for what is promised. One of them is looked at. */
import { useId } from 'react';
import type { AgreementChain } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Hidden } from '../../../shared/hidden';
import { VerdictMark } from '../verdict';
import { percent } from '../words';
import styles from './strip.module.css';
import { hours } from '../words';

type Lines = AgreementChain['lines'];

/** Beyond the promise there has to be room for what is over. */
const ROOM = 1.25;

/** Availability is about what is away: the rest is nearly everything. */
const scaled = ({ kind, sum = 0, promised = 0 }: Lines[number]): { sum: number; promised: number } =>
  kind === 'availability' ? { sum: 100 - sum, promised: 100 - promised } : { sum, promised };

function Bullet({ line }: { line: Lines[number] }) {
  if (line.kind === 'hours' || line.kind === 'until' || line.sum === undefined || line.promised === undefined)
    return <span className={styles['noBullet']} />;
  const { sum, promised } = scaled(line);
  const most = Math.max(sum, promised, 1e-9) * ROOM;
  const part = (value: number): string => `${String((100 * value) / most)}%`;
  return (
    <span className={styles['bullet']}>
      <span className={styles['sum']} style={{ width: part(Math.min(sum, promised)) }} />
      {sum > promised && <span className={styles['over']} style={{ insetInlineStart: part(promised), width: part(sum - promised) }} />}
      <span className={styles['promise']} style={{ insetInlineStart: part(promised) }} />
    </span>
  );
}

function figures({ kind, sum, promised, state }: Lines[number]): string {
  if (state === 'unknown' || kind === 'hours' || kind === 'until' || sum === undefined || promised === undefined) return '';
  return kind === 'availability' ? `${percent(sum)} of ${percent(promised)}` : `${hours(sum)} of ${hours(promised)} h`;
}

export function Strip({ lines, chosen, onChoose }: { lines: Lines; chosen: string; onChoose: (key: string) => void }) {
  const name = useId();
  return (
    <fieldset className={styles['strip']}>
      <legend>
        <Hidden>Promise to look at</Hidden>
      </legend>
      {lines.map((line) => (
        <label key={line.key}>
          <input type="radio" name={name} checked={line.key === chosen} onChange={() => onChoose(line.key)} />
          <span className={styles['cell']}>
            <span className={styles['head']}>
              {line.label}
              <VerdictMark state={line.state} />
            </span>
            <small>{figures(line)}</small>
            <Bullet line={line} />
            <small className={classes(styles['left'], styles[line.state])}>{line.text}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
