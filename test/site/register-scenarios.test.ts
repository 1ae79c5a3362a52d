import { playOnRegister } from './support/register-scenarios';

playOnRegister('delivered at once', 'instant');
