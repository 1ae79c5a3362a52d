import { useState } from 'react';
import Button from '@atlaskit/button/new';
import TextArea from '@atlaskit/textarea';
import { api, refusal } from '../api';
import { textToAdf } from '../adf';
import { FieldError } from '../fields/form';
import { useSite } from '../shell/site';
import { Face } from '../ui/person';
import styles from './activity.module.css';

/** Where a comment is written. */
export function CommentBox({ issueKey, onAdded }: { issueKey: string; onAdded: () => void }) {
  const { me } = useSite();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const save = async (): Promise<void> => {
    const body = textToAdf(text);
    if (!body || busy) return;
    setBusy(true);
    try {
      await api.addComment(issueKey, body);
      setText('');
      setOpen(false);
      setError(undefined);
      onAdded();
    } catch (failure) {
      const { messages, fields } = refusal(failure);
      setError([...messages, ...Object.values(fields)].join(' '));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles['entry']}>
      <Face name={me.displayName} size="medium" />
      <div className={styles['entryBody']}>
        <TextArea
          aria-label="Add a comment"
          placeholder="Add a comment..."
          minimumRows={open ? 3 : 1}
          resize="smart"
          value={text}
          isInvalid={Boolean(error)}
          onFocus={() => setOpen(true)}
          onChange={(event: { currentTarget: HTMLTextAreaElement }) => setText(event.currentTarget.value)}
          onKeyDown={(event: React.KeyboardEvent) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && void save()}
        />
        {error && <FieldError id="comment-error">{error}</FieldError>}
        {open && (
          <div className={styles['buttons']}>
            <Button appearance="primary" isDisabled={!textToAdf(text)} isLoading={busy} onClick={() => void save()}>
              Save
            </Button>
            <Button
              appearance="subtle"
              onClick={() => {
                setText('');
                setError(undefined);
                setOpen(false);
              }}
            >
              Cancel
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
