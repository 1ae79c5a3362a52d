/** As the platform does it: late, in any order, every piece of news twice. */
import { playOnRegister } from './support/register-scenarios';

playOnRegister('delivered late, unordered and every time twice', { minMs: 5, maxMs: 250, doubled: 1, seed: 7 });
