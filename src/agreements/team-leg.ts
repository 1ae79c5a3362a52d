/** What lies under an agreement for one team: the OLA or UC by which it works, as it was at a moment. */
import type { AgreementVersion, Target } from '../contract';
import type { WorkTypeKey } from '../method';
import { legIds } from './checks';
import { inForceOf } from './life';
import { targetFor } from './model';
import { namesOfKind } from './records';
import { storedOf } from './store';

export interface TeamLeg {
  id: string;
  name: string;
  version: number;
  target: Target;
}

interface Wanted {
  agreement: string;
  version: number;
  /** As people name it. */
  team: string;
  type: WorkTypeKey;
  rank: number | undefined;
  at: number;
}

const versionAt = (versions: readonly AgreementVersion[], at: number): AgreementVersion | undefined =>
  inForceOf(versions).find(({ from, until = Infinity }) => from <= at && at < until)?.version;

/** undefined: nothing is agreed with this team about this kind of work. */
export async function teamLeg({ agreement, version, team, type, rank, at }: Wanted): Promise<TeamLeg | undefined> {
  const promised = (await storedOf([agreement])).get(agreement)?.versions.find(({ number }) => number === version);
  const legs = await storedOf(legIds(promised?.terms.under));
  const names = await namesOfKind(
    'party',
    [...legs.values()].map((one) => one.agreement.provider),
  );
  for (const { agreement: leg, versions } of legs.values()) {
    const counting = names.get(leg.provider)?.name === team ? versionAt(versions, at) : undefined;
    const target = counting && targetFor(counting.terms.targets, type, { rank });
    if (target) return { id: leg.id, name: leg.name, version: counting.number, target };
  }
  return undefined;
}
