/** The buttons of a hand-off and their forms: the same as in the panel, opened in place. */
import Button from '@atlaskit/button/new';
import type { HandoffRow } from '../../../src/contract';
import { type About, AnswerForm, ReturnForm } from '../../receipt/forms';
import type { Receiving } from '../../receipt/receiving';
import { Icon } from '../../shared/icons';
import { Message } from '../../shared/message';
import { momentToTheMinute } from '../../shared/time';
import layout from '../../setup/ui/layout.module.css';
import styles from './board.module.css';
import type { Acts as Acting, Open } from './use-acts';

const aboutOf = ({ id, key, what, readyBy, from, askedBy, team }: HandoffRow): About => ({
  id,
  key,
  what,
  readyBy,
  due: from?.dueBy === undefined ? undefined : { key: from.key, at: from.dueBy },
  asker: askedBy.name,
  team: team?.name,
});

interface AnswersProps {
  row: HandoffRow;
  now: number;
  receiving: Receiving;
  onOpen: (open: Open) => void;
}

/** The answers of the asking side. */
function Answers({ row, now, receiving, onOpen }: AnswersProps) {
  const proposed = row.returned?.readyBy;
  return (
    <div className={layout['row']} role="group" aria-label={`Answer ${row.key ?? 'the return'}`}>
      {proposed !== undefined && (
        <Button
          appearance="primary"
          spacing="compact"
          isLoading={receiving.busy === 'work.answer'}
          onClick={() => void receiving.send('work.answer', { how: 'askAgain', readyBy: proposed })}
        >
          Agree to {momentToTheMinute(proposed, now)} and ask again
        </Button>
      )}
      <Button spacing="compact" onClick={() => onOpen('team')}>
        Ask another team
      </Button>
      <Button spacing="compact" onClick={() => onOpen('change')}>
        Change what is asked
      </Button>
      <Button spacing="compact" appearance="subtle" onClick={() => onOpen('withdraw')}>
        Withdraw what is asked
      </Button>
      <Button spacing="compact" appearance="subtle" onClick={() => onOpen(undefined)}>
        Cancel
      </Button>
    </div>
  );
}

interface ActsProps {
  row: HandoffRow;
  now: number;
  acts: Acting;
  /** A form was left: the focus goes to what it belongs to. */
  onLeft?: () => void;
}

export function Acts({ row, now, acts: { open, setOpen, receiving }, onLeft }: ActsProps) {
  const { busy, refusal, send } = receiving;
  const onCancel = (): void => {
    setOpen(undefined);
    onLeft?.();
  };
  const form = { about: aboutOf(row), receiving, now, onCancel };
  const { accept, answer, remind } = row.may;
  if (!accept && !answer && !remind && !refusal) return null;
  return (
    <div className={styles['acts']}>
      {!open && refusal && (
        <Message alert tone="danger" title={refusal.title}>
          {refusal.text}
        </Message>
      )}
      {!open && (
        <div className={layout['row']}>
          {accept && (
            <>
              <Button
                spacing="compact"
                iconBefore={() => <Icon name="check" />}
                isLoading={busy === 'work.accept'}
                onClick={() => void send('work.accept')}
              >
                Accept
              </Button>
              <Button spacing="compact" appearance="subtle" onClick={() => setOpen('return')}>
                Return
              </Button>
            </>
          )}
          {remind && (
            <Button spacing="compact" isLoading={busy === 'work.remind'} onClick={() => void send('work.remind')}>
              Remind {row.team?.name ?? row.verb}
            </Button>
          )}
          {answer && (
            <Button spacing="compact" iconBefore={() => <Icon name="arrowRight" />} onClick={() => setOpen('answer')}>
              Answer
            </Button>
          )}
        </div>
      )}
      {open === 'answer' && <Answers row={row} now={now} receiving={receiving} onOpen={(next) => (next ? setOpen(next) : onCancel())} />}
      {open === 'return' && <ReturnForm {...form} />}
      {open && open !== 'return' && open !== 'answer' && <AnswerForm key={open} kind={open} proposedTeam={row.returned?.team?.id} {...form} />}
    </div>
  );
}
