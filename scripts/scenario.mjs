import { nodeIsNewEnough } from './node-version.mjs';

if (nodeIsNewEnough()) import('./launch.mjs').then((launcher) => launcher.scenario(process.argv.slice(2)));
