/** What happens when somebody changes a managed attribute without a work item. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { Option } from '../../../setup/ui/option';
import { useReading } from '../../../setup/ui/use-reading';
import { call } from '../call';

const WAYS = [
  { value: 'warn', title: 'Record it', text: 'It is kept with name and reason, and shown as changed without a work item.' },
  { value: 'block', title: 'Refuse it', text: 'Only a Request for Change writes managed attributes, whoever asks.' },
] as const;
type Way = (typeof WAYS)[number]['value'];

const first = () => call('register.settings', {});

export function Settings() {
  const { answer, trouble, busy, ask } = useReading(first);
  const [chosen, setChosen] = useState<Way>();
  const [told, setTold] = useState('');
  if (!answer) return trouble ? <Failed trouble={trouble} title="The setting could not be read" /> : null;
  const way = chosen ?? answer.directEdit;
  const save = (): void => {
    setTold('');
    void ask(async () => {
      const kept = await call('register.saveSettings', { directEdit: way, version: answer.version });
      if (isTrouble(kept)) return kept;
      setChosen(undefined);
      setTold(kept.state === 'stale' ? kept.text : 'The setting is kept.');
      return kept.state === 'stale' ? kept.now : kept;
    }, 'save');
  };
  return (
    <section className={layout['card']} aria-labelledby="direct">
      <h2 id="direct">Managed attributes written by hand</h2>
      {trouble && <Failed trouble={trouble} title="The setting was not kept" />}
      <fieldset className={layout['lines']} disabled={!answer.keeps} aria-labelledby="direct">
        {WAYS.map(({ value, title, text }) => (
          <Option key={value} type="radio" name="direct" title={title} text={text} checked={way === value} onChange={() => setChosen(value)} />
        ))}
      </fieldset>
      {answer.keeps && way !== answer.directEdit && (
        <div>
          <Button appearance="primary" spacing="compact" isLoading={busy === 'save'} onClick={save}>
            Save the setting
          </Button>
        </div>
      )}
      <div role="status">{told !== '' && <Message tone="success" title={told} />}</div>
    </section>
  );
}
