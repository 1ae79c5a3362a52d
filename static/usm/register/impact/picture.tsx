/** What is reached, step by step from left to right. One stop of the Tab key; arrows walk the relations, Enter opens, Escape leaves. */
import { forwardRef, type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { ImpactBox, ImpactDirection, RegisterImpact } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Mark } from '../../../shared/mark';
import { VERDICTS } from '../../agreements/words';
import { BOX, curveOf, cut, movedTo, planOf } from './plan';
import styles from './picture.module.css';
import { boxSentence, boxWords, findingOf, layersOf, SECONDS } from './words';

interface PictureProps {
  answer: RegisterImpact;
  direction: ImpactDirection;
  describedBy: string;
  /** Enter, or a click. */
  onOpen: (box: ImpactBox) => void;
}

const TITLE = 19;
const ABOUT = 21;
const MARK = 16;

/** Of a service whether its promise can be kept; of items that they hold. What fails needs no mark: all of it does. */
function markOf({ kind, second, ref }: ImpactBox, { services }: RegisterImpact) {
  if (kind === 'service') {
    const agreement = services.find(({ service, agreement: one }) => (service?.id ?? one?.id) === ref?.id)?.agreement;
    return agreement && VERDICTS[agreement.verdict].mark;
  }
  return kind === 'items' && second !== undefined && second !== 'none' ? SECONDS[second].mark : undefined;
}

export const Picture = forwardRef<SVGSVGElement, PictureProps>(function Picture({ answer, direction, describedBy, onOpen }, ref) {
  const [active, setActive] = useState<string>();
  const name = useId();
  const plan = useMemo(() => planOf(answer), [answer]);
  const at = new Map(plan.boxes.map((box) => [box.id, box]));
  const chosen = active === undefined ? undefined : at.get(active);
  const layers = layersOf(answer, direction);
  const idOf = (id: string): string => `${name}-${id}`;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') {
      setActive(undefined);
      event.currentTarget.blur();
      return;
    }
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      onOpen(chosen);
      return;
    }
    const to = movedTo(plan, answer.lines, active, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setActive(to);
    document.getElementById(idOf(to))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  return (
    <>
      <div
        role="tree"
        aria-label={`${findingOf(answer, direction).title} ${direction === 'onwards' ? 'What is reached, step by step.' : 'What it depends on, step by step.'}`}
        aria-describedby={describedBy}
        aria-activedescendant={chosen && idOf(chosen.id)}
        tabIndex={0}
        className={styles['plane']}
        onKeyDown={onKeyDown}
        onFocus={() => setActive((before) => before ?? plan.boxes[0]?.id)}
        onBlur={() => setActive(undefined)}
      >
        <svg
          ref={ref}
          role="presentation"
          className={styles['drawing']}
          viewBox={`0 0 ${String(plan.width)} ${String(plan.height)}`}
          width={plan.width}
          height={plan.height}
        >
          {layers.map(({ layer, name: title, about }) => (
            <g key={layer} aria-hidden>
              <text x={plan.columns.get(layer)} y={12} className={styles['head']}>
                {title}
              </text>
              <text x={plan.columns.get(layer)} y={28} className={styles['about']}>
                {about}
              </text>
            </g>
          ))}
          {[...answer.lines]
            .sort((a, b) => Number(a.shortest) - Number(b.shortest))
            .map(({ from, to, shortest }) => {
              const [start, end] = [at.get(from), at.get(to)];
              return (
                start &&
                end && (
                  <path
                    key={`${from} ${to}`}
                    aria-hidden
                    d={curveOf(start, end)}
                    className={classes(styles['line'], shortest && styles['shortest'])}
                  />
                )
              );
            })}
          {plan.boxes.map((box, index) => {
            const [title, about] = boxWords(box, answer);
            const mark = markOf(box, answer);
            return (
              <g
                key={box.id}
                id={idOf(box.id)}
                role="treeitem"
                aria-level={box.layer + 1}
                aria-selected={active === box.id}
                aria-label={boxSentence(box, answer, direction)}
                aria-posinset={index + 1}
                aria-setsize={plan.boxes.length}
                transform={`translate(${String(box.x)} ${String(box.y)})`}
                className={classes(
                  styles['box'],
                  box.kind === 'start' && styles['start'],
                  box.shortest && styles['onWay'],
                  box.second !== undefined && box.second !== 'none' && box.kind === 'items' && styles['holds'],
                  active === box.id && styles['active'],
                )}
                onClick={() => onOpen(box)}
              >
                <title>{boxSentence(box, answer, direction)}</title>
                <rect width={BOX.width} height={BOX.height} rx={4} />
                <text x={10} y={20} className={styles['title']}>
                  {cut(title, TITLE)}
                </text>
                <text x={10} y={37} className={styles['about']}>
                  {cut(about, mark ? ABOUT - 2 : ABOUT)}
                </text>
                {mark && (
                  <g transform={`translate(${String(BOX.width - MARK - 6)} ${String(BOX.height - MARK - 5)}) scale(0.85)`} aria-hidden>
                    <Mark kind={mark} />
                  </g>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <p role="status" className={styles['status']}>
        {chosen && boxSentence(chosen, answer, direction)}
      </p>
    </>
  );
});
