/** `npm run fidelity`: gathers what the READMEs rely on, and what the site does of Jira's API, into docs/fidelity.md. `-- --json` tells it to machines. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OPERATIONS } from '../sandbox/jira';
import { API } from '../sandbox/jira/api';
import { type ExpressionSupport, expressionSupport } from '../sandbox/jira/expressions/support';
import { ROOT } from './paths';
import { filesUnder } from './stamp';

export const FIDELITY_FILE = join(ROOT, 'docs', 'fidelity.md');
const QUESTIONS = join(ROOT, 'docs', 'first-site-questions.md');

export interface Surface {
  /** Its folder in the project. */
  folder: string;
  proven: string[];
  assumed: string[];
}

/** Reads the lines `- proven: ...` and `- assumed: ...` of one README; a line that only looks like one is an error. */
export function readSurface(folder: string, readme: string): Surface {
  const surface: Surface = { folder, proven: [], assumed: [] };
  for (const line of readme.split('\n')) {
    if (!/^\s*[-*]\s*\**(proven|assumed)\b/i.test(line)) continue;
    const [, mark, text] = /^- (proven|assumed): (\S.*)$/.exec(line) ?? [];
    if (!text) throw new Error(`${folder}/README.md: not of the form "- proven: ..." or "- assumed: ...": ${line}`);
    if (mark === 'proven' && !/\([^)]+\)/.test(text)) throw new Error(`${folder}/README.md: proven by what? ${line}`);
    surface[mark === 'proven' ? 'proven' : 'assumed'].push(text);
  }
  return surface;
}

/** A group of Jira's operations, as Jira's document has them, and how many of them the site does. */
export interface Group {
  name: string;
  implemented: number;
  total: number;
}

export interface Fidelity {
  counts: { proven: number; assumed: number; open: number; implemented: number; operations: number };
  surfaces: Surface[];
  groups: Group[];
  expressions: ExpressionSupport;
  questions: string[];
}

function groupsOf(): Group[] {
  const done = new Set(OPERATIONS.map((one) => one.id));
  return [...new Set(API.map((one) => one.group))].map((name) => {
    const all = API.filter((one) => one.group === name);
    return { name, implemented: all.filter((one) => done.has(one.id)).length, total: all.length };
  });
}

/** All there is to tell. */
export function fidelity(): Fidelity {
  const surfaces = ['sandbox', 'src']
    .flatMap((folder) => filesUnder(join(ROOT, folder)))
    .filter((file) => file.endsWith('/README.md'))
    .map((file) => readSurface(relative(ROOT, dirname(file)), readFileSync(file, 'utf8')))
    .filter(({ proven, assumed }) => proven.length + assumed.length > 0)
    .sort((a, b) => a.folder.localeCompare(b.folder, 'en'));
  const groups = groupsOf();
  const questions = readFileSync(QUESTIONS, 'utf8')
    .split('\n')
    .filter((line) => /^\d+\. /.test(line));
  const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
  const counts = {
    proven: sum(surfaces.map((one) => one.proven.length)),
    assumed: sum(surfaces.map((one) => one.assumed.length)),
    open: questions.length,
    implemented: sum(groups.map((one) => one.implemented)),
    operations: sum(groups.map((one) => one.total)),
  };
  return { counts, surfaces, groups, expressions: expressionSupport(), questions };
}

/** The page as it must stand in docs/. */
export const fidelityPage = (): string => page(fidelity());

const summary = ({ proven, assumed, open }: Fidelity['counts']): string =>
  `${proven} proven, ${assumed} assumed, ${open} questions open for the first real site.`;

const operations = ({ implemented, operations: all }: Fidelity['counts']): string =>
  `${implemented} of the ${all} operations of Jira's REST API are here; the others answer 501 and say their names.`;

const code = (text: string): string => `\`${text.includes('`') ? `\` ${text} \`` : text}\``;

/** What of Jira's expression language rules, conditions and filters may use here; the rest fails, and what fails is false. */
function expressionLines({ constructs, variables, constructors, globals, types }: ExpressionSupport): string[] {
  const names = (all: readonly string[]): string => all.map(code).join(', ') || 'none';
  const lacking = types.filter((one) => one.missing.length > 0);
  return [
    '## Jira expressions',
    '',
    'Found by asking the evaluator. What is not supported fails; an expression that fails is false and fires `avi:jira:failed:expression`.',
    '',
    '| construct | example | here |',
    '| --- | --- | --- |',
    ...constructs.map(({ name, example, supported }) => `| ${name} | ${code(example).replaceAll('|', '\\|')} | ${supported ? 'yes' : 'no'} |`),
    '',
    `Variables: ${names(variables.filter((one) => one.supported).map((one) => one.name))}; missing: ${names(variables.filter((one) => !one.supported).map((one) => one.name))}.`,
    '',
    `Made by \`new\`: ${names(constructors)}. Without a variable: ${names(globals)}. Types: ${names(types.map((one) => one.type))}.`,
    '',
    ...lacking.map(({ type, missing }) => `- ${code(type)} lacks ${names(missing)}`),
    '',
  ];
}

function page({ counts, surfaces, groups, expressions, questions }: Fidelity): string {
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`${title}:`, '', ...lines.map((line) => `- ${line}`), ''] : [];
  return [
    '# Fidelity',
    '',
    '<!-- Generated by `npm run fidelity` from the READMEs; edit those. -->',
    '',
    'What this project relies on of Jira Cloud and Forge. *Proven*: a documented example, a recorded behaviour or an official package says so. *Assumed*: anything else.',
    '',
    `**${summary(counts)}**`,
    '',
    '| surface | proven | assumed |',
    '| --- | --- | --- |',
    ...surfaces.map(({ folder, proven, assumed }) => `| [${folder}](../${folder}/README.md) | ${proven.length} | ${assumed.length} |`),
    '',
    '## Operations',
    '',
    operations(counts),
    '',
    '| group | here | of |',
    '| --- | --- | --- |',
    ...groups.map(({ name, implemented, total }) => `| ${name} | ${implemented} | ${total} |`),
    '',
    ...expressionLines(expressions),
    ...surfaces.flatMap(({ folder, proven, assumed }) => [`## ${folder}`, '', ...list('Proven', proven), ...list('Assumed', assumed)]),
    '## Open questions for the first real site',
    '',
    'With their grouping: [first-site-questions.md](first-site-questions.md).',
    '',
    ...questions,
    '',
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = fidelity();
  if (process.argv.includes('--json')) console.log(JSON.stringify(found, null, 2));
  else {
    writeFileSync(FIDELITY_FILE, page(found));
    console.log([summary(found.counts), operations(found.counts), '', 'Open questions for the first real site:', ...found.questions].join('\n'));
  }
}
