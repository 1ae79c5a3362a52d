/** Path code of the chain a work item belongs to, from its receipts. */
import { type Path, pathOf, type WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { chainOf, recordOf } from './receipts';
import { typeOf } from './settle';

export async function pathNow(itemId: string, type: WorkTypeKey, site: Installed): Promise<Path> {
  const chain = await chainOf(itemId);
  const rootId = chain[0]?.rootId ?? itemId;
  const [rootType, record] = [rootId === itemId ? type : typeOf(await readItem('app', rootId, site), site), await recordOf(rootId)];
  return pathOf(
    rootType ?? type,
    chain.filter((one) => one.blocks && one.state !== 'failed').map((one) => one.type),
    record.operateHere,
  );
}
