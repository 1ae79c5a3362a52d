import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { HandOverForm } from '../../src/contract';
import { Icon } from '../shared/icons';
import { Message } from '../shared/message';
import { Reference } from '../shared/reference';
import { AskBlock } from './ask-block';
import type { Close } from './close';
import styles from './dialog.module.css';
import { consequence, firstProblem, isTyped, mayAddAnother } from './draft';
import { GoesAlong } from './goes-along';
import { focusField, useHandOver } from './use-hand-over';

interface DialogProps {
  form: HandOverForm;
  onClose: Close;
  onReadAgain: () => Promise<void>;
}

/** Asks so that nobody has to ask back: route, what and by when, what goes along, consequence. */
export function Dialog({ form, onClose, onReadAgain }: DialogProps) {
  const state = useHandOver(form, onClose, onReadAgain);
  const { drafts, now, sending, refusal } = state;
  const [firstGap] = useState(() => firstProblem(drafts, now));
  const [leaving, setLeaving] = useState(false);
  const alert = useRef<HTMLDivElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  /** Where somebody was when they were asked whether to leave. */
  const before = useRef<Element | null>(null);

  const stay = (): void => {
    setLeaving(false);
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const leave = (): void => {
    if (sending) return;
    if (leaving) return stay();
    if (!isTyped(drafts)) return onClose();
    before.current = document.activeElement;
    setLeaving(true);
  };

  // The first empty required field; "What is asked" where all else is known. Only when the form is first shown: later the focus belongs to the person.
  useEffect(() => {
    if (firstGap) focusField(firstGap.id, firstGap.field);
  }, [firstGap]);
  useEffect(() => alert.current?.focus(), [refusal]);
  useEffect(() => {
    if (leaving) keep.current?.focus();
  }, [leaving]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        // The host would close the dialog over typed words.
        event.preventDefault();
        leave();
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void state.send();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void state.send();
  };
  const addAnother = (): void => {
    const draft = state.add();
    // It is on the page with the next frame.
    requestAnimationFrame(() => focusField(draft.id, firstProblem([draft], Date.now())?.field ?? 'what'));
  };

  return (
    <main>
      <form className={styles['dialog']} aria-labelledby="title" noValidate onSubmit={onSubmit}>
        <header className={styles['head']}>
          <div>
            <h1 id="title">Hand over {form.key}</h1>
            <p>
              {form.summary}. From {form.fromVerb}, by {form.me.name}.
            </p>
          </div>
          <button type="button" aria-label="Close" title="Close" className={styles['close']} onClick={leave}>
            <Icon name="cross" />
          </button>
        </header>

        <div className={styles['body']}>
          {refusal && (
            <Message ref={alert} alert tone="danger" title={refusal.title}>
              <span>{refusal.text}</span>
              {refusal.reference !== undefined && <Reference value={refusal.reference} />}
              {refusal.conflict && (
                <Button spacing="compact" onClick={() => void state.readAgain()}>
                  Read again
                </Button>
              )}
            </Message>
          )}
          {form.unmet.length > 0 && (
            <Message tone="warning" title={`${form.transitionName ?? 'This step'} will be refused until this is true`}>
              <ul className={styles['unmet']}>
                {form.unmet.map((rule) => (
                  <li key={rule.rule}>
                    {rule.text} <small>{rule.rule}</small>
                    <span>{rule.help}</span>
                  </li>
                ))}
              </ul>
            </Message>
          )}
          {drafts.map((draft, index) => (
            <AskBlock
              key={draft.id}
              form={form}
              drafts={drafts}
              draft={draft}
              place={index}
              problems={state.problems(draft)}
              onChange={(part) => state.change(draft.id, part)}
              onRemove={() => state.remove(draft.id)}
            />
          ))}
          {mayAddAnother(form, drafts, now) && (
            <div>
              <Button appearance="subtle" iconBefore={() => <Icon name="plus" />} onClick={addAnother}>
                Add {drafts.length === 1 ? 'a second' : 'another'} hand-over
              </Button>
            </div>
          )}
          <GoesAlong form={form} drafts={drafts} />
        </div>

        <footer className={styles['foot']}>
          {leaving ? (
            <div role="alertdialog" aria-label="Leave without handing over" className={styles['leaving']}>
              <p>What you wrote is lost when you leave.</p>
              <Button ref={keep} appearance="subtle" onClick={stay}>
                Keep writing
              </Button>
              <Button appearance="danger" onClick={() => onClose()}>
                Leave without handing over
              </Button>
            </div>
          ) : (
            <>
              <p>{consequence(form, drafts)}</p>
              <Button appearance="subtle" onClick={leave}>
                Cancel
              </Button>
              <Button appearance="primary" type="submit" isLoading={sending}>
                Hand over
              </Button>
            </>
          )}
        </footer>
      </form>
    </main>
  );
}
