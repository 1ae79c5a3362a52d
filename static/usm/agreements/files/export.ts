/** What there is is read portion by portion and handed over as one file: all of it, or chosen agreements with what they name. */
import type { Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { saveFile } from '../../../setup/ui/save-file';
import { call } from '../call';
import { fileOf, noRows, type Rows } from './file';
import { withoutOthers } from './choose';

/** Undefined: it is saved. `told`: how many rows were read so far. */
export async function exportFile(chosen: ReadonlySet<string>, told: (rows: number) => void): Promise<Trouble | undefined> {
  const rows: Rows = noRows();
  let count = 0;
  let after: string | undefined;
  do {
    const answer = await call('agreements.export', after === undefined ? {} : { after });
    if (isTrouble(answer)) return answer;
    rows[answer.part].push(...answer.rows);
    count += answer.rows.length;
    told(count);
    after = answer.after;
  } while (after !== undefined);
  saveFile('agreements.json', fileOf(chosen.size === 0 ? rows : withoutOthers(rows, chosen)), 'application/json');
  return undefined;
}
