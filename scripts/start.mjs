import { nodeIsNewEnough } from './node-version.mjs';

if (nodeIsNewEnough()) import('./launch.mjs').then((launcher) => launcher.start(process.argv.slice(2)));
