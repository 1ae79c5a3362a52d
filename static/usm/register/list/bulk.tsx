/** What can be done with the rows that are chosen; it stands in the line of the count. */
import Button from '@atlaskit/button/new';
import { useRef, useState } from 'react';
import { ITEMS_AT_ONCE } from '../../../../src/contract/register-calls';
import { isTrouble } from '../../../shared/call';
import { Finder } from '../../../shared/finder';
import { type Refusal, RefusalMessage } from '../../../shared/refusal';
import { refusalOf } from '../../../shared/refusal-of';
import { Confirm } from '../../../setup/ui/confirm';
import { counted } from '../../../setup/ui/words';
import { call } from '../call';
import { type Done, doneWords } from '../done';
import { type Choice, finderOf } from '../names';
import { ChoiceWords } from './filter-pick';

interface KeeperProps {
  keys: readonly string[];
  onDone: (done: Done) => void;
  onKeep: () => void;
}

const findParties = finderOf('party');

/** Who keeps them is managed of most classes: what stands in the way is told item by item. */
export function ChangeKeeper({ keys, onDone, onKeep }: KeeperProps) {
  const [keeper, setKeeper] = useState<Choice>();
  const [looking, setLooking] = useState(true);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const request = useRef(crypto.randomUUID());
  const send = async (): Promise<void> => {
    if (!keeper) return setLooking(true);
    setBusy(true);
    const answer = await call('register.setKeeper', { request: request.current, keys: [...keys], keeper: keeper.id });
    setBusy(false);
    if (isTrouble(answer)) setRefusal(refusalOf(answer, 'Nothing was changed'));
    else if (answer.state === 'refused')
      setRefusal({ title: 'Nothing was changed', text: answer.wrong.map(({ text }) => text).join('\n'), conflict: false });
    else onDone(doneWords(answer, `kept by ${keeper.name} now`));
  };
  return (
    <Confirm
      title={`Who keeps the ${counted(keys.length, 'item')} from now on?`}
      action="Change the keeper"
      keep="Leave as it is"
      busy={busy}
      quiet
      onConfirm={() => void send()}
      onKeep={onKeep}
    >
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={onKeep} />}
      <p>
        Where the keeper is managed, a Request for Change is the way; done here it is recorded as changed without a work item, or refused, as the
        setting says. Items with a change that is running are left as they are.
      </p>
      {looking ? (
        <Finder<Choice>
          label="Kept by"
          all="Parties"
          placeholder="Type a name"
          find={findParties}
          keyOf={({ id }) => id}
          show={(choice) => <ChoiceWords choice={choice} />}
          nothing={(words) => (words === '' ? 'There is no party yet.' : `No party is called “${words}”.`)}
          failed="There was no answer. Type again."
          browse
          onPick={(choice) => {
            setKeeper(choice);
            setLooking(false);
          }}
          onCancel={() => setLooking(false)}
        />
      ) : (
        <div>
          {keeper?.name ?? 'Nobody is chosen yet.'}{' '}
          <Button spacing="compact" onClick={() => setLooking(true)}>
            Choose
          </Button>
        </div>
      )}
    </Confirm>
  );
}

interface BulkProps {
  chosen: readonly string[];
  keeps: boolean;
  onVerify: () => void;
  onKeeper: () => void;
  /** Absent: where nothing shows it. */
  onImpact?: (() => void) | undefined;
  onNone: () => void;
}

export const Bulk = ({ chosen, keeps, onVerify, onKeeper, onImpact, onNone }: BulkProps) => (
  <>
    <span>{counted(chosen.length, 'item')} chosen:</span>
    {chosen.length > ITEMS_AT_ONCE ? (
      <span>at most {ITEMS_AT_ONCE.toLocaleString('en-GB')} at once; choose fewer.</span>
    ) : (
      keeps && (
        <>
          <Button spacing="compact" appearance="subtle" onClick={onVerify}>
            Mark as verified
          </Button>
          <Button spacing="compact" appearance="subtle" onClick={onKeeper}>
            Change the keeper
          </Button>
        </>
      )
    )}
    {onImpact && chosen.length === 1 && (
      <Button spacing="compact" appearance="subtle" onClick={onImpact}>
        Show impact
      </Button>
    )}
    <Button spacing="compact" appearance="subtle" onClick={onNone}>
      Choose none
    </Button>
  </>
);
