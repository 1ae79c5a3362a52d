import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  actor,
  carriersOf,
  FIELD_KEYS,
  field,
  PROFILE_KEYS,
  RULES,
  STATUSES,
  transitionOf,
  WORK_TYPE_KEYS,
  WORKFLOWS,
  workType,
  whoExpression,
} from '../../src/method';
import { APP_ROLE, BLUEPRINT, type ScreenItem, type TransitionItem } from '../../src/setup/blueprint';
import { AFTER_MODULE, GATE_MODULE, RULE_CONFIG_LIMIT, ruleConfig, WHO_MODULE, whoConfig } from '../../src/setup/model';
import { type RuleAris, uuidOf, workflowsPayload } from '../../src/setup/payload';
import { NEW_SPACE } from './support/setup';
import { type Ids, noIds } from '../../src/setup/site';

const ARIS: RuleAris = { [GATE_MODULE]: 'ari:gate', [WHO_MODULE]: 'ari:who', [AFTER_MODULE]: 'ari:after' };

/** Every object of the blueprint with an id as long as a large site's. */
function someIds(): Ids {
  const ids = noIds();
  const number = (part: keyof Ids, items: readonly { key: string }[], prefix = '') =>
    items.forEach(({ key }, index) => (ids[part][key] = `${prefix}${String(1_000_000 + index)}`));
  number('roles', [...BLUEPRINT.roles, APP_ROLE]);
  number('statuses', BLUEPRINT.statuses);
  number('workTypes', BLUEPRINT.workTypes);
  number('resolutions', BLUEPRINT.resolutions);
  number('fields', BLUEPRINT.fields, 'customfield_');
  number('screens', BLUEPRINT.screens);
  return ids;
}

const IDS = someIds();
const payloadsFor = (ids: Ids) => BLUEPRINT.workflows.map((one) => workflowsPayload([one], { ids, target: NEW_SPACE }, ARIS));
const payloads = payloadsFor(IDS);

const screen = (key: string): ScreenItem => {
  const found = BLUEPRINT.screens.find((one) => one.key === key);
  if (!found) throw new Error(`no screen ${key}`);
  return found;
};
const names = ({ fields }: ScreenItem): string[] => fields.map((one) => ('system' in one ? one.system : one.field));

/** Every transition of the method beside its payload. */
const pairs = BLUEPRINT.workflows.flatMap((workflow, index) =>
  workflow.transitions
    .filter((item): item is TransitionItem => item.from.length > 0)
    .map((item) => {
      const payload = payloads[index]?.workflows[0]?.transitions.find((one) => one.id === item.id);
      if (!payload) throw new Error(`${workflow.name} lacks ${item.key}`);
      return { type: workflow.key, transition: transitionOf(workflow.key, item.key), payload };
    }),
);

type Node = { [key: string]: unknown };

/** The document says `maximum` where it means `maxItems`, and describes beside what it defines. */
function plain(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((one) => plain(one));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => inProperties || !['example', 'xml', 'discriminator', 'default', 'maximum', 'readOnly'].includes(key))
      .map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string' ? value.replace('#/components/schemas/', '#/$defs/') : plain(value, key === 'properties'),
      ]),
  );
}

const document = ['../../../shared/data/jira-platform-v3.json', '../../.cache/jira-platform-v3.json']
  .map((one) => fileURLToPath(new URL(one, import.meta.url)))
  .find((one) => existsSync(one));
if (document === undefined) console.warn("Jira's OpenAPI document is not here: workflow payloads are not checked against it.");

describe('workflow payloads', () => {
  it.skipIf(document === undefined)('are valid against the document', () => {
    const { components } = JSON.parse(readFileSync(document ?? '', 'utf8')) as { components: { schemas: Node } };
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile({ $ref: '#/$defs/WorkflowCreateRequest', $defs: plain(components.schemas, true) as Node });
    for (const payload of payloads) {
      validate(payload);
      expect(validate.errors ?? []).toEqual([]);
      // The check itself can fail.
      expect(validate({ ...payload, workflows: [{ ...payload.workflows[0], statuses: 'none' }] })).toBe(false);
    }
  });

  it('are the same every time', () => {
    expect(JSON.stringify(payloadsFor(someIds()))).toBe(JSON.stringify(payloads));
    expect(uuidOf('status:registered')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('hang together: no dangling status, no doubled id, and no doubled name from one status', () => {
    for (const payload of payloads) {
      const known = new Set(payload.statuses.map((one) => one.statusReference));
      const [workflow] = payload.workflows;
      const transitions = workflow?.transitions ?? [];
      expect(new Set(workflow?.statuses.map((one) => one.statusReference))).toEqual(known);
      expect(new Set(transitions.map((one) => one.id)).size).toBe(transitions.length);
      for (const one of transitions) {
        expect(known).toContain(one.toStatusReference);
        for (const { fromStatusReference } of one.links) expect(known).toContain(fromStatusReference);
      }
      for (const status of known) {
        expect(transitions.some((one) => one.toStatusReference === status)).toBe(true);
        const leaving = transitions.filter((one) => one.links.some((link) => link.fromStatusReference === status)).map((one) => one.name);
        expect(new Set(leaving).size).toBe(leaving.length);
      }
      const ruleIds = transitions.flatMap((one) => [...one.validators, ...one.actions]).flatMap((rule) => rule.id ?? []);
      expect(new Set(ruleIds).size).toBe(ruleIds.length);
    }
  });

  it('begin with Create to Registered, without conditions or validators', () => {
    for (const payload of payloads) {
      const initial = payload.workflows[0]?.transitions.filter((one) => one.type === 'INITIAL') ?? [];
      expect(initial).toHaveLength(1);
      expect(initial[0]).toMatchObject({
        id: '1',
        name: 'Create',
        links: [],
        validators: [],
        actions: [],
        toStatusReference: uuidOf('status:registered'),
      });
      expect(initial[0]).not.toHaveProperty('conditions');
    }
  });

  it('lay the path out from left to right', () => {
    for (const { key, statuses } of BLUEPRINT.workflows) {
      const onPath = statuses.filter((one) => one.y === 0).sort((a, b) => a.x - b.x);
      expect(onPath.map((one) => one.status)).toEqual(workType(key).path);
      expect(new Set(statuses.map((one) => `${String(one.x)} ${String(one.y)}`)).size).toBe(statuses.length);
    }
  });

  it('let exactly the declared people take each transition', () => {
    for (const { transition, payload } of pairs) {
      const actors = transition.who.map(actor);
      const restrict = payload.conditions?.conditions.find((one) => one.ruleKey === 'system:restrict-issue-transition')?.parameters ?? {};
      const list = (text: string | undefined) => (text === undefined ? [] : text.split(','));
      const roles = [
        ...PROFILE_KEYS.filter((key) => actors.some((one) => one.profiles.includes(key))),
        ...(actors.some((one) => one.app) ? ['app'] : []),
      ];
      expect(list(restrict['roleIds'])).toEqual(roles.map((key) => IDS.roles[key]));
      expect(restrict['accountIds']).toBe(actors.some((one) => one.reporter) ? 'allow-reporter' : undefined);
      expect(list(restrict['allowUserCustomFields'])).toEqual([...new Set(actors.flatMap((one) => one.fields))].map((key) => IDS.fields[key]));
      expect(Object.keys(restrict)).not.toHaveLength(0);
    }
  });

  it('offer Resume only to where the work item came from', () => {
    for (const { transition, payload } of pairs) {
      const previous = payload.conditions?.conditions.filter((one) => one.ruleKey === 'system:previous-status-condition') ?? [];
      expect(previous.map((one) => [one.parameters['previousStatusIds'], one.parameters['mostRecentStatusOnly'], one.parameters['not']])).toEqual(
        transition.kind === 'resume' ? [[IDS.statuses[transition.to], 'true', 'false']] : [],
      );
    }
  });

  it('carry one gate and one question about the person where a rule needs it, and one post function where something follows', () => {
    for (const { type, transition, payload } of pairs) {
      const validators = payload.validators.filter((one) => one.ruleKey === 'forge:expression-validator');
      const of = (ari: string) => validators.filter((one) => one.parameters['key'] === ari);
      const [gates, whos] = [of('ari:gate'), of('ari:who')];
      expect(gates.length + whos.length).toBe(validators.length);
      const afters = payload.actions.filter((one) => one.ruleKey === 'forge:workflow-post-function');
      expect(gates).toHaveLength(transition.rules.some((id) => carriersOf(id).includes('gate')) ? 1 : 0);
      expect(whos).toHaveLength(transition.rules.some((id) => RULES[id].who) ? 1 : 0);
      expect(afters).toHaveLength(transition.after.length > 0 ? 1 : 0);
      for (const rule of whos) {
        const config = whoConfig.parse(JSON.parse(rule.parameters['config'] ?? ''));
        expect(config.expression).toBe(whoExpression(transition, IDS));
        expect(config.expression).not.toBe('true');
      }
      expect(new Set([...validators, ...afters].map((one) => one.id)).size).toBe(validators.length + afters.length);
      for (const rule of [...validators, ...afters]) {
        expect(rule.parameters).toMatchObject({ disabled: 'false', tag: '', id: rule.id });
        const config = rule.parameters['config'] ?? '';
        expect(Buffer.byteLength(config)).toBeLessThan(RULE_CONFIG_LIMIT);
        expect(ruleConfig.parse(JSON.parse(config))).toMatchObject({
          type,
          transition: transition.key,
          fields: IDS.fields,
          statuses: IDS.statuses,
          workTypes: IDS.workTypes,
        });
      }
    }
  });

  it('say the sentence of V16 on Pause, and set and clear resolutions', () => {
    for (const { transition, payload } of pairs) {
      const required = payload.validators.filter((one) => one.ruleKey === 'system:validate-field-value');
      expect(required.map((one) => [one.parameters['ruleType'], one.parameters['fieldsRequired'], one.parameters['errorMessage']])).toEqual(
        transition.key === 'pause' ? [['fieldRequired', `${IDS.fields['waitingFor']},${IDS.fields['waitingUntil']}`, RULES.V16.sentence]] : [],
      );
      const updates = payload.actions.filter((one) => one.ruleKey === 'system:update-field').map((one) => one.parameters);
      const value = transition.resolution === 'clear' ? '' : IDS.resolutions[transition.resolution ?? ''];
      expect(updates).toEqual([
        ...(transition.resolution ? [{ field: 'resolution', value, mode: 'replace' }] : []),
        ...(transition.clears ?? []).map((key) => ({ field: IDS.fields[key], value: '', mode: 'replace' })),
      ]);
      // What V16 asks for is empty whenever Pause is taken, so a former answer never counts.
      if (transition.kind === 'resume') expect(updates).toHaveLength(2);
    }
  });

  it('ask exactly what the method asks, on a shared screen', () => {
    for (const { transition, payload } of pairs) {
      const id = payload.transitionScreen?.parameters.screenId;
      const shown = BLUEPRINT.screens.find((one) => IDS.screens[one.key] === id);
      expect(shown && names(shown)).toEqual(transition.screen);
    }
    const asked = BLUEPRINT.screens.filter((one) => one.key.startsWith('ask.')).map((one) => names(one).join());
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('screens', () => {
  const SYSTEM = ['summary', 'description', 'reporter', 'priority', 'labels', 'issuelinks'];

  it.each(WORK_TYPE_KEYS)('of %s hold exactly its fields', (type) => {
    const carried = FIELD_KEYS.filter((key) => field(key).on.includes(type));
    expect(names(screen(`create.${type}`))).toEqual([...SYSTEM, ...carried.filter((key) => field(key).create)]);
    expect(names(screen(`view.${type}`))).toEqual([...SYSTEM, 'assignee', 'duedate', ...carried]);
  });

  it('ask on the way only for fields that the work type carries', () => {
    for (const { type, transition } of pairs) for (const key of transition.screen ?? []) expect(field(key).on).toContain(type);
  });
});

describe('the blueprint', () => {
  it('holds the whole method, each name once', () => {
    expect(BLUEPRINT).toMatchObject({
      linkTypes: { length: 5 },
      roles: { length: 8 },
      workTypes: { length: 8 },
      statuses: { length: 14 },
      resolutions: { length: 9 },
    });
    expect(BLUEPRINT.fields).toHaveLength(FIELD_KEYS.length);
    expect(BLUEPRINT.statuses.map((one) => one.name)).toEqual(Object.values(STATUSES).map((one) => one.name));
    for (const items of [BLUEPRINT.fields, BLUEPRINT.screens, BLUEPRINT.workTypes, BLUEPRINT.roles, BLUEPRINT.resolutions]) {
      expect(new Set(items.map((one) => one.name.toLowerCase())).size).toBe(items.length);
    }
    // Jira's limits of names (OpenAPI: createIssueType, CreateResolutionDetails, ScreenDetails).
    for (const { name } of [...BLUEPRINT.workTypes, ...BLUEPRINT.resolutions]) expect(name.length).toBeLessThanOrEqual(60);
    for (const { name } of [...BLUEPRINT.screens, ...BLUEPRINT.fields]) expect(name.length).toBeLessThanOrEqual(255);
    expect(BLUEPRINT.workflows.map((one) => one.transitions.length)).toEqual(WORK_TYPE_KEYS.map((type) => WORKFLOWS[type].transitions.length + 1));
  });
});
