/** The list of dashboards: find, create, rename and share, delete. */
import { useState, type FormEvent } from 'react';
import Button from '@atlaskit/button/new';
import StarIcon from '@atlaskit/icon/core/star-starred';
import { ModalTransition } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import shared from '../pages/pages.module.css';
import { Link, navigate } from '../router';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { Face } from '../ui/person';
import { useLive } from '../use-live';
import * as site from './api';
import type { Dashboard } from './api';
import { ConfirmDialog } from './confirm-dialog';
import { DetailsDialog } from './details-dialog';
import { ActionMenu, type Action } from './menu';
import { saidBy } from './said';
import { sharedWith } from './shares';
import styles from './dashboards.module.css';

type Doing = { what: 'create' } | { what: 'change' | 'delete'; to: Dashboard };

export function DashboardList() {
  const { me, flag } = useSite();
  const found = useLive('dashboards', site.dashboards);
  const [text, setText] = useState('');
  const [doing, setDoing] = useState<Doing>();
  const close = (): void => setDoing(undefined);

  if (found.error && !found.data) return <EmptyState title="The dashboards did not load" text={saidBy(found.error)} />;
  if (!found.data) return <div className={shared['loading']} aria-busy="true" />;
  const all = found.data;
  const shown = all.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  const actionsOf = (one: Dashboard): Action[] => [
    ...(one.isWritable ? [{ label: 'Rename or share', act: () => setDoing({ what: 'change', to: one }) }] : []),
    ...(one.owner?.accountId === me.accountId ? [{ label: 'Delete', act: () => setDoing({ what: 'delete', to: one }) }] : []),
  ];

  return (
    <div className={shared['page']}>
      <div className={styles['head']}>
        <h1 className={styles['title']}>Dashboards</h1>
        <Button appearance="primary" onClick={() => setDoing({ what: 'create' })}>
          Create dashboard
        </Button>
      </div>
      {all.length > 0 && (
        <div className={styles['search']}>
          <Textfield
            isCompact
            type="search"
            aria-label="Search dashboards"
            placeholder="Search dashboards"
            value={text}
            onChange={(event: FormEvent<HTMLInputElement>) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {all.length === 0 && (
        <EmptyState title="No dashboards yet" text="A dashboard shows what you and your team look at each day, in gadgets of Jira and of apps." />
      )}
      {all.length > 0 && shown.length === 0 && <p className={shared['quiet']}>No dashboard has this in its name.</p>}
      {shown.length > 0 && (
        <table className={styles['table']} aria-label="Dashboards">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Owner</th>
              <th scope="col">Viewers</th>
              <th scope="col">Editors</th>
              <th scope="col" aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id}>
                <td>
                  <span className={styles['nameCell']}>
                    <Link href={`/jira/dashboards/${one.id}`}>{one.name}</Link>
                    {one.isFavourite && <StarIcon label="Starred" size="small" color="var(--ds-icon-warning)" />}
                  </span>
                  {one.description && <span className={styles['quiet']}>{one.description}</span>}
                </td>
                <td>
                  {one.owner && (
                    <span className={styles['nameCell']}>
                      <Face name={one.owner.displayName} />
                      {one.owner.displayName}
                    </span>
                  )}
                </td>
                <td>{sharedWith(one.sharePermissions)}</td>
                <td>{sharedWith(one.editPermissions)}</td>
                <td>
                  <ActionMenu label={`Actions of ${one.name}`} actions={actionsOf(one)} compact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ModalTransition>
        {doing?.what === 'create' && (
          <DetailsDialog
            title="Create dashboard"
            submitLabel="Create"
            onSave={async (details) => navigate(`/jira/dashboards/${(await site.create(details)).id}?edit`)}
            onClose={close}
          />
        )}
        {doing?.what === 'change' && (
          <DetailsDialog
            title="Rename or share"
            submitLabel="Save"
            of={doing.to}
            onSave={async (details) => {
              await site.change(doing.to.id, details);
              await found.reload();
            }}
            onClose={close}
          />
        )}
        {doing?.what === 'delete' && (
          <ConfirmDialog
            title={`Delete ${doing.to.name}?`}
            text="The dashboard and its gadgets go for everybody who sees it. This cannot be undone."
            submitLabel="Delete"
            onConfirm={async () => {
              await site.discard(doing.to.id);
              await found.reload();
              flag({ appearance: 'success', title: `${doing.to.name} is deleted` });
            }}
            onClose={close}
          />
        )}
      </ModalTransition>
    </div>
  );
}
