/** The dialogs of a dashboard's page, one for each thing that can be done with it and its gadgets. */
import { useState, type FormEvent } from 'react';
import Textfield from '@atlaskit/textfield';
import type { PlacedModule } from '../../../contract';
import { navigate } from '../router';
import { FormDialog } from '../ui/form-dialog';
import * as site from './api';
import type { Dashboard, Gadget } from './api';
import { ConfirmDialog } from './confirm-dialog';
import { DetailsDialog } from './details-dialog';
import { Directory } from './directory';
import styles from './dashboards.module.css';

export type Doing = { what: 'add' | 'details' | 'discard' } | { what: 'rename' | 'remove'; gadget: Gadget };

interface DialogProps {
  doing: Doing;
  dashboard: Dashboard;
  modules: PlacedModule[];
  /** Does something to a gadget and says what was done. */
  change: (act: () => Promise<unknown>, what: string) => Promise<void>;
  onAdded: (gadget: Gadget) => Promise<void>;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

export function Dialog({ doing, dashboard, modules, change, onAdded, onChanged, onClose }: DialogProps) {
  switch (doing.what) {
    case 'add':
      return (
        <Directory
          dashboardId={dashboard.id}
          modules={modules}
          onAdd={async ({ moduleKey, title }) => onAdded(await site.add(dashboard.id, moduleKey, title))}
          onClose={onClose}
        />
      );
    case 'details':
      return (
        <DetailsDialog
          title="Rename or share"
          submitLabel="Save"
          of={dashboard}
          onSave={async (details) => {
            await site.change(dashboard.id, details);
            await onChanged();
          }}
          onClose={onClose}
        />
      );
    case 'discard':
      return (
        <ConfirmDialog
          title={`Delete ${dashboard.name}?`}
          text="The dashboard and its gadgets go for everybody who sees it. This cannot be undone."
          submitLabel="Delete"
          onConfirm={async () => {
            await site.discard(dashboard.id);
            navigate('/jira/dashboards');
          }}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <RenameDialog
          gadget={doing.gadget}
          onSave={(title) => change(() => site.rename(dashboard.id, doing.gadget.id, title), `The gadget is called ${title}`)}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <ConfirmDialog
          title={`Remove ${doing.gadget.title}?`}
          text="The gadget goes from this dashboard for everybody, and how it was set up is lost."
          submitLabel="Remove"
          onConfirm={() => change(() => site.remove(dashboard.id, doing.gadget.id), `${doing.gadget.title} is removed`)}
          onClose={onClose}
        />
      );
  }
}

function RenameDialog({ gadget, onSave, onClose }: { gadget: Gadget; onSave: (title: string) => Promise<void>; onClose: () => void }) {
  const [title, setTitle] = useState(gadget.title);
  const [messages, setMessages] = useState<string[]>([]);
  const submit = async (): Promise<void> => {
    if (title.trim() === '') return setMessages(['The gadget has no name. Name it, so that others know what it shows.']);
    await onSave(title.trim());
    onClose();
  };
  return (
    <FormDialog title="Rename gadget" submitLabel="Save" messages={messages} busy={false} onSubmit={() => void submit()} onClose={onClose}>
      <div className={styles['field']}>
        <label htmlFor="gadget-title">Name</label>
        <Textfield id="gadget-title" autoFocus value={title} onChange={(event: FormEvent<HTMLInputElement>) => setTitle(event.currentTarget.value)} />
      </div>
    </FormDialog>
  );
}
