/** How strict the rules begin. */
import { SETTABLE_RULES } from '../../method';
import type { SetupTarget } from '../../contract';
import type { RuleConfig } from '../model';

/** As warnings, so that people learn before anything is refused; or in earnest, which needs no name. */
export const levelsAtBeginning = (begin: SetupTarget['begin']): RuleConfig['levels'] =>
  begin === 'warn' ? Object.fromEntries(SETTABLE_RULES.map((id) => [id, 'warn' as const])) : undefined;
