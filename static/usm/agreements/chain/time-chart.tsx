/** Legs as bars on an axis of time. Drawn beside its table, which screen readers come to first; one stop of the Tab key, arrows go from bar to bar. */
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Fit } from '../../../../src/contract/agreements';
import { classes } from '../../../shared/classes';
import { PageLink } from '../../../setup/ui/page-link';
import { useAddress } from '../../../setup/ui/address';
import { pathOf } from '../address';
import { VerdictMark } from '../verdict';
import { findingOf, isClosed, legState, type Names, sentenceOf } from './names';
import { type Axis, axisOf, type Bar, type Picture, triedBars } from './picture';
import styles from './time-chart.module.css';
import { say, sayWhole } from './trial';

interface ChartProps {
  label: string;
  picture: Picture;
  /** What is tried; absent: nothing is. */
  other?: Picture | undefined;
  fit: Fit;
  names: Names;
  describedBy: string;
}

const percentOf = (minutes: number, { most }: Axis): string => `${String((100 * minutes) / most)}%`;
/** Narrower bars have their words beside them. */
const ROOMY = 0.16;

function LegLabel({ bar, picture, fit, names }: { bar: Bar } & Pick<ChartProps, 'picture' | 'fit' | 'names'>) {
  const { party, id, about, hours } = names(bar.id);
  const closed = isClosed(bar.id, fit.lines);
  return (
    <div className={styles['label']}>
      {Array.from({ length: bar.depth }, (_, level) => (
        <span key={level} className={styles['indent']} />
      ))}
      <VerdictMark state={legState(bar, picture.line, fit)} />
      <div>
        <span className={styles['name']}>
          {party} {id !== undefined && <PageLink to={pathOf(id)}>{id}</PageLink>}
        </span>
        <small>{closed || hours === undefined ? about : `${about}, ${hours}`}</small>
        {closed && <small className={styles['closed']}>{hours === undefined ? 'closed at times' : `${hours} only`}</small>}
      </div>
    </div>
  );
}

function BarMark({ bar, axis, picture, active }: { bar: Bar; axis: Axis; picture: Picture; active: boolean }) {
  const { key } = picture.line;
  const width = bar.to - bar.from;
  if (bar.kind === 'aside') return <span className={styles['aside']}>takes no part</span>;
  if (bar.kind !== 'time') {
    const end = Math.max(picture.promise, bar.from + axis.most / 8);
    return (
      <span
        className={classes(styles['open'], active && styles['active'])}
        style={{ insetInlineStart: percentOf(bar.from, axis), width: percentOf(end - bar.from, axis) }}
      >
        {bar.kind === 'missing' ? 'nobody has agreed' : 'not calculated'}
      </span>
    );
  }
  const roomy = width / axis.most > ROOMY;
  const words = `${sayWhole(key, width)}${bar.binds ? ', binds' : ''}`;
  const beside: ReactNode[] = [
    !roomy && words,
    bar.over > 0 && (
      <b key="over" className={styles['overWords']}>
        {say(key, bar.over)} over
      </b>
    ),
    bar.spare > 0 && `${sayWhole(key, bar.spare)} to spare`,
  ].filter((one) => one !== false);
  return (
    <>
      <span
        className={classes(styles['bar'], !bar.sets && styles['shorter'], bar.binds && styles['binds'], active && styles['active'])}
        style={{ insetInlineStart: percentOf(bar.from, axis), width: percentOf(width, axis) }}
      >
        {bar.over > 0 && width > 0 && <span className={styles['over']} style={{ width: `${String((100 * bar.over) / width)}%` }} />}
        {roomy && <span className={styles['inside']}>{words}</span>}
      </span>
      {beside.length > 0 && (
        <span className={styles['beside']} style={{ insetInlineStart: percentOf(bar.to, axis) }}>
          {beside.map((one, index) => (
            <span key={index}>{one}</span>
          ))}
        </span>
      )}
    </>
  );
}

/** From the bar it follows down to where it begins: the tree that the times are in. */
const Connector = ({ bar, index, axis }: { bar: Bar; index: number; axis: Axis }) =>
  bar.after === undefined || bar.kind === 'aside' ? null : (
    <span
      className={styles['connector']}
      style={{ insetInlineStart: percentOf(bar.from, axis), gridRow: `${String(bar.after + 1)} / ${String(index + 2)}` }}
    />
  );

export function TimeChart({ label, picture, other, fit, names, describedBy }: ChartProps) {
  const { go } = useAddress();
  const [active, setActive] = useState<number>();
  const status = useId();
  const { bars, promise, sum, line } = picture;
  const others = triedBars(picture, other);
  const triedPromise = other && other.promise !== promise ? other.promise : undefined;
  const axis = axisOf([promise, sum ?? 0, other?.sum ?? 0, triedPromise ?? 0, ...bars.map(({ to }) => to)]);
  const over = sum !== undefined && sum > promise;
  const chosen = active === undefined ? undefined : bars[active];

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const last = bars.length - 1;
    const to: Record<string, number | undefined> = {
      ArrowDown: Math.min(last, (active ?? -1) + 1),
      ArrowRight: Math.min(last, (active ?? -1) + 1),
      ArrowUp: Math.max(0, (active ?? 1) - 1),
      ArrowLeft: Math.max(0, (active ?? 1) - 1),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Escape') {
      setActive(undefined);
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      const id = chosen && names(chosen.id).id;
      if (id !== undefined) go(pathOf(id));
    }
  };

  return (
    <>
      <div className={styles['chart']} style={{ gridTemplateRows: `24px repeat(${String(bars.length)}, 68px) 44px` }}>
        {bars.map((bar, index) => (
          <div key={index} className={styles['legend']} style={{ gridRow: index + 2 }}>
            <LegLabel {...{ bar, picture, fit, names }} />
          </div>
        ))}
        <div
          role="img"
          aria-label={findingOf(picture, label, names)}
          aria-describedby={describedBy}
          tabIndex={0}
          className={styles['plane']}
          onKeyDown={onKeyDown}
          onBlur={() => setActive(undefined)}
        >
          {axis.ticks.map((tick) => (
            <span key={tick} className={styles['tick']} style={{ insetInlineStart: percentOf(tick, axis) }}>
              <span>{say(line.key, tick)}</span>
            </span>
          ))}
          {over && (
            <span className={styles['late']} style={{ insetInlineStart: percentOf(promise, axis), width: percentOf(axis.most - promise, axis) }} />
          )}
          <div className={styles['bars']} style={{ gridTemplateRows: `repeat(${String(bars.length)}, 68px)` }}>
            {bars.map((bar, index) => (
              <Connector key={index} {...{ bar, index, axis }} />
            ))}
            {bars.map((bar, index) => {
              const now = others[index];
              return (
                <div key={index} className={styles['track']} style={{ gridRow: index + 1 }}>
                  <BarMark {...{ bar, axis, picture }} active={active === index} />
                  {now && (
                    <span
                      className={styles['tried']}
                      style={{ insetInlineStart: percentOf(now.from, axis), width: percentOf(now.to - now.from, axis) }}
                    >
                      <span>tried: {sayWhole(line.key, now.to - now.from)}</span>
                    </span>
                  )}
                </div>
              );
            })}
          </div>
          <span className={styles['promise']} style={{ insetInlineStart: percentOf(promise, axis) }}>
            <span>promise {sayWhole(line.key, promise)}</span>
          </span>
          {triedPromise !== undefined && (
            <span className={styles['triedPromise']} style={{ insetInlineStart: percentOf(triedPromise, axis) }}>
              <span>tried: {sayWhole(line.key, triedPromise)}</span>
            </span>
          )}
          {sum !== undefined && (
            <span className={classes(styles['sum'], over && styles['sumOver'])} style={{ insetInlineStart: percentOf(sum, axis) }}>
              <span>
                {line.kind === 'respond' ? 'comes to' : 'adds up to'} {sayWhole(line.key, sum)}
              </span>
            </span>
          )}
        </div>
      </div>
      <p id={status} role="status" className={styles['status']}>
        {chosen && sentenceOf(chosen, picture, names)}
      </p>
      <ul className={styles['keys']} aria-label="What the colours mean">
        <li>
          <span className={classes(styles['key'], styles['bar'])} /> sets the time
        </li>
        <li>
          <span className={classes(styles['key'], styles['bar'], styles['shorter'])} /> shorter, side by side
        </li>
        <li>
          <span className={classes(styles['key'], styles['keyBinds'])} /> binding leg
        </li>
        <li>
          <span className={classes(styles['key'], styles['over'])} /> over the promise
        </li>
        <li>
          <span className={classes(styles['key'], styles['keyTried'])} /> what you try
        </li>
      </ul>
    </>
  );
}
