/** A hand-off as a record with two sides, on top of the panel when somebody here has to move. */
import Button from '@atlaskit/button/new';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { ReceiptNote, ReceiptView } from '../../src/contract';
import { AnswerForm, type About, type AnswerKind, ReturnForm } from '../receipt/forms';
import { type Receiving, type Renewed, useReceiving } from '../receipt/receiving';
import { headline, lineOf, standingReturn } from '../receipt/words';
import { Icon } from '../shared/icons';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { Message } from '../shared/message';
import { moment, momentToTheMinute, span, wholeMoment } from '../shared/time';
import { TypeGlyph } from '../shared/type-glyph';
import { WorkItemLink } from '../shared/work-item-link';
import styles from './receipt.module.css';

interface ReceiptProps {
  view: ReceiptView;
  /** The work item the panel stands on. */
  itemKey: string;
  dueBy: number | undefined;
  now: number;
  onRenewed: (renewed: Renewed) => void;
  onOvertaken: () => void;
}

function Record({ notes, now }: { notes: readonly ReceiptNote[]; now: number }) {
  return (
    <ol className={styles['record']}>
      {notes.map((note, index) => {
        const { mark, verb, rest, quote, detail } = lineOf(note, now);
        return (
          <li key={`${note.kind}-${String(index)}`}>
            <Mark kind={mark} />
            <div>
              <strong>{verb}</strong> {rest}
              {quote !== undefined && <p>“{quote}”</p>}
              {detail !== undefined && <small>{detail}</small>}
            </div>
            <time dateTime={new Date(note.at).toISOString()} title={wholeMoment(note.at)}>
              {moment(note.at, now)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

/** Who asked what of whom, as it stands now. */
function Asked({ view, now }: { view: ReceiptView; now: number }) {
  const { other, gone } = view;
  return (
    <>
      <div className={styles['sides']}>
        <div>
          <small>Asked by {view.fromVerb || 'another process'}</small>
          <span>{view.by.name}</span>
          <small>{moment(view.askedAt, now)}</small>
        </div>
        <Icon name="arrowRight" />
        <div>
          <small>Asked of {view.toVerb}</small>
          <span>{view.team?.name ?? 'No team named'}</span>
          {view.acceptBy !== undefined && <small>accept by {momentToTheMinute(view.acceptBy, now)}</small>}
        </div>
      </div>
      <h3>What is asked</h3>
      <p className={styles['what']}>{view.what}</p>
      <dl className={styles['facts']}>
        <dt>For</dt>
        <dd>
          {other && (
            <>
              <TypeGlyph type={other.type} name={other.typeName} /> <WorkItemLink itemKey={other.key}>{other.key}</WorkItemLink> {other.summary}
            </>
          )}
          {!other && (gone ? 'A work item that was deleted' : 'A work item you may not see')}
        </dd>
        {view.readyBy !== undefined && (
          <>
            <dt>Ready by</dt>
            <dd>{momentToTheMinute(view.readyBy, now)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

const Times = ({ view, now }: { view: ReceiptView; now: number }) => (
  <dl className={styles['facts']}>
    {view.borderMs !== undefined && (
      <>
        <dt>At the border</dt>
        <dd>{span(view.borderMs)}</dd>
      </>
    )}
    {view.workMs !== undefined && (
      <>
        <dt>In work</dt>
        <dd>{span(view.workMs)}</dd>
      </>
    )}
    {view.readyBy !== undefined && (
      <>
        <dt>Ready by</dt>
        <dd>
          {momentToTheMinute(view.readyBy, now)}
          {view.endedAt !== undefined && view.state === 'fulfilled' && `, done ${momentToTheMinute(view.endedAt, now)}`}
        </dd>
      </>
    )}
  </dl>
);

function aboutOf({ view, itemKey, dueBy }: ReceiptProps): About {
  const onAsked = view.side === 'asked';
  const dueAt = onAsked ? view.other?.dueBy : dueBy;
  const dueKey = onAsked ? view.other?.key : itemKey;
  return {
    id: view.id,
    key: onAsked ? itemKey : view.other?.key,
    what: view.what,
    readyBy: view.readyBy,
    due: dueAt === undefined || dueKey === undefined ? undefined : { key: dueKey, at: dueAt },
    asker: view.by.name,
    team: view.team?.name,
  };
}

/** What was asked while it waits, else what happened since. */
function Story({ view, now }: { view: ReceiptView; now: number }) {
  const fresh = view.side === 'asked' && view.state === 'asked';
  return (
    <>
      {view.gone && (
        <Message tone="warning" title="Whoever asked is gone">
          The work item that asked for this was deleted, so nobody waits for it. Go on if it is still wanted, or decline it.
        </Message>
      )}
      {fresh && <Asked view={view} now={now} />}
      {(!fresh || view.notes.length > 1) && <Record notes={view.notes} now={now} />}
      {(view.state === 'fulfilled' || view.state === 'accepted') && <Times view={view} now={now} />}
      {view.state === 'returned' && view.side === 'asked' && (
        <p className={styles['foot']}>{view.by.name} answers: asks again, or withdraws what is asked.</p>
      )}
    </>
  );
}

interface ChoicesProps {
  view: ReceiptView;
  now: number;
  receiving: Receiving;
  onOpen: (open: Open) => void;
}

const Accepting = ({ view, receiving, onOpen }: ChoicesProps) => (
  <>
    <div className={styles['buttons']}>
      <Button
        appearance="primary"
        iconBefore={() => <Icon name="check" />}
        isLoading={receiving.busy === 'work.accept'}
        onClick={() => void receiving.send('work.accept')}
      >
        Accept
      </Button>
      {!view.gone && <Button onClick={() => onOpen('return')}>Return with reason</Button>}
    </div>
    <p className={styles['foot']}>Accepting makes you assignee and moves it to Accepted.</p>
  </>
);

function Answering({ view, now, receiving, onOpen }: ChoicesProps) {
  const readyBy = standingReturn(view)?.readyBy;
  return (
    <div className={styles['buttons']}>
      {readyBy !== undefined && (
        <Button
          appearance="primary"
          isLoading={receiving.busy === 'work.answer'}
          onClick={() => void receiving.send('work.answer', { how: 'askAgain', readyBy })}
        >
          Agree to {momentToTheMinute(readyBy, now)} and ask again
        </Button>
      )}
      <Button onClick={() => onOpen('team')}>Ask another team</Button>
      <Button appearance="subtle" onClick={() => onOpen('change')}>
        Change what is asked
      </Button>
      <Button appearance="subtle" onClick={() => onOpen('withdraw')}>
        Withdraw what is asked
      </Button>
    </div>
  );
}

/** What this person may do now. */
const Choices = (props: ChoicesProps) => (
  <>
    {props.view.may.accept && <Accepting {...props} />}
    {props.view.may.answer && <Answering {...props} />}
    {props.view.may.remind && (
      <div className={styles['buttons']}>
        <Button spacing="compact" isLoading={props.receiving.busy === 'work.remind'} onClick={() => void props.receiving.send('work.remind')}>
          Remind {props.view.team?.name ?? props.view.toVerb}
        </Button>
      </div>
    )}
  </>
);

type Open = 'return' | AnswerKind | undefined;

export function Receipt(props: ReceiptProps) {
  const { view, now, onRenewed, onOvertaken } = props;
  const [open, setOpen] = useState<Open>();
  const card = useRef<HTMLElement>(null);
  const close = (): void => {
    setOpen(undefined);
    card.current?.focus();
  };
  const receiving = useReceiving(
    view,
    (renewed) => {
      setOpen(undefined);
      onRenewed(renewed);
    },
    onOvertaken,
  );
  const { text, tone } = headline(view, now);
  const about = aboutOf(props);
  const back = standingReturn(view);
  const accept = (): void => void receiving.send('work.accept');
  const mayReturn = view.may.accept && !view.gone;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== card.current || event.ctrlKey || event.metaKey || event.altKey || open) return;
    const key = event.key.toLowerCase();
    if (key === 'a' && view.may.accept) accept();
    else if (key === 'r' && mayReturn) {
      // The letter must not land in the field that takes the focus.
      event.preventDefault();
      setOpen('return');
    }
  };

  return (
    <section
      ref={card}
      tabIndex={0}
      role="group"
      aria-label={`Hand-off, ${text}`}
      aria-keyshortcuts="A R"
      className={styles['receipt']}
      onKeyDown={onKeyDown}
    >
      <header>
        <h2>
          <Icon name="fork" /> Hand-off
        </h2>
        <Lozenge tone={tone}>{text}</Lozenge>
      </header>
      {open === 'return' && <ReturnForm about={about} receiving={receiving} now={now} onCancel={close} />}
      {open !== 'return' && <Story view={view} now={now} />}
      {!open && receiving.refusal && (
        <Message alert tone="danger" title={receiving.refusal.title}>
          {receiving.refusal.text}
        </Message>
      )}
      {!open && <Choices view={view} now={now} receiving={receiving} onOpen={setOpen} />}
      {open && open !== 'return' && (
        <AnswerForm key={open} kind={open} about={about} proposedTeam={back?.team?.id} receiving={receiving} now={now} onCancel={close} />
      )}
    </section>
  );
}
