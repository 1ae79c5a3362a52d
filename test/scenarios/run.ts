/** `npm run scenario -- A4 [A20 ... | all] [--json]`: plays scenarios on a fresh site and says how each ended. */
import { parseArgs } from 'node:util';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { freshSite } from './site';
import { Play, type StepReport } from './play';
import type { Scenario } from './scenario';
import { SCENARIOS } from './scenarios';

export interface ScenarioReport {
  id: string;
  passed: boolean;
  steps: StepReport[];
}

/** Everybody who acts holds exactly one role, and none of them administers the site: else a scenario proves nothing. */
export async function checkCast(world: World): Promise<void> {
  const people = await world.admin.ask<{ displayName: string; roles: string[] }[]>('GET', '/_sandbox/people');
  const names = new Set(Object.values(world.people).map((person) => person.name));
  for (const { displayName, roles } of people.filter((one) => names.has(one.displayName))) {
    if (roles.length !== 1) throw new Error(`${displayName} holds ${roles.join(', ') || 'no role'}; a scenario needs people with exactly one`);
  }
  for (const person of Object.values(world.people)) {
    const { permissions } = await person.ask<{ permissions: { ADMINISTER: { havePermission: boolean } } }>(
      'GET',
      '/rest/api/3/mypermissions?permissions=ADMINISTER',
    );
    if (permissions.ADMINISTER.havePermission) throw new Error(`${person.name} is an administrator; a scenario must not need one`);
  }
}

export async function playOne(scenario: Scenario, world: World, tell: (step: StepReport) => void): Promise<ScenarioReport> {
  const play = new Play(world, tell);
  try {
    await scenario.play(play);
    return { id: scenario.id, passed: true, steps: play.steps };
  } catch (error) {
    if (!play.steps.some((step) => !step.passed)) {
      play.steps.push({
        who: 'expected',
        does: scenario.title,
        passed: false,
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    return { id: scenario.id, passed: false, steps: play.steps };
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  const wanted = positionals.map((id) => id.toUpperCase());
  const unknown = wanted.filter((id) => id !== 'ALL' && !SCENARIOS.some((one) => one.id === id));
  if (wanted.length === 0 || unknown.length > 0) {
    const known = SCENARIOS.map((one) => one.id).join(', ');
    console.error(`${unknown.length > 0 ? `Unknown: ${unknown.join(', ')}. ` : ''}Name scenarios: npm run scenario -- ${known} or all`);
    process.exitCode = 2;
    return;
  }
  const say = (line: string): void => {
    if (!values.json) console.log(line);
  };
  const { site, stop } = await freshSite();
  try {
    const world = await makeWorld(site.url, site.administrator.email);
    await checkCast(world);
    const reports: ScenarioReport[] = [];
    for (const scenario of SCENARIOS.filter((one) => wanted.includes('ALL') || wanted.includes(one.id))) {
      say(`\n${scenario.id}  ${scenario.title}`);
      const report = await playOne(scenario, world, (step) => {
        say(`  ${step.passed ? 'ok  ' : 'FAIL'}  ${step.who}: ${step.does}${step.detail === undefined ? '' : `\n        ${step.detail}`}`);
      });
      say(`${scenario.id}  ${report.passed ? 'passed' : 'FAILED'}  ${String(report.steps.length)} steps`);
      reports.push(report);
    }
    if (values.json) console.log(JSON.stringify(reports, null, 2));
    if (reports.some((one) => !one.passed)) process.exitCode = 1;
  } finally {
    await stop();
  }
}

if (process.argv[1]?.endsWith('run.ts')) await main();
