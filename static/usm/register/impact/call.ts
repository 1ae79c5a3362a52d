import { registerImpactCalls } from '../../../../src/contract/register-impact';
import { caller } from '../../../shared/call';

export const call = caller(registerImpactCalls);
