/** The configuration that each rule of the app carries in Jira's workflows, as text: written, read, and given other levels. Pure. */
import { PROFILE_KEYS, type RuleLevels, transitionOf, whoExpression, type WorkTypeKey } from '../method';
import { RULE_CONFIG_LIMIT, type RuleConfig, ruleConfig, type RuleModule, WHO_MODULE, type WhoConfig, whoConfig } from './model';
import { idOf, type Ids } from './site';

const json = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
};

type Config = RuleConfig | WhoConfig;

/** Undefined where nobody can read it. */
export const readConfig = (module: RuleModule, text: string | undefined): Config | undefined =>
  (module === WHO_MODULE ? whoConfig : ruleConfig).safeParse(json(text)).data;

/** Jira asks the expression that stands in the configuration, not the manifest's: what these levels leave in earnest. */
const asking = (config: Omit<WhoConfig, 'expression'>, levels: RuleLevels = {}): string =>
  whoExpression(transitionOf(config.type, config.transition), config, levels);

/** The same input gives the same text. */
function written({ levels: _former, ...core }: Config, levels: RuleConfig['levels']): string {
  return JSON.stringify({ ...core, ...('expression' in core && { expression: asking(core, levels) }), ...(levels && { levels }) });
}

export function configText(module: RuleModule, type: WorkTypeKey, transition: string, ids: Ids, levels: RuleConfig['levels']): string {
  const { fields, statuses, workTypes } = ids;
  const config = { v: 1, type, transition, fields, statuses, workTypes } as RuleConfig;
  const roles = Object.fromEntries(PROFILE_KEYS.map((key) => [key, idOf(ids, 'roles', key)])) as WhoConfig['roles'];
  const text = written(module === WHO_MODULE ? { ...config, roles, expression: '' } : config, levels);
  if (Buffer.byteLength(text) > RULE_CONFIG_LIMIT) throw new Error(`the configuration of ${type}.${transition} is too long: ${String(text.length)}`);
  return text;
}

/** The same with these levels and no others; undefined where nobody can read it. */
export function withLevels(module: RuleModule, text: string | undefined, levels: RuleLevels): string | undefined {
  const config = readConfig(module, text);
  return config && written(config, Object.keys(levels).length > 0 ? levels : undefined);
}

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;

/** What a configuration says besides its levels, which are the administrator's; undefined where it is damaged. */
export function coreOf(module: RuleModule, text: string | undefined): string | undefined {
  const config = readConfig(module, text);
  if (!config) return undefined;
  const { levels, ...core } = config;
  // Another expression than its own configuration gives was written by somebody else.
  if ('expression' in core && core.expression !== asking(core, levels)) return undefined;
  return JSON.stringify(Object.entries({ ...core, expression: undefined }).map(([key, value]) => [key, sorted(value)]));
}
