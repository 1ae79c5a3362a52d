/** One gadget on a dashboard: its head line with what can be done with it, and what it shows or how it is set up. */
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { IconButton } from '@atlaskit/button/new';
import DragHandleIcon from '@atlaskit/icon/core/drag-handle-vertical';
import GrowIcon from '@atlaskit/icon/core/grow-diagonal';
import RefreshIcon from '@atlaskit/icon/core/refresh';
import ShrinkIcon from '@atlaskit/icon/core/shrink-diagonal';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { z } from 'zod';
import type { PlacedModule } from '../../../contract';
import { appEvents } from '../../../forge/ui/host';
import { useLive } from '../use-live';
import { AppView, GadgetForm, isWidget, WidgetDialog } from './app-body';
import * as site from './api';
import type { Configuration, Gadget } from './api';
import { ActionMenu, type Action } from './menu';
import { OwnForm } from './own/form';
import { isSetUp, ownKind, settingsOf } from './own/kinds';
import { OwnView } from './own/views';
import { DIRECTIONS, type Direction, type Place } from './places';
import { Waiting } from './waiting';
import styles from './dashboards.module.css';

/** Frames of apps that refresh by themselves hear this; all of them, whoever it is meant for. */
export const REFRESH_EVENT = 'JIRA_DASHBOARD_GADGET_REFRESH';

const MINUTE_MS = 60_000;
const minutes = z.object({ refresh: z.coerce.number().int().positive() });

export interface Move {
  direction: Direction;
  to: Place;
}

export const moveLabel = (direction: Direction): string => `Move ${direction}`;
export const handleId = (gadgetId: string): string => `move-gadget-${gadgetId}`;

interface GadgetProps {
  gadget: Gadget;
  /** The app's module; none for Jira's own, and where the app is gone or not for this person. */
  module: PlacedModule | undefined;
  dashboardId: string;
  columnSpan: number;
  /** Counts the refreshes of the whole dashboard. */
  turn: number;
  /** The person may set it up. */
  writable: boolean;
  /** The dashboard is being arranged. */
  arranging: boolean;
  /** It has just been added: its settings come first. */
  isNew: boolean;
  maximized: boolean;
  moves: Move[];
  onMove: (to: Place) => void;
  onMaximize: () => void;
  onRename: () => void;
  onRemove: () => void;
  onDrag: (dragged: boolean) => void;
}

export function GadgetView(props: GadgetProps) {
  const { gadget, module, dashboardId, columnSpan, arranging, isNew, maximized } = props;
  const own = ownKind(gadget.moduleKey);
  const kept = useLive(`gadget-config:${dashboardId}:${gadget.id}`, () => site.configurationOf(dashboardId, gadget.id));
  const canBeSetUp = own !== undefined || module?.editFrameUrl !== undefined;
  const [settingUp, setSettingUp] = useState(isNew && canBeSetUp);
  const [ownTurn, setOwnTurn] = useState(0);
  const refreshable = module?.refreshable !== false;
  const turn = ownTurn + (refreshable ? props.turn : 0);
  const refresh = (): void => {
    if (refreshable) setOwnTurn((last) => last + 1);
    else appEvents.emit(REFRESH_EVENT, { origin: 'gadget', gadgetId: gadget.id });
  };
  useEvery(settingUp ? undefined : minutes.safeParse(kept.data).data?.refresh, refresh);

  const keep = async (configuration: unknown): Promise<void> => {
    await site.configure(dashboardId, gadget.id, configuration);
    await kept.reload();
    setOwnTurn((last) => last + 1);
  };
  const settings = { dashboardId, gadgetId: gadget.id, onSave: keep, onDone: () => setSettingUp(false) };

  return (
    <section className={styles['gadget']} aria-label={gadget.title} data-gadget={gadget.id}>
      <div className={styles['gadgetHead']}>
        {arranging && <Handle {...props} />}
        <h2 className={styles['gadgetTitle']}>{gadget.title}</h2>
        <IconButton icon={RefreshIcon} label={`Refresh ${gadget.title}`} appearance="subtle" spacing="compact" onClick={refresh} />
        {!arranging && (
          <IconButton
            icon={maximized ? ShrinkIcon : GrowIcon}
            label={`${maximized ? 'Restore' : 'Maximize'} ${gadget.title}`}
            appearance="subtle"
            spacing="compact"
            onClick={props.onMaximize}
          />
        )}
        <ActionMenu label={`Actions of ${gadget.title}`} actions={actionsOf(props, canBeSetUp ? () => setSettingUp(true) : undefined)} compact />
      </div>
      <div className={styles['gadgetBody']}>
        {kept.data === undefined ? (
          <Waiting error={kept.error} />
        ) : (
          <Body
            {...props}
            kept={kept.data}
            turn={turn}
            settingUp={settingUp}
            onSave={keep}
            onDone={settings.onDone}
            onSetUp={() => setSettingUp(true)}
          />
        )}
      </div>
      <ModalTransition>
        {settingUp && module && isWidget(module) && kept.data !== undefined && (
          <WidgetDialog {...settings} module={module} columnSpan={columnSpan} kept={kept.data ?? {}} />
        )}
      </ModalTransition>
    </section>
  );
}

/** What the three dots offer; `setUp` is absent where there is nothing to set up. */
function actionsOf({ writable, arranging, moves, onMove, onRename, onRemove }: GadgetProps, setUp: (() => void) | undefined): Action[] {
  const configure = writable && setUp ? [{ label: 'Configure', act: setUp }] : [];
  if (!arranging) return configure;
  const steps = moves.map(({ direction, to }) => ({ label: moveLabel(direction), act: () => onMove(to) }));
  return [...configure, { label: 'Rename', act: onRename }, ...steps, { label: 'Remove', act: onRemove }];
}

interface BodyProps extends GadgetProps {
  kept: Configuration | null;
  settingUp: boolean;
  onSave: (configuration: unknown) => Promise<void>;
  onDone: () => void;
  onSetUp: () => void;
}

function Body({ gadget, module, dashboardId, columnSpan, writable, kept, turn, settingUp, onSave, onDone, onSetUp }: BodyProps) {
  const own = ownKind(gadget.moduleKey);
  if (own) {
    const settings = settingsOf(own, kept);
    const save = async (changed: unknown): Promise<void> => {
      await onSave(changed);
      onDone();
    };
    if (settingUp) return <OwnForm kind={own} settings={settings} onSave={save} onCancel={onDone} />;
    if (isSetUp(own, settings)) return <OwnView kind={own} settings={settings} turn={turn} />;
    return (
      <p className={styles['nothing']}>
        This gadget does not know yet what to show.{' '}
        {writable ? (
          <button type="button" className={styles['link']} onClick={onSetUp}>
            Set it up
          </button>
        ) : (
          'Ask the owner of the dashboard to set it up.'
        )}
      </p>
    );
  }
  if (!module)
    return <p className={styles['nothing']}>This gadget cannot be shown. Its app is not installed, or you do not have the permission to use it.</p>;
  if (settingUp && !isWidget(module))
    return <GadgetForm module={module} dashboardId={dashboardId} gadgetId={gadget.id} onSave={onSave} onDone={onDone} />;
  return <AppView key={turn} module={module} dashboardId={dashboardId} gadgetId={gadget.id} columnSpan={columnSpan} />;
}

/** Taken with the mouse, or moved with the arrow keys. */
function Handle({ gadget, moves, onMove, onDrag }: GadgetProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves.find(({ direction }) => DIRECTIONS[direction] === event.key);
    if (!Object.values(DIRECTIONS).some((key) => key === event.key)) return;
    event.preventDefault();
    if (move) onMove(move.to);
  };
  const start = (event: DragEvent): void => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', gadget.id);
    const card = event.currentTarget.closest('section');
    if (card) event.dataTransfer.setDragImage(card, 16, 16);
    onDrag(true);
  };
  return (
    <span
      id={handleId(gadget.id)}
      role="button"
      tabIndex={0}
      draggable
      className={styles['handle']}
      aria-label={`Move ${gadget.title}`}
      aria-roledescription="Draggable"
      aria-description="Press the arrow keys to move the gadget"
      onKeyDown={onKeyDown}
      onDragStart={start}
      onDragEnd={() => onDrag(false)}
    >
      <DragHandleIcon label="" />
    </span>
  );
}

/** Calls back each time so many minutes have passed; not at all without a number. */
function useEvery(count: number | undefined, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (count === undefined) return undefined;
    const timer = setInterval(() => latest.current(), count * MINUTE_MS);
    return () => clearInterval(timer);
  }, [count]);
}
