/** One dashboard: looked at, or arranged by those who may. */
import { useEffect, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItemRadio, DropdownItemRadioGroup } from '@atlaskit/dropdown-menu';
import RefreshIcon from '@atlaskit/icon/core/refresh';
import { ModalTransition } from '@atlaskit/modal-dialog';
import type { PlacedModule } from '../../../contract';
import { appEvents } from '../../../forge/ui/host';
import { api, ApiError } from '../api';
import shared from '../pages/pages.module.css';
import { Link, navigate } from '../router';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { useLive } from '../use-live';
import * as site from './api';
import type { Dashboard, Gadget } from './api';
import { Columns } from './columns';
import { Dialog, type Doing } from './dialogs';
import { GadgetView, handleId, REFRESH_EVENT } from './gadget';
import { ActionMenu, type Action } from './menu';
import { columnsOf, LAYOUTS, movesOf, spansOf, type Layout, type Place } from './places';
import { saidBy } from './said';
import styles from './dashboards.module.css';

export function DashboardPage({ id, arranging }: { id: string; arranging: boolean }) {
  const dashboard = useLive(`dashboard:${id}`, () => site.dashboardOf(id));
  const arranged = useLive(`gadgets:${id}`, async () => {
    const [gadgets, layout] = await Promise.all([site.gadgets(id), site.layoutOf(id)]);
    return { gadgets, layout };
  });
  const modules = useLive('dashboard-modules', () => api.modules('dashboard'));
  const failure = dashboard.error ?? arranged.error;
  if (failure && !(dashboard.data && arranged.data)) return <Unshown failure={failure} />;
  if (!dashboard.data || !arranged.data || (!modules.data && !modules.error)) return <div className={shared['loading']} aria-busy="true" />;
  return (
    <Board
      dashboard={dashboard.data}
      arranged={arranged.data}
      modules={modules.data ?? []}
      arranging={arranging && dashboard.data.isWritable}
      problem={modules.error && `The gadgets of apps did not load. ${modules.error.message}`}
      reload={arranged.reload}
      onChanged={dashboard.reload}
    />
  );
}

interface BoardProps {
  dashboard: Dashboard;
  arranged: { gadgets: Gadget[]; layout: Layout };
  modules: PlacedModule[];
  arranging: boolean;
  problem: string | undefined;
  /** Asks anew for the gadgets and their places. */
  reload: () => Promise<void>;
  onChanged: () => Promise<void>;
}

function Board({ dashboard, arranged, modules, arranging: editing, problem, reload, onChanged }: BoardProps) {
  const { me } = useSite();
  const [error, setError] = useState<string>();
  const [said, setSaid] = useState('');
  const [doing, setDoing] = useState<Doing>();
  const [turn, setTurn] = useState(0);
  const [maximized, setMaximized] = useState<string>();
  const [newId, setNewId] = useState<string>();
  const moved = useRef<string>();

  // A gadget that was moved by keys stands elsewhere now; the keys are to go on moving it.
  useEffect(() => {
    if (moved.current === undefined) return;
    document.getElementById(handleId(moved.current))?.focus();
    moved.current = undefined;
  }, [arranged]);

  const { name, description, isWritable, owner } = dashboard;
  const { id } = dashboard;
  const { gadgets, layout } = arranged;
  const alone = gadgets.find((one) => one.id === maximized);
  const columns = columnsOf(gadgets, spansOf(layout).length);
  const address = `/jira/dashboards/${id}`;
  const close = (): void => setDoing(undefined);

  const change = async (act: () => Promise<unknown>, what: string): Promise<void> => {
    setNewId(undefined);
    try {
      await act();
      setError(undefined);
      setSaid(what);
    } catch (refused) {
      setError(saidBy(refused));
    }
    await reload();
  };
  const move = (gadget: Gadget, to: Place): Promise<void> => {
    moved.current = gadget.id;
    return change(() => site.move(id, gadget.id, to), `${gadget.title} is in column ${to.column + 1}, place ${to.row + 1}`);
  };
  const refresh = (): void => {
    setTurn((last) => last + 1);
    appEvents.emit(REFRESH_EVENT, { origin: 'dashboard' });
  };
  const added = async (gadget: Gadget): Promise<void> => {
    setNewId(gadget.id);
    setSaid(`${gadget.title} is added`);
    await reload();
  };
  const actions: Action[] = [
    ...(isWritable ? [{ label: 'Rename or share', act: () => setDoing({ what: 'details' }) }] : []),
    ...(owner?.accountId === me.accountId ? [{ label: 'Delete', act: () => setDoing({ what: 'discard' }) }] : []),
  ];

  return (
    <div className={shared['page']}>
      <p className={shared['crumbs']}>
        <Link href="/jira/dashboards">Dashboards</Link>
      </p>
      <div className={styles['head']}>
        <div>
          <h1 className={styles['title']}>{name}</h1>
          {description && <p className={styles['quiet']}>{description}</p>}
        </div>
        <div className={styles['buttons']}>
          {editing && (
            <>
              <Button appearance="primary" onClick={() => setDoing({ what: 'add' })}>
                Add gadget
              </Button>
              <LayoutMenu layout={layout} onChoose={(to) => void change(() => site.setLayout(id, to), `The layout is: ${LAYOUTS[to].name}`)} />
              <Button onClick={() => navigate(address)}>Done</Button>
            </>
          )}
          {!editing && (
            <LookButtons hasGadgets={gadgets.length > 0} writable={isWritable} onRefresh={refresh} onEdit={() => navigate(`${address}?edit`)} />
          )}
          <ActionMenu label={`Actions of ${name}`} actions={actions} />
        </div>
      </div>
      <p role="alert" className={styles['error']}>
        {error ?? problem}
      </p>
      <p role="status" className={styles['unseen']}>
        {said}
      </p>
      {gadgets.length === 0 && !editing && (
        <EmptyState
          title="No gadgets yet"
          text={isWritable ? 'Edit the dashboard to put gadgets on it.' : 'Its owner has put nothing on it so far.'}
        />
      )}
      {(gadgets.length > 0 || editing) && (
        <Columns
          columns={alone ? [[alone]] : columns}
          layout={alone ? 'A' : layout}
          arranging={editing}
          onDrop={(gadget, to) => void move(gadget, to)}
        >
          {(gadget, columnSpan, onDrag) => (
            <GadgetView
              gadget={gadget}
              module={modules.find(({ extensionId }) => extensionId === gadget.moduleKey)}
              dashboardId={id}
              columnSpan={columnSpan}
              turn={turn}
              writable={isWritable}
              arranging={editing}
              isNew={gadget.id === newId}
              maximized={alone !== undefined}
              moves={movesOf(gadget, columns)}
              onMove={(to) => void move(gadget, to)}
              onMaximize={() => setMaximized(alone ? undefined : gadget.id)}
              onRename={() => setDoing({ what: 'rename', gadget })}
              onRemove={() => setDoing({ what: 'remove', gadget })}
              onDrag={onDrag}
            />
          )}
        </Columns>
      )}
      <ModalTransition>
        {doing && (
          <Dialog doing={doing} dashboard={dashboard} modules={modules} change={change} onAdded={added} onChanged={onChanged} onClose={close} />
        )}
      </ModalTransition>
    </div>
  );
}

function LayoutMenu({ layout, onChoose }: { layout: Layout; onChoose: (layout: Layout) => void }) {
  return (
    <DropdownMenu
      placement="bottom-end"
      shouldRenderToParent
      trigger={({ triggerRef, testId: _testId, ...props }) => (
        <Button {...props} ref={triggerRef}>
          Change layout
        </Button>
      )}
    >
      <DropdownItemRadioGroup id="dashboard-layout" title="Layout">
        {(Object.keys(LAYOUTS) as Layout[]).map((one) => (
          <DropdownItemRadio key={one} id={one} isSelected={one === layout} onClick={() => onChoose(one)}>
            {LAYOUTS[one].name}
          </DropdownItemRadio>
        ))}
      </DropdownItemRadioGroup>
    </DropdownMenu>
  );
}

function LookButtons({
  hasGadgets,
  writable,
  onRefresh,
  onEdit,
}: {
  hasGadgets: boolean;
  writable: boolean;
  onRefresh: () => void;
  onEdit: () => void;
}) {
  return (
    <>
      {hasGadgets && (
        <Button iconBefore={RefreshIcon} onClick={onRefresh}>
          Refresh
        </Button>
      )}
      {writable && <Button onClick={onEdit}>Edit</Button>}
    </>
  );
}

function Unshown({ failure }: { failure: Error }) {
  const hidden = failure instanceof ApiError && failure.status === 404;
  return (
    <EmptyState
      title={hidden ? 'This dashboard cannot be shown' : 'The dashboard did not load'}
      text={hidden ? 'It does not exist, or it is not shared with you. Ask its owner to share it.' : saidBy(failure)}
    >
      <Link href="/jira/dashboards">All dashboards</Link>
    </EmptyState>
  );
}
