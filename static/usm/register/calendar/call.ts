import { registerCalendarCalls } from '../../../../src/contract/register-calendar';
import { caller } from '../../../shared/call';

export const call = caller(registerCalendarCalls);
