import { useEffect, useId, useState } from 'react';
import { api, refusal } from '../api';
import { OneOf } from '../fields/choice';
import { filledFields, FormFields, startDrafts, type FormDrafts } from '../fields/form';
import { useRefusal } from '../fields/use-refusal';
import { match } from '../match';
import { useLocation } from '../router';
import type { FieldMeta, WorkType } from '../schemas';
import { useSite, type CreateRequest } from '../shell/site';
import { announceChange } from '../use-live';
import { FormDialog } from '../ui/form-dialog';
import fieldStyles from '../fields/fields.module.css';

const LAST_CHOICE = 'site.create';

interface Choice {
  projectKey: string;
  typeId: string;
}

function remembered(): Partial<Choice> {
  try {
    return JSON.parse(localStorage.getItem(LAST_CHOICE) ?? '{}') as Partial<Choice>;
  } catch {
    return {};
  }
}

/** The space of the page the person stands on, else the one of the last time, else the first. */
function useStartProject(): string {
  const { projects } = useSite();
  const path = useLocation();
  const here = match('/jira/projects/{key}/list', path)?.['key'] ?? match('/browse/{item}', path)?.['item']?.replace(/-\d+$/, '');
  const wanted = [here, remembered().projectKey].find((key) => projects.some((project) => project.key === key));
  return wanted ?? projects[0]?.key ?? '';
}

/** Create: space, work type, then the fields of its create screen. */
export function CreateDialog({ request, onClose }: { request: CreateRequest; onClose: () => void }) {
  const { projects, flag, me } = useSite();
  const { preset } = request;
  const start = useStartProject();
  const [projectKey, setProjectKey] = useState(projects.find((project) => project.id === String(preset['projectId']))?.key ?? start);
  const [types, setTypes] = useState<WorkType[]>();
  const [typeId, setTypeId] = useState('');
  const [fields, setFields] = useState<FieldMeta[]>([]);
  const [drafts, setDrafts] = useState<FormDrafts>({});
  const [busy, setBusy] = useState(false);
  const { refused, show, touch, clear } = useRefusal(fields);
  const [failed, setFailed] = useState<string>();
  const id = useId();

  useEffect(() => {
    let current = true;
    setTypes(undefined);
    api.createTypes(projectKey).then(
      (found) => {
        if (!current) return;
        const usable = found.filter((type) => !type.subtask);
        setTypes(usable);
        const wanted = [String(preset['issueTypeId']), remembered().typeId].map((id) => usable.find((type) => type.id === id));
        setTypeId((wanted.find(Boolean) ?? usable[0])?.id ?? '');
      },
      (error: unknown) => current && setFailed(refusal(error).messages.join(' ')),
    );
    return () => {
      current = false;
    };
  }, [projectKey, preset]);

  useEffect(() => {
    if (!typeId) {
      setFields([]);
      return undefined;
    }
    let current = true;
    api.createFields(projectKey, typeId).then(
      (found) => {
        if (!current) return;
        setFields(found);
        // What was typed stays where the other type has the same field.
        setDrafts((typed) => ({ ...startDrafts(found, { reporter: me, ...preset }), ...typed }));
      },
      (error: unknown) => current && setFailed(refusal(error).messages.join(' ')),
    );
    return () => {
      current = false;
    };
  }, [projectKey, typeId, me, preset]);

  const submit = async (): Promise<void> => {
    setBusy(true);
    clear();
    try {
      const made = await api.create({ project: { key: projectKey }, issuetype: { id: typeId }, ...filledFields(fields, drafts) });
      localStorage.setItem(LAST_CHOICE, JSON.stringify({ projectKey, typeId } satisfies Choice));
      flag({ appearance: 'success', title: `You've created ${made.key}`, link: { label: 'View work item', href: `/browse/${made.key}` } });
      onClose();
      request.onClose([made]);
      announceChange();
    } catch (error) {
      show(error);
      setBusy(false);
    }
  };

  const choices = [
    {
      name: 'Space',
      field: (
        <OneOf
          id={`${id}-project`}
          label="Space"
          clearable={false}
          options={projects.map((project) => ({ value: project.key, label: `${project.name} (${project.key})` }))}
          value={projectKey}
          onChange={setProjectKey}
        />
      ),
    },
    {
      name: 'Work type',
      field: (
        <OneOf
          id={`${id}-type`}
          label="Work type"
          clearable={false}
          options={(types ?? []).map((type) => ({ value: type.id, label: type.name, icon: type.iconUrl }))}
          value={typeId}
          onChange={setTypeId}
        />
      ),
    },
  ];
  const summaryFirst = [...fields].sort((one, other) => Number(other.id === 'summary') - Number(one.id === 'summary'));
  const noTypes = types?.length === 0 ? ['You may not create work items in this space.'] : [];
  const marked = fields.filter((meta) => refused.fields[meta.id]).map((meta) => meta.name);
  const atFields = marked.length > 0 ? [`The work item is not created yet. Look at ${marked.join(', ')}.`] : [];
  return (
    <FormDialog
      title="Create"
      submitLabel="Create"
      hint="Required fields are marked with an asterisk."
      messages={[...noTypes, ...(failed ? [failed] : []), ...refused.messages, ...atFields]}
      busy={busy}
      onSubmit={() => void submit()}
      onClose={() => {
        onClose();
        request.onClose([]);
      }}
    >
      {choices.map(({ name, field }) => (
        <div key={name} className={fieldStyles['field']}>
          <span className={fieldStyles['fieldLabel']} aria-hidden="true">
            {name}
            <span className={fieldStyles['required']}>*</span>
          </span>
          {field}
        </div>
      ))}
      {fields.length > 0 && (
        <FormFields
          fields={summaryFirst}
          drafts={drafts}
          errors={refused.fields}
          projectKey={projectKey}
          onChange={(field, draft) => {
            touch(field);
            setDrafts((all) => ({ ...all, [field]: draft }));
          }}
        />
      )}
    </FormDialog>
  );
}
