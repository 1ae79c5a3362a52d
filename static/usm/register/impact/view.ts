/** What is asked of the picture, as it stands in the address, so that it can be sent. Pure. */
import type { ImpactDirection, ImpactGroup } from '../../../../src/contract';
import { IMPACT_DIRECTIONS, IMPACT_GROUPS, MOST_STEPS } from '../../../../src/contract/register-impact';
import { itemKey } from '../../../../src/contract/register';
import { RELATION_KINDS, type RelationKind, RELATIONS } from '../../../../src/contract/register-words';

/** Relations between items along which trouble travels. */
export const CARRYING = RELATION_KINDS.filter((kind) => RELATIONS[kind].to === 'item' && RELATIONS[kind].trouble !== undefined);

export interface View {
  direction: ImpactDirection;
  steps: number;
  group: Exclude<ImpactGroup, 'step'>;
  /** Those of CARRYING that are followed. */
  kinds: readonly RelationKind[];
  /** What fails or changes with it. */
  also: readonly string[];
}

const FIRST: View = { direction: 'onwards', steps: 3, group: 'classAndPlace', kinds: CARRYING, also: [] };
const MOST_ALSO = 50;

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const steps = Number(asked.get('steps') ?? FIRST.steps);
  const kinds = asked.get('kinds')?.split(',');
  return {
    direction: IMPACT_DIRECTIONS.find((one) => one === asked.get('direction')) ?? FIRST.direction,
    steps: Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS ? steps : FIRST.steps,
    group: IMPACT_GROUPS.find((one) => one === asked.get('group')) ?? FIRST.group,
    kinds: kinds ? CARRYING.filter((kind) => kinds.includes(kind)) : CARRYING,
    also: asked
      .getAll('also')
      .filter((key) => itemKey.safeParse(key).success)
      .slice(0, MOST_ALSO),
  };
}

/** Only what is not as it is at first. */
export function toSearch({ direction, steps, group, kinds, also }: View): string {
  const asked = new URLSearchParams();
  if (direction !== FIRST.direction) asked.set('direction', direction);
  if (steps !== FIRST.steps) asked.set('steps', String(steps));
  if (group !== FIRST.group) asked.set('group', group);
  if (kinds.length < CARRYING.length) asked.set('kinds', kinds.join(','));
  for (const key of also) asked.append('also', key);
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}
