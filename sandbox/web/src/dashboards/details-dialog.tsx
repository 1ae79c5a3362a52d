/** What a person says of a dashboard: its name, what it is for, who sees it and who may change it. */
import { useId, useState, type FormEvent } from 'react';
import Textfield from '@atlaskit/textfield';
import { api } from '../api';
import { SomeOf } from '../fields/choice';
import { useSite } from '../shell/site';
import { FormDialog } from '../ui/form-dialog';
import { useLive } from '../use-live';
import type { Dashboard, DashboardDetails } from './api';
import { saidBy } from './said';
import { holders, valuesOf } from './shares';
import styles from './dashboards.module.css';

interface DetailsDialogProps {
  title: string;
  submitLabel: string;
  /** What is there already. */
  of?: Dashboard;
  onSave: (details: DashboardDetails) => Promise<void>;
  onClose: () => void;
}

export function DetailsDialog({ title, submitLabel, of, onSave, onClose }: DetailsDialogProps) {
  const id = useId();
  const { projects } = useSite();
  const groups = useLive('share-groups', () => api.groups(''));
  const [details, setDetails] = useState<DashboardDetails>({
    name: of?.name ?? '',
    description: of?.description ?? '',
    viewers: valuesOf(of?.sharePermissions ?? []),
    editors: valuesOf(of?.editPermissions ?? []),
  });
  const [messages, setMessages] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<DashboardDetails>): void => setDetails((last) => ({ ...last, ...part }));
  const options = holders(projects, groups.data ?? [], [...(of?.sharePermissions ?? []), ...(of?.editPermissions ?? [])]);

  const submit = async (): Promise<void> => {
    if (details.name.trim() === '') return setMessages(['The dashboard has no name. Name it, so that others find it.']);
    setBusy(true);
    try {
      await onSave(details);
      onClose();
    } catch (error) {
      setMessages([saidBy(error)]);
      setBusy(false);
    }
  };

  const text = (field: 'name' | 'description', label: string, required = false) => (
    <div className={styles['field']}>
      <label htmlFor={`${id}-${field}`}>{label}</label>
      <Textfield
        id={`${id}-${field}`}
        isRequired={required}
        autoFocus={required}
        value={details[field]}
        onChange={(event: FormEvent<HTMLInputElement>) => change({ [field]: event.currentTarget.value })}
      />
    </div>
  );
  const people = (field: 'viewers' | 'editors', label: string, hint: string) => (
    <div className={styles['field']}>
      <label htmlFor={`${id}-${field}`}>{label}</label>
      <SomeOf
        id={`${id}-${field}`}
        label={label}
        placeholder="Private"
        options={options}
        value={details[field]}
        onChange={(values) => change({ [field]: values })}
      />
      <p className={styles['hint']}>{hint}</p>
    </div>
  );

  return (
    <FormDialog title={title} submitLabel={submitLabel} messages={messages} busy={busy} onSubmit={() => void submit()} onClose={onClose}>
      {text('name', 'Name', true)}
      {text('description', 'Description')}
      {people('viewers', 'Viewers', 'They see the dashboard, and in its gadgets what they may see of the work items.')}
      {people('editors', 'Editors', 'They may also change the dashboard. Only its owner deletes it.')}
    </FormDialog>
  );
}
