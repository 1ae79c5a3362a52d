/** As the platform does it: late, in any order, every piece of news twice. */
import { playAll } from './support/all-scenarios';

playAll('delivered late, unordered and every time twice', { minMs: 5, maxMs: 250, doubled: 1, seed: 7 });
