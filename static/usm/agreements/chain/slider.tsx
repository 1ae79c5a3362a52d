/** A time or percentage to try: a slider and a field for the figure, with what is agreed as a hollow ring. */
import { type KeyboardEvent, useState } from 'react';
import { classes } from '../../../shared/classes';
import control from '../../../shared/control.module.css';
import { parseHours } from '../words';
import styles from './slider.module.css';
import { AVAILABILITY, dragged, moved, say, sayWhole, type Slider as Tried, type Steps, stepsOf } from './trial';

interface SliderProps {
  /** Key of the line it is for. */
  line: string;
  slider: Tried;
  name: string;
  about: string | undefined;
  onTry: (value: number) => void;
}

const MOST_MINUTES = 525_600;

/** A figure as it was typed; undefined: it is none, or none that can be. */
function read(line: string, text: string): number | undefined {
  if (line !== AVAILABILITY) {
    const minutes = parseHours(text);
    return minutes !== undefined && minutes <= MOST_MINUTES ? minutes : undefined;
  }
  const found = /^(\d{1,3}(?:[.,]\d{1,3})?)\s*%?$/.exec(text.trim());
  const value = found ? Number((found[1] ?? '').replace(',', '.')) : Number.NaN;
  return value >= 0 && value <= 100 ? value : undefined;
}

/** Of the track that the middle of the thumb runs along. */
const place = ({ min, max }: Tried, value: number): string => {
  const part = max === min ? 0 : (value - min) / (max - min);
  return `calc(8px + ${String(part)} * (100% - 16px))`;
};

export function Slider({ line, slider, name, about, onTry }: SliderProps) {
  const [typed, setTyped] = useState<string>();
  const { value, agreed, min, max } = slider;
  const steps: Steps = stepsOf(line);
  const wrong = typed !== undefined && read(line, typed) === undefined;
  const label = about === undefined ? name : `${name} ${about}`;

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(slider, event.key, steps);
    if (next === undefined) return;
    event.preventDefault();
    onTry(next);
  };
  const onType = (text: string): void => {
    setTyped(text);
    const next = read(line, text);
    if (next !== undefined) onTry(next);
  };
  return (
    <div className={styles['slider']}>
      <div className={styles['head']}>
        <span className={styles['name']}>
          {name} {about !== undefined && <small>{about}</small>}
        </span>
        {value !== agreed && <s>{say(line, agreed)}</s>}
        <span className={classes(control['control'], control['compact'], styles['field'])}>
          <input
            type="text"
            aria-label={`${label}, ${line === AVAILABILITY ? 'percent' : 'hours and minutes'}`}
            {...(wrong && { 'aria-invalid': true })}
            autoComplete="off"
            value={typed ?? say(line, value)}
            onChange={(event) => onType(event.target.value)}
            onBlur={() => setTyped(undefined)}
          />
        </span>
      </div>
      <div className={styles['track']}>
        <span className={styles['filled']} style={{ width: place(slider, value) }} />
        {value !== agreed && <span className={styles['ghost']} style={{ insetInlineStart: place(slider, agreed) }} />}
        <input
          type="range"
          aria-label={label}
          aria-valuetext={sayWhole(line, value)}
          min={min}
          max={max}
          step="any"
          value={value}
          onKeyDown={onKeyDown}
          onChange={(event) => onTry(dragged(slider, Number(event.target.value), steps))}
        />
      </div>
      <div className={styles['ends']} aria-hidden>
        <span>{say(line, min)}</span>
        <span>{say(line, max)}</span>
      </div>
    </div>
  );
}
