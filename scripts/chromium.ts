/** Finds a Chromium for the browser tests, or installs Debian's where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { seconds } from './steps';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Answers the path of a Chromium, or undefined after one line that says what to do. */
export function findChromium(): string | undefined {
  const told = process.env['CHROMIUM'];
  if (told) return existsSync(told) ? told : missing(`CHROMIUM names ${told}, which is not there`);
  if (existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return missing('no Chromium found');
  const from = performance.now();
  console.log('Chromium: installing (about a minute)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [['update'], ['install', '-y', '--no-install-recommends', 'chromium']];
  const failed = steps.map((args) => spawnSync('apt-get', args, { env, encoding: 'utf8' })).find(({ status }) => status !== 0);
  if (failed || !existsSync(DEBIAN_CHROMIUM))
    return missing(`Chromium could not be installed (${failed?.stderr.trim().split('\n').at(-1) ?? 'no reason told'})`);
  console.log(`Chromium: ready  ${seconds(from)}`);
  return DEBIAN_CHROMIUM;
}

function missing(why: string): undefined {
  console.log(`Browser tests are left out: ${why}. Install Chromium, or name one in the environment variable CHROMIUM.`);
  return undefined;
}
