/** Spaces that were there before USM run on copies of their schemes: their drift is told and repaired space by space. */
import { expect, it } from 'vitest';
import { holdClock } from '../../src/platform/clock';
import { installed } from '../../src/setup/model';
import { driftOn, look, mend } from './support/drift';
import { applyAll, runOn, target } from './support/setup';
import { freshSite } from './support/site';

it('an existing space that gets its old workflows back is told by its name, and put right with its work', async () => {
  const site = freshSite();
  const letGo = holdClock(() => site.clock.now().getTime());
  for (const [key, name] of [
    ['HELP', 'Helpdesk'],
    ['SHOP', 'Web shop'],
  ]) {
    await site.person.sendRequest({
      url: '/rest/api/3/project',
      method: 'POST',
      body: { key, name, projectTypeKey: 'software', leadAccountId: site.admin },
    });
  }
  const run = runOn(site);
  const ticking = setInterval(() => site.clock.advance(1), 1);
  await applyAll(run, target({ spaces: { kind: 'existing', keys: ['HELP', 'SHOP'] }, begin: 'enforce' }));
  clearInterval(ticking);
  const on = await driftOn(site, installed.parse(await run.installed.read()));
  expect(await look(on)).toEqual([]);

  const { id } = site.store.project('HELP') ?? { id: '' };
  await on.other.send('PUT', 'workflowscheme/project', { workflowSchemeId: '0', projectId: id });
  const found = await look(on);
  expect(found.map((one) => one.sentence)).toEqual(['The space Helpdesk (HELP) runs on other workflows']);
  await mend(on, [found[0]?.id ?? '']);
  expect(await look(on)).toEqual([]);
  expect(site.store.project('HELP')?.workflowSchemeId).toBe((await on.usm()).all.workflowScheme['HELP']);
  letGo();
});
