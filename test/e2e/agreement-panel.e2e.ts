/** The agreement panel as somebody at work meets it: what was promised, how it stands, and another agreement chosen with a reason. */
import { create, fillIn, idle, move } from '../../sandbox/demo/acts';
import { bringIn } from '../site/support/agreed';
import { accountOf, firstCalendar, inForce, partiesAndServices } from '../site/support/promises';
import { expect, expectAccessible, openItem, test } from './support';

/** An SA in force binds everybody on the site, so this one has a site of its own. */
test.use({ siteOf: 'agreement-panel' });

test('the promise of a work item is read, and another agreement chosen with a reason', async ({ page, context, world, problems }) => {
  const { people } = world;
  const [calendar, keeper] = [await firstCalendar(world), await accountOf(people.lotte)];
  const shared = { customer: 'lucas', from: '2026-01-01', calendar };
  await bringIn(world, await partiesAndServices(world));
  await bringIn(world, {
    agreements: [
      inForce(
        { ...shared, id: 'SA-14', name: 'Ward network', terms: { own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 180 }] } } },
        keeper,
      ),
      inForce({ ...shared, id: 'SA-15', name: 'Telephony', deliver: 600, terms: { services: ['phone'] } }, keeper),
    ],
  });
  const { key } = await create(world, people.sofia, 'Incident', 'No network on ward 3B', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Impact: 'High',
    Urgency: 'Medium',
    Observed: 'Nothing connects.',
    Agreed: 'Every bed has a connection.',
  });
  await move(world, people.amira, key, 'Accept');
  await idle(world);
  await context.addCookies([{ name: 'site_person', value: encodeURIComponent(await accountOf(people.amira)), url: world.url }]);
  await openItem(page, world.url, key);
  const panel = page.frameLocator('iframe[title="Agreement"]');
  await expect(panel.getByText(/^Ward network works again within 4 h/)).toBeVisible();
  await expect(panel.getByRole('row', { name: /Restore, customer’s 4 h/ })).toBeVisible();
  await expect(panel.getByText('What this promise rests on')).toBeVisible();
  await expectAccessible(page);

  await fillIn(world, people.amira, key, { Urgency: 'Low' });
  await panel.getByRole('button', { name: 'Choose another agreement' }).click();
  await panel.getByRole('combobox', { name: 'Agreement' }).selectOption('SA-15');
  await panel.getByRole('button', { name: 'Choose agreement' }).click();
  await expect(panel.getByText('Say why this agreement applies.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Reason' }).fill('The phones run over it.');
  await panel.getByRole('button', { name: 'Choose agreement' }).click();
  await expect(panel.getByRole('heading', { name: 'SA-15 Telephony' })).toBeVisible();
  await expect(panel.getByText(/Chosen by Amira Haddad/)).toBeVisible();
  expect(problems).toEqual([]);
});
