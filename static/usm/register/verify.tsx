/** Items were looked at: how, and from now on they count as verified. */
import { useRef, useState } from 'react';
import { isTrouble } from '../../shared/call';
import { type Refusal, RefusalMessage } from '../../shared/refusal';
import { refusalOf } from '../../shared/refusal-of';
import { Confirm } from '../../setup/ui/confirm';
import layout from '../../setup/ui/layout.module.css';
import { Option } from '../../setup/ui/option';
import { counted } from '../../setup/ui/words';
import { call } from './call';
import { type Done, doneWords } from './done';

const HOW = [
  { value: 'onSite', name: 'On site', text: 'Somebody stood before it.' },
  { value: 'remote', name: 'From afar', text: 'It answered, or a tool read it.' },
  { value: 'fromList', name: 'From a list', text: 'Somebody’s list was compared with the register.' },
] as const;
type How = (typeof HOW)[number]['value'];

export const HOW_NAMES: Readonly<Record<How, string>> = { onSite: 'on site', remote: 'from afar', fromList: 'from a list' };

interface VerifyProps {
  keys: readonly string[];
  onDone: (done: Done) => void;
  onKeep: () => void;
}

export function Verify({ keys, onDone, onKeep }: VerifyProps) {
  const [how, setHow] = useState<How>('onSite');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const request = useRef(crypto.randomUUID());
  const send = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('register.verify', { request: request.current, keys: [...keys], how });
    setBusy(false);
    if (isTrouble(answer)) setRefusal(refusalOf(answer, 'Nothing was marked'));
    else if (answer.state === 'refused')
      setRefusal({ title: 'Nothing was marked', text: answer.wrong.map(({ text }) => text).join('\n'), conflict: false });
    else onDone(doneWords(answer, 'marked as verified'));
  };
  return (
    <Confirm
      title={keys.length === 1 ? 'How was it looked at?' : `How were the ${counted(keys.length, 'item')} looked at?`}
      action="Mark as verified"
      keep="Leave as it is"
      busy={busy}
      onConfirm={() => void send()}
      onKeep={onKeep}
    >
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={onKeep} />}
      <p>What the register says was true today. That is kept with your name; no attribute changes.</p>
      <fieldset className={layout['lines']}>
        <legend>Looked at</legend>
        {HOW.map(({ value, name, text }) => (
          <Option key={value} type="radio" name="how" title={name} text={text} checked={how === value} onChange={() => setHow(value)} />
        ))}
      </fieldset>
    </Confirm>
  );
}
