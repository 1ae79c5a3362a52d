/** Pausing all rules, and taking them off for good. Both ask first. */
import { useState } from 'react';
import { MOST_HOURS_PAUSED } from '../../../src/contract/rules';
import type { RulesOverview } from '../../../src/contract';
import { Field } from '../../shared/field';
import { Confirm } from '../ui/confirm';
import { Option } from '../ui/option';
import { counted } from '../ui/words';
import styles from './rules.module.css';

interface PauseProps {
  busy: boolean;
  onPause: (reason: string, hours: number) => Promise<boolean>;
  onEnd: () => void;
}

const USUAL_HOURS = 4;

export function PauseForm({ busy, onPause, onEnd }: PauseProps) {
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState(String(USUAL_HOURS));
  const [tried, setTried] = useState(false);
  const long = Number(hours);
  const noReason = reason.trim().length < 3 ? 'Say why, in at least 3 letters. It stands in every process panel.' : undefined;
  const noHours = !(long >= 0.5 && long <= MOST_HOURS_PAUSED) ? `Give between half an hour and ${String(MOST_HOURS_PAUSED)} hours.` : undefined;
  const send = async (): Promise<void> => {
    setTried(true);
    if (noReason === undefined && noHours === undefined && (await onPause(reason.trim(), long))) onEnd();
  };
  return (
    <Confirm
      danger
      title="Pause all rules of this site?"
      action="Pause all rules"
      keep="Keep them on"
      busy={busy}
      onKeep={onEnd}
      onConfirm={() => void send()}
    >
      <p>
        Every work item moves freely until the end. Who may see a step stays. A line in every process panel says so, and what moved meanwhile is
        checked afterwards and listed.
      </p>
      <div className={styles['pair']}>
        <Field id="pause-reason" label="Reason" problem={tried ? noReason : undefined}>
          {(aria) => <input {...aria} autoComplete="off" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Field id="pause-hours" label="Hours" problem={tried ? noHours : undefined}>
          {(aria) => (
            <input
              {...aria}
              type="number"
              min={0.5}
              max={MOST_HOURS_PAUSED}
              step={0.5}
              value={hours}
              onChange={(event) => setHours(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Confirm>
  );
}

interface RemoveProps {
  inJira: RulesOverview['inJira'];
  busy: boolean;
  onRemove: () => Promise<boolean>;
  onEnd: () => void;
}

export function RemoveForm({ inJira, busy, onRemove, onEnd }: RemoveProps) {
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const send = async (): Promise<void> => {
    setTried(true);
    if (sure && (await onRemove())) onEnd();
  };
  return (
    <Confirm
      danger
      title="Remove the rules of USM from all workflows?"
      action={`Remove ${counted(inJira.rules, 'rule')}`}
      keep="Keep the rules"
      busy={busy}
      onKeep={onEnd}
      onConfirm={() => void send()}
    >
      <p>
        {counted(inJira.rules, 'rule')} leave the workflows for good. Steps are no longer checked, hand-overs no longer happen by themselves, and work
        items move as Jira alone allows. Do this before you uninstall the app.
      </p>
      <Option
        type="checkbox"
        name="sure"
        title="I know that no step is checked after this"
        {...(tried && !sure && { text: 'Tick this first.' })}
        checked={sure}
        onChange={setSure}
      />
    </Confirm>
  );
}
