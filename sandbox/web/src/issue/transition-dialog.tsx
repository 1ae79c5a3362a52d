import { useState } from 'react';
import { api, type TransitionInput } from '../api';
import { textToAdf } from '../adf';
import { useRefusal } from '../fields/use-refusal';
import { filledFields, FormFields, startDrafts } from '../fields/form';
import type { Transition, WorkItem } from '../schemas';
import { FormDialog } from '../ui/form-dialog';

const COMMENT = 'comment';

interface TransitionDialogProps {
  item: WorkItem;
  transition: Transition;
  onDone: () => void;
  onClose: () => void;
}

/** The screen of a transition: exactly its fields, and what the site says when it refuses. */
export function TransitionDialog({ item, transition, onDone, onClose }: TransitionDialogProps) {
  const fields = transition.fields ?? [];
  const [drafts, setDrafts] = useState(() => startDrafts(fields, item.fields));
  const [busy, setBusy] = useState(false);
  const { refused, show, touch } = useRefusal(fields);

  const submit = async (): Promise<void> => {
    setBusy(true);
    const { [COMMENT]: _, ...filled } = filledFields(fields, drafts);
    const said = typeof drafts[COMMENT] === 'string' ? textToAdf(drafts[COMMENT]) : null;
    const input: TransitionInput = {
      transition: { id: transition.id },
      ...(Object.keys(filled).length > 0 ? { fields: filled } : {}),
      ...(said ? { update: { comment: [{ add: { body: said } }] } } : {}),
    };
    try {
      await api.move(item.key, input);
      onDone();
      onClose();
    } catch (error) {
      show(error);
      setBusy(false);
    }
  };

  return (
    <FormDialog
      title={transition.name}
      submitLabel={transition.name}
      messages={refused.messages}
      busy={busy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormFields
        fields={fields}
        drafts={drafts}
        errors={refused.fields}
        projectKey={item.fields.project.key}
        onChange={(id, draft) => {
          touch(id);
          setDrafts((all) => ({ ...all, [id]: draft }));
        }}
      />
    </FormDialog>
  );
}
