/**
 * What work costs: platform requests of the deployed bundle for looking at a work item, for a refused step, and for each step with all that follows
 * from it, beside the budgets of the design. Counts only; the times are printed for orientation. Run: node --import tsx bench/work.ts
 */
import { type Cost, isOver, isWrite, measure } from '../test/scenarios/cost';

function inWords({ jira, invocations, kvsWrites }: Cost): string {
  const sum = (kind: 'sql' | 'kvs'): number => invocations.reduce((total, one) => total + one[kind], 0);
  const longest = Math.max(0, ...invocations.map((one) => one.ms));
  return `${String(invocations.length)} invocations, Jira ${String(jira.length)} (${String(jira.filter(isWrite).length)} writes), SQL ${String(sum('sql'))}, KVS ${String(sum('kvs'))} (${String(kvsWrites)} writes), longest ${longest.toFixed(0)} ms`;
}

/** `WHY=1` names every request. */
const named = ({ jira }: Cost): string[] => (process.env['WHY'] ? jira.map(({ method, path }) => `  ${method} ${path.split('?')[0] ?? ''}`) : []);

const measured = await measure();
for (const { name, cost } of measured) console.log([`${name.padEnd(34)} ${inWords(cost)}`, ...named(cost)].join('\n'));
const lines = measured.flatMap((one) => one.lines());
for (const line of lines) console.log(`${isOver(line) ? 'OVER  ' : 'within'} ${line.name}: ${String(line.measured)} of ${String(line.budget)}`);
if (lines.some(isOver)) process.exitCode = 1;
