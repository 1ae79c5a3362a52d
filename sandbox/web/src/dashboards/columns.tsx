/** The columns of a dashboard, and where in them a gadget that is dragged would come to stand. */
import { useState, type DragEvent, type ReactNode } from 'react';
import type { Gadget } from './api';
import { rowAt, spansOf, type Layout, type Place } from './places';
import styles from './dashboards.module.css';

interface ColumnsProps {
  columns: Gadget[][];
  layout: Layout;
  arranging: boolean;
  onDrop: (gadget: Gadget, to: Place) => void;
  children: (gadget: Gadget, columnSpan: number, onDrag: (begins: boolean) => void) => ReactNode;
}

export function Columns({ columns, layout, arranging, onDrop, children }: ColumnsProps) {
  const [dragged, setDragged] = useState<Gadget>();
  const [over, setOver] = useState<Place>();
  const drag = (gadget: Gadget | undefined): void => {
    setDragged(gadget);
    setOver(undefined);
  };
  const dragOver = (event: DragEvent<HTMLElement>, column: number): void => {
    if (!dragged) return;
    event.preventDefault();
    const others = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-gadget]')].filter(({ dataset }) => dataset['gadget'] !== dragged.id);
    const row = rowAt(
      event.clientY,
      others.map((one) => one.getBoundingClientRect()),
    );
    if (over?.row !== row || over.column !== column) setOver({ row, column });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (dragged && over) onDrop(dragged, over);
    drag(undefined);
  };
  const spans = spansOf(layout);

  return (
    <div className={styles['columns']} data-dragging={dragged !== undefined} data-layout={layout}>
      {columns.map((column, index) => {
        const others = column.filter((one) => one !== dragged);
        const row = over?.column === index ? over.row : undefined;
        return (
          <div
            key={index}
            role="group"
            aria-label={`Column ${index + 1}`}
            className={styles['column']}
            onDragOver={(event) => dragOver(event, index)}
            onDrop={drop}
          >
            {column.map((gadget) => (
              <div key={gadget.id} className={styles['slot']} data-dragged={gadget === dragged}>
                {gadget !== dragged && row === others.indexOf(gadget) && <span className={styles['dropLine']} />}
                {children(gadget, spans[index] ?? 12, (begins) => drag(begins ? gadget : undefined))}
              </div>
            ))}
            {arranging && (
              <div className={styles['room']} data-over={row === others.length}>
                {column.length === 0 ? 'Put a gadget here' : ''}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
