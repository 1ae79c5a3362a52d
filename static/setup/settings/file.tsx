/** All settings as one file: out of this site, and into it. A file is checked wholly before anything is kept. */
import Button from '@atlaskit/button/new';
import { useRef, useState } from 'react';
import { SETTINGS_BYTES } from '../../../src/contract/settings';
import type { Trouble } from '../../../src/contract';
import { Icon } from '../../shared/icons';
import { Message } from '../../shared/message';
import { Confirm } from '../ui/confirm';
import { Failed } from '../ui/failed';
import layout from '../ui/layout.module.css';
import styles from './settings.module.css';
import type { Refusals } from './use-settings';

interface FileProps {
  busy: string | undefined;
  refused: Refusals | undefined;
  /** Changes on other pages that are not saved would be lost. */
  unsaved: boolean;
  exportFile: () => Promise<Trouble | undefined>;
  importFile: (text: string) => Promise<boolean>;
}

export function File({ busy, refused, unsaved, exportFile, importFile }: FileProps) {
  const [chosen, setChosen] = useState<{ name: string; text: string }>();
  const [tooLong, setTooLong] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  const input = useRef<HTMLInputElement>(null);
  const choose = async (file: globalThis.File | undefined): Promise<void> => {
    setTooLong(
      file && file.size > SETTINGS_BYTES
        ? `${file.name} has more than ${String(SETTINGS_BYTES / 1000)} kB and is no file of these settings.`
        : undefined,
    );
    setChosen(file && file.size <= SETTINGS_BYTES ? { name: file.name, text: await file.text() } : undefined);
    // The same file can be chosen again after it was mended.
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <section className={styles['section']} aria-labelledby="export">
        <h2 id="export" className={layout['subhead']}>
          Export
        </h2>
        <p>Everything on these pages in one JSON file, as it is kept now. Keep it as a record, or bring it to another site.</p>
        {trouble && <Failed trouble={trouble} title="The settings were not exported" />}
        <div>
          <Button
            iconBefore={() => <Icon name="download" />}
            isLoading={busy === 'export'}
            isDisabled={busy !== undefined}
            onClick={() => void exportFile().then(setTrouble)}
          >
            Export settings
          </Button>
        </div>
      </section>
      <section className={styles['section']} aria-labelledby="import">
        <h2 id="import" className={layout['subhead']}>
          Import
        </h2>
        <p>Replaces all settings by those of a file. People and priorities are named by their ids in this site.</p>
        {tooLong !== undefined && (
          <Message alert tone="danger" title="The file was not read">
            {tooLong}
          </Message>
        )}
        {refused?.from === 'file' && (
          <Message
            alert
            tone="danger"
            title={`Nothing was imported: ${String(refused.wrong.length)} ${refused.wrong.length === 1 ? 'place is' : 'places are'} wrong`}
          >
            <ul className={layout['bullets']}>
              {refused.wrong.map(({ path, text }, index) => (
                <li key={index}>
                  <code>{path === '' ? 'file' : path}</code>: {text}
                </li>
              ))}
            </ul>
          </Message>
        )}
        {chosen ? (
          <Confirm
            title={`Replace all settings by ${chosen.name}?`}
            action="Import settings"
            keep="Keep these"
            busy={busy === 'import'}
            onKeep={() => setChosen(undefined)}
            onConfirm={() => void importFile(chosen.text).then(() => setChosen(undefined))}
          >
            <p>
              The file is checked first; if one place in it is wrong, nothing is changed.
              {unsaved && ' What you changed on the other pages and did not save is lost.'}
            </p>
          </Confirm>
        ) : (
          <div>
            <input
              ref={input}
              type="file"
              accept=".json,application/json"
              aria-label="File of settings"
              onChange={(event) => void choose(event.target.files?.[0])}
            />
          </div>
        )}
      </section>
    </>
  );
}
