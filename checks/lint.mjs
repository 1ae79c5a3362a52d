/** Forge's linters over the sources. Their home is the Forge CLI, which wants a login; the package itself does not. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import cliShared from '@forge/cli-shared';
import forgeLint from '@forge/lint';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const JIRA_OPENAPI = resolve(HERE, '../../shared/data/jira-platform-v3.json');
const SOURCES = ['src', 'static'];

/** What the broken app beside this file must be told; a linter that finds nothing there looks at nothing. */
const KNOWN_FAULTS = [/requires "write:jira-work" scope/, /'sql' module is not defined/, /Cannot find exported function "missing"/];

export async function checkLint() {
  const hasOpenApi = existsSync(JIRA_OPENAPI);
  if (!hasOpenApi) console.log("Scopes of Jira's endpoints were not checked: Jira's OpenAPI document is not here.");
  return withLocalOpenApi(hasOpenApi, async () => {
    const blind = await blindSpots(hasOpenApi);
    if (blind.length > 0) return blind;
    const { files, errors, warnings } = await lint(SOURCES.filter((folder) => existsSync(folder)));
    for (const warning of warnings) console.log(`warning: ${warning}`);
    if (files === 0) return ['No source file was read.'];
    console.log(`Forge lint read ${files} files: ${errors.length} errors, ${warnings.length} warnings.`);
    return errors;
  });
}

async function blindSpots(hasOpenApi) {
  const app = process.cwd();
  process.chdir(join(HERE, 'broken-app'));
  try {
    const { errors, warnings } = await lint(['src']);
    const found = [...errors, ...warnings];
    const expected = hasOpenApi ? KNOWN_FAULTS : KNOWN_FAULTS.filter((pattern) => !pattern.source.includes('scope'));
    return expected
      .filter((pattern) => !found.some((fault) => pattern.test(fault)))
      .map((pattern) => `Forge lint is blind: it missed ${pattern} in broken-app.`);
  } finally {
    process.chdir(app);
  }
}

async function lint(folders) {
  const reader = new cliShared.FileSystemReader();
  const manifest = await new cliShared.ConfigFile(reader, new cliShared.FileSystemWriter()).readConfig();
  // With a ready-made bundle the linter would look for the handlers there, where it cannot read them.
  if (manifest.app) delete manifest.app.package;
  const files = (await Promise.all(folders.map((folder) => reader.recursiveReadDir(`./${folder}`, []))))
    .flat()
    .filter((file) => /\.[jt]sx?$/.test(file));
  const silent = () => undefined;
  const logger = { debug: silent, trace: silent, info: silent, warn: console.warn, error: console.error };
  const flags = { getDeprecatedRuntimes: async () => ['nodejs20.x'] };
  const results = await forgeLint.lint(files, manifest, 'development', logger, flags, { linter: { mode: 'client-side' } });
  const told = (kind) =>
    results.flatMap((result) => result[kind].map(({ line, column, message }) => `${result.file} ${line ?? 0}:${column ?? 0} ${message}`));
  return { files: files.length, errors: [...told('errors'), ...told('approvals')], warnings: told('warnings') };
}

/** The linter would fetch six OpenAPI documents; it reads local files when all six are named. */
async function withLocalOpenApi(hasOpenApi, work) {
  const folder = mkdtempSync(join(tmpdir(), 'forge-lint-'));
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, '{"paths":{}}');
  for (const product of ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB']) process.env[`LOCAL_${product}_SWAGGER`] = empty;
  process.env.LOCAL_JIRA_SWAGGER = hasOpenApi ? JIRA_OPENAPI : empty;
  process.env.USE_LOCAL_SWAGGER = '1';
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
