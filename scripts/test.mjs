import { nodeIsNewEnough } from './node-version.mjs';

if (nodeIsNewEnough()) import('./launch.mjs').then((launcher) => launcher.test(process.argv.slice(2)));
