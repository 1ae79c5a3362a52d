/** Who looks at the catalog, and what its use cases need of the site. */
import type { Calendar } from '../contract';
import type { Installed } from '../setup/model';

export interface Looking {
  accountId: string;
  /** Keeps items, as the keepers of agreements do. */
  keeps: boolean;
  /** Works here: may look as somebody else does, and is told what a customer is not. */
  staff: boolean;
  calendars: readonly Calendar[];
  site: Installed;
  /** Names by account id; whoever is not known any more is left out. */
  names(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
