import { useState } from 'react';
import { FormDialog } from '../ui/form-dialog';
import { saidBy } from './said';

interface ConfirmDialogProps {
  title: string;
  text: string;
  submitLabel: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, text, submitLabel, onConfirm, onClose }: ConfirmDialogProps) {
  const [messages, setMessages] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setMessages([saidBy(error)]);
      setBusy(false);
    }
  };
  return (
    <FormDialog title={title} submitLabel={submitLabel} messages={messages} busy={busy} onSubmit={() => void submit()} onClose={onClose}>
      <p>{text}</p>
    </FormDialog>
  );
}
