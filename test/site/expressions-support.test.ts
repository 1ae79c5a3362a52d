/** The table of what the evaluator has and has not: what it says must be what an expression on a site meets. */
import { describe, expect, it } from 'vitest';
import { expressionSupport } from '../../sandbox/jira/expressions/support';
import { world } from './jiraWorld';

const support = expressionSupport();
const typeNamed = (name: string) => support.types.find(({ type }) => type === name) ?? expect.fail(`no type ${name}`);

describe('the table of what expressions have here', () => {
  it('names every type once, with members that are there or missing, not both', () => {
    const names = support.types.map(({ type }) => type);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['String', 'List', 'Issue', 'User', 'ProjectRole', 'SecurityLevel', 'RichText', 'ChangelogItem']));
    for (const { members, missing } of support.types) expect(new Set([...members, ...missing]).size).toBe(members.length + missing.length);
    expect(typeNamed('Issue').missing).toContain('sprint');
    expect(typeNamed('EntityProperties').missing).toEqual(['updated()']);
    expect(typeNamed('List').members).toContain('flatMap()');
  });

  it('tells constructs and variables apart that are here from those that are not', () => {
    const of = (rows: { name: string; supported: boolean }[], wanted: boolean) => rows.filter(({ supported }) => supported === wanted);
    expect(of(support.constructs, false).map(({ name }) => name)).toContain('Loops');
    expect(of(support.constructs, true).map(({ name }) => name)).toContain('try, catch and throw');
    expect(of(support.variables, false).map(({ name }) => name)).toEqual(['app', 'board', 'sprint', 'serviceDesk', 'customerRequest']);
    expect(support.constructors).toEqual(expect.arrayContaining(['Date', 'Issue', 'RichText']));
  });

  it('is what people meet: what it has is read, what is missing fails by its name', async () => {
    const w = world();
    const key = await w.item();
    const ask = (expression: string) => w.send(w.admin, 'POST', '/rest/api/3/expression/evaluate', { expression, context: { issue: { key } } });
    for (const name of typeNamed('Issue').members.filter((one) => !one.endsWith('()'))) {
      expect([name, (await ask(`typeof issue.${name}`)).status]).toEqual([name, 200]);
    }
    for (const name of typeNamed('Issue').missing) {
      const { errorMessages } = (await (await ask(`issue.${name}`)).json()) as { errorMessages: string[] };
      expect(errorMessages.join()).toContain(`Issue.${name} is not supported by this site yet`);
    }
    for (const { example, supported } of support.constructs) expect([example, (await ask(example)).status]).toEqual([example, supported ? 200 : 400]);
  });
});
