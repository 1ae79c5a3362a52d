import { registerCalendarCalls } from '../../../../src/contract/register-calendar';
import { registerCalls } from '../../../../src/contract/register-calls';
import { caller } from '../../../shared/call';

export const call = caller({
  ...registerCalendarCalls,
  'register.classes': registerCalls['register.classes'],
  'register.choices': registerCalls['register.choices'],
});
