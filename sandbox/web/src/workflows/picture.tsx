import type { KeyboardEvent, SVGAttributes } from 'react';
import { LINE_HEIGHT, type Arrow, type Box, type Diagram } from './diagram';
import type { Selection } from './selection';
import styles from './workflows.module.css';

interface PictureProps {
  diagram: Diagram;
  label: string;
  selection: Selection;
  chosen: ReadonlySet<string>;
  fit: boolean;
  onSelect: (selection: Selection) => void;
}

/** What a button has, for a part of a picture. */
function pressable(label: string, pressed: boolean, press: () => void): SVGAttributes<SVGGElement> {
  return {
    role: 'button',
    tabIndex: 0,
    'aria-label': label,
    'aria-pressed': pressed,
    onClick: press,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      press();
    },
  };
}

function Lines({ arrow, state }: { arrow: Arrow; state: string }) {
  return (
    <g className={styles['arrow']} data-state={state} data-kind={arrow.kind}>
      {arrow.stubs.map((path) => (
        <path key={path} d={path} className={styles['line']} />
      ))}
      {arrow.head && <path d={arrow.head} className={styles['line']} markerEnd={state === 'chosen' ? 'url(#head-chosen)' : 'url(#head)'} />}
      {arrow.joints.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={2.5} className={styles['joint']} />
      ))}
    </g>
  );
}

function Name({ arrow, state, select }: { arrow: Arrow; state: string; select: () => void }) {
  const { label, pill } = arrow;
  return (
    <g className={styles['name']} data-state={state} {...pressable(`Transition ${label.lines.join(' ')}`, state === 'chosen', select)}>
      {pill && <rect {...pill} rx={12} className={styles['pill']} />}
      <text textAnchor="middle">
        {label.lines.map((line, index) => (
          <tspan key={line} x={label.x} y={label.y + index * LINE_HEIGHT}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function Status({ box, pressed, select }: { box: Box; pressed: boolean; select: () => void }) {
  const { x, y, width, height } = box;
  if (box.kind === 'start') return <circle cx={x + width / 2} cy={y + height / 2} r={width / 2 - 3} className={styles['start']} />;
  return (
    <g className={styles['status']} data-category={box.category} {...pressable(`Status ${box.name}`, pressed, select)}>
      <rect x={x} y={y} width={width} height={height} rx={4} />
      <text x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle">
        {box.name}
      </text>
    </g>
  );
}

/** A workflow as boxes and arrows. */
export function Picture({ diagram, label, selection, chosen, fit, onSelect }: PictureProps) {
  const { width, height, boxes, arrows } = diagram;
  const stateOf = (arrow: Arrow): string => (chosen.size === 0 ? 'plain' : chosen.has(arrow.transition) ? 'chosen' : 'quiet');
  const layers = [...arrows].sort((a, b) => Number(chosen.has(a.transition)) - Number(chosen.has(b.transition)));
  const keyOf = (arrow: Arrow): string => `${arrow.transition} ${arrow.head ?? ''}`;
  return (
    <svg
      role="group"
      aria-label={label}
      className={styles['picture']}
      viewBox={`0 0 ${width} ${height}`}
      {...(fit ? { style: { inlineSize: '100%', maxInlineSize: width } } : { width, height })}
    >
      <defs>
        {['head', 'head-chosen'].map((id) => (
          <marker key={id} id={id} viewBox="0 0 8 8" refX={8} refY={4} markerWidth={8} markerHeight={8} markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0L8 4L0 8Z" className={styles[id === 'head' ? 'tip' : 'tipChosen']} />
          </marker>
        ))}
      </defs>
      {layers.map((arrow) => (
        <Lines key={keyOf(arrow)} arrow={arrow} state={stateOf(arrow)} />
      ))}
      {boxes.map((box) => {
        const pressed = selection?.kind === 'status' && selection.id === box.id;
        return <Status key={box.id} box={box} pressed={pressed} select={() => onSelect(pressed ? undefined : { kind: 'status', id: box.id })} />;
      })}
      {layers.map((arrow) => {
        const { transition } = arrow;
        const pressed = selection?.kind === 'transition' && selection.id === transition;
        const select = (): void => onSelect(pressed ? undefined : { kind: 'transition', id: transition });
        return <Name key={keyOf(arrow)} arrow={arrow} state={stateOf(arrow)} select={select} />;
      })}
    </svg>
  );
}
