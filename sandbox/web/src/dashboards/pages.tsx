/** Dashboards: the list of them, and one with the gadgets of apps on it. */
import { useState, type FormEvent } from 'react';
import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import Textfield from '@atlaskit/textfield';
import { api, refusal } from '../api';
import shared from '../pages/pages.module.css';
import { Link, navigate } from '../router';
import { EmptyState } from '../ui/empty-state';
import { useLive } from '../use-live';
import * as site from './api';
import { GadgetView } from './gadget';
import { columnsOf, movesOf } from './places';
import styles from './dashboards.module.css';

const saidBy = (error: unknown): string => {
  const { messages, fields } = refusal(error);
  return [...messages, ...Object.values(fields)].join('\n');
};

export function DashboardList() {
  const found = useLive('dashboards', site.dashboards);
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const { id } = await site.create(name.trim());
      navigate(`/jira/dashboards/${id}`);
    } catch (failure) {
      setError(saidBy(failure));
    }
  };
  if (found.error && !found.data) return <EmptyState title="The dashboards did not load" text={saidBy(found.error)} />;
  if (!found.data) return <div className={shared['loading']} aria-busy="true" />;
  return (
    <div className={shared['page']}>
      <h1 className={shared['title']}>Dashboards</h1>
      <form className={styles['create']} onSubmit={(event) => void create(event)}>
        <Textfield
          aria-label="Name of the new dashboard"
          placeholder="Name"
          value={name}
          onChange={(event: FormEvent<HTMLInputElement>) => setName(event.currentTarget.value)}
        />
        <Button type="submit" appearance="primary" isDisabled={name.trim() === ''}>
          Create dashboard
        </Button>
      </form>
      <p role="alert" className={shared['error']}>
        {error}
      </p>
      {found.data.length === 0 && <p className={shared['quiet']}>No dashboards yet.</p>}
      <ul className={shared['cards']}>
        {found.data.map((one) => (
          <li key={one.id}>
            <Link href={`/jira/dashboards/${one.id}`} className={shared['card']}>
              {one.name}
              {one.owner && <span className={shared['quiet']}>{one.owner.displayName}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function DashboardPage({ id }: { id: string }) {
  const dashboard = useLive(`dashboard:${id}`, () => site.dashboardOf(id));
  const gadgets = useLive(`gadgets:${id}`, () => site.gadgets(id));
  const modules = useLive('dashboard-modules', () => api.modules('dashboard'));
  const [error, setError] = useState<string>();

  if (dashboard.error && !dashboard.data) return <EmptyState title="This dashboard cannot be shown" text={saidBy(dashboard.error)} />;
  if (!dashboard.data || !gadgets.data || !modules.data) return <div className={shared['loading']} aria-busy="true" />;
  const { name, isWritable } = dashboard.data;
  const here = gadgets.data;
  const offered = modules.data;
  const change = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
      setError(undefined);
      await gadgets.reload();
    } catch (failure) {
      setError(saidBy(failure));
    }
  };

  return (
    <div className={shared['page']}>
      <p className={shared['crumbs']}>
        <Link href="/jira/dashboards">Dashboards</Link>
      </p>
      <div className={styles['head']}>
        <h1 className={styles['title']}>{name}</h1>
        {isWritable && (
          <DropdownMenu
            placement="bottom-end"
            trigger={({ triggerRef, testId: _testId, ...props }) => (
              <Button {...props} ref={triggerRef}>
                Add gadget
              </Button>
            )}
          >
            <DropdownItemGroup title="Gadgets of apps">
              {offered.map(({ moduleKey, title, extensionId = moduleKey }) => (
                <DropdownItem key={moduleKey} onClick={() => void change(() => site.add(id, extensionId, title))}>
                  {title}
                </DropdownItem>
              ))}
              {offered.length === 0 && <DropdownItem isDisabled>No app brings gadgets</DropdownItem>}
            </DropdownItemGroup>
          </DropdownMenu>
        )}
      </div>
      <p role="alert" className={shared['error']}>
        {error}
      </p>
      {here.length === 0 && <p className={shared['quiet']}>No gadgets yet.</p>}
      <div className={styles['columns']}>
        {columnsOf(here).map((column, index) => (
          <div key={index} className={styles['column']}>
            {column.map((gadget) => (
              <GadgetView
                key={gadget.id}
                gadget={gadget}
                module={offered.find(({ extensionId }) => extensionId === gadget.moduleKey)}
                dashboardId={id}
                writable={isWritable}
                moves={movesOf(gadget, here)}
                onMove={(to) => void change(() => site.move(id, gadget.id, to))}
                onRemove={() => void change(() => site.remove(id, gadget.id))}
                onConfigure={async (configuration) => void (await site.configure(id, gadget.id, configuration))}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
