/** The register goes out as a file: read portion by portion, all of it or what is filtered. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ExportedItem, RegisterFilters, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { saveFile } from '../../../setup/ui/save-file';
import { counted } from '../../../setup/ui/words';
import { number } from '../words';
import { call } from './call';
import { csvFile, jsonFile } from './out';

/** Undefined: it is saved. */
export async function saveRegister(
  kind: 'csv' | 'json',
  filters: Partial<RegisterFilters>,
  told: (items: number) => void,
): Promise<Trouble | undefined> {
  const setup = await call('register.importSetup', {});
  if (isTrouble(setup)) return setup;
  const items: ExportedItem[] = [];
  let after: string | undefined;
  do {
    const answer = await call('register.export', { filters, ...(after !== undefined && { after }) });
    if (isTrouble(answer)) return answer;
    items.push(...answer.items);
    told(items.length);
    after = answer.after;
  } while (after !== undefined);
  if (kind === 'csv') saveFile('register.csv', csvFile(items, setup.classes), 'text/csv');
  else saveFile('register.json', jsonFile(items), 'application/json');
  return undefined;
}

export function ExportRegister({ items }: { items: number }) {
  const [busy, setBusy] = useState<number>();
  const [trouble, setTrouble] = useState<Trouble>();
  const save = async (kind: 'csv' | 'json'): Promise<void> => {
    setBusy(0);
    setTrouble(await saveRegister(kind, {}, setBusy));
    setBusy(undefined);
  };
  return (
    <section className={layout['card']} aria-labelledby="export">
      <h2 id="export">Export the register</h2>
      <p>{items === 0 ? 'There is nothing in it yet.' : `All ${counted(items, 'item')}, with relations. The file can be imported again.`}</p>
      {trouble && <Failed trouble={trouble} title="It could not be exported" retry={() => void save('csv')} />}
      {items > 0 && (
        <div className={layout['row']}>
          <Button isDisabled={busy !== undefined} onClick={() => void save('csv')}>
            Export as CSV
          </Button>
          <Button isDisabled={busy !== undefined} onClick={() => void save('json')}>
            Export as JSON
          </Button>
        </div>
      )}
      <span role="status" className={layout['small']}>
        {busy === undefined ? '' : `${number(busy)} of ${number(items)} read`}
      </span>
    </section>
  );
}
