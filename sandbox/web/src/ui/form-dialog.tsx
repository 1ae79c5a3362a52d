import { useId, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import Button from '@atlaskit/button/new';
import Modal, { CloseButton, ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import styles from './ui.module.css';

interface FormDialogProps {
  title: string;
  submitLabel: string;
  messages: string[];
  busy: boolean;
  hint?: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with fields: what was refused stands on top as plain text, Ctrl/Cmd+Enter does the primary action. */
export function FormDialog({ title, submitLabel, messages, busy, hint, onSubmit, onClose, children }: FormDialogProps) {
  const formId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <Modal onClose={onClose} width="medium" shouldCloseOnOverlayClick={false}>
      <ModalHeader hasCloseButton={false}>
        <ModalTitle>{title}</ModalTitle>
        <CloseButton onClick={onClose} />
      </ModalHeader>
      <ModalBody>
        <form id={formId} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
          <div role="alert">
            {messages.length > 0 && (
              <SectionMessage appearance="error">
                {messages.map((message) => (
                  <p key={message} className={styles['plainText']}>
                    {message}
                  </p>
                ))}
              </SectionMessage>
            )}
          </div>
          {hint && <p className={styles['hint']}>{hint}</p>}
          {children}
        </form>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          Cancel
        </Button>
        <Button appearance="primary" type="submit" form={formId} isLoading={busy}>
          {submitLabel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
