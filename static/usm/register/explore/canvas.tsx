/** The graph, drawn. Beside its tables, which say the same: one stop of the Tab key, arrows go along relations, Enter expands or collapses. */
import { forwardRef, type KeyboardEvent, type PointerEvent, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { GraphNode } from '../../../../src/contract';
import Button from '@atlaskit/button/new';
import { draw } from './draw';
import styles from './explore.module.css';
import type { Sight } from './graph';
import { type Frame, type Spot, steppedTo, underPoint, wholeIn, zoomed } from './layout';

interface CanvasProps {
  sight: Sight;
  spots: ReadonlyMap<string, Spot>;
  root: string;
  chosen: string | undefined;
  way: ReadonlySet<string>;
  label: string;
  describedBy: string;
  onChoose: (id: string | undefined) => void;
  onToggle: (id: string) => void;
}

const HEIGHT = 560;
const PAN = 60;
const ZOOM = 1.25;

const sentence = (node: GraphNode, spot: Spot | undefined): string =>
  `${node.kind === 'item' ? `${node.id}, ${node.name}` : `${node.kind} ${node.name}`}${spot?.children.length ? `, ${String(spot.children.length)} hang on it here` : ''}${node.more > 0 ? `, ${String(node.more)} relations not shown` : ''}`;

export const Canvas = forwardRef<{ picture: () => HTMLCanvasElement | null }, CanvasProps>(function Canvas(props, ref) {
  const { sight, spots, root, chosen, label, describedBy, onChoose, onToggle } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frame, setFrame] = useState<Frame>();
  const grip = useRef<{ x: number; y: number; moved: boolean }>();
  useImperativeHandle(ref, () => ({ picture: () => canvas.current }), []);
  const whole = useCallback((): void => {
    const { current } = canvas;
    if (current) setFrame(wholeIn(spots, current.clientWidth, current.clientHeight));
  }, [spots]);
  useEffect(whole, [whole]);
  useEffect(() => {
    if (canvas.current && frame) draw(canvas.current, frame, props);
  });
  const middle = (): { x: number; y: number } => ({ x: (canvas.current?.clientWidth ?? 0) / 2, y: HEIGHT / 2 });
  const zoom = (by: number): void => setFrame((before) => before && zoomed(before, by, middle()));
  const pan = (x: number, y: number): void => setFrame((before) => before && { ...before, x: before.x + x, y: before.y + y });
  /** What is chosen by keys is brought into sight. */
  const choose = (id: string): void => {
    onChoose(id);
    const spot = spots.get(id);
    if (!spot || !frame || !canvas.current) return;
    const [x, y] = [spot.x * frame.scale + frame.x, spot.y * frame.scale + frame.y];
    if (x < 0 || y < 0 || x > canvas.current.clientWidth || y > HEIGHT) pan(middle().x - x, middle().y - y);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const moves: Record<string, [number, number]> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };
    const by = moves[event.key];
    if (event.shiftKey && by) pan(...by);
    else if (event.key === '+' || event.key === '=') zoom(ZOOM);
    else if (event.key === '-') zoom(1 / ZOOM);
    else if (event.key === '0') whole();
    else if (event.key === 'Enter' && chosen !== undefined) onToggle(chosen);
    else if (event.key === 'Escape') {
      onChoose(undefined);
      event.currentTarget.blur();
      return;
    } else {
      const to = steppedTo(spots, chosen, root, event.key);
      if (to === undefined) return;
      choose(to);
    }
    event.preventDefault();
  };
  const place = (event: PointerEvent): { x: number; y: number } => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const node = sight.nodes.find(({ id }) => id === chosen);
  return (
    <div className={styles['drawn']}>
      <div role="img" aria-label={label} aria-describedby={describedBy} tabIndex={0} className={styles['plane']} onKeyDown={onKeyDown}>
        <canvas
          ref={canvas}
          className={styles['canvas']}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            grip.current = { ...place(event), moved: false };
          }}
          onPointerMove={(event) => {
            const { current } = grip;
            if (!current) return;
            const now = place(event);
            if (Math.hypot(now.x - current.x, now.y - current.y) < 3 && !current.moved) return;
            pan(now.x - current.x, now.y - current.y);
            grip.current = { ...now, moved: true };
          }}
          onPointerUp={(event) => {
            if (grip.current && !grip.current.moved && frame) onChoose(underPoint(spots, frame, place(event)));
            grip.current = undefined;
          }}
          onDoubleClick={() => chosen !== undefined && onToggle(chosen)}
        />
      </div>
      <div className={styles['tools']}>
        <Button spacing="compact" onClick={() => zoom(ZOOM)}>
          Zoom in
        </Button>
        <Button spacing="compact" onClick={() => zoom(1 / ZOOM)}>
          Zoom out
        </Button>
        <Button spacing="compact" onClick={whole}>
          Show all
        </Button>
        <span>Arrow keys walk the relations, Enter expands or collapses, + and − zoom, Shift and arrows move the picture.</span>
      </div>
      <p role="status" className={styles['status']}>
        {node && sentence(node, spots.get(node.id))}
      </p>
    </div>
  );
});
