/** Steps as people try them: refused in a rule's words, over REST and in Jira's bulk change where no screen asks; or let pass. */
import { expect } from 'vitest';
import type { ManualClock } from '../../../sandbox/clock';
import { fillIn, type Given, idle, move, tryMove } from '../../../sandbox/demo/acts';
import type { Visitor } from '../../../sandbox/demo/client';
import type { World } from '../../../sandbox/demo/world';
import type { RuleId } from '../../../src/method';

interface Way {
  id: string;
  name: string;
  hasScreen: boolean;
}
interface Issue {
  id: string;
  fields: { status: { name: string }; issuelinks: { outwardIssue?: { key: string } }[] };
}
interface Progress {
  status: string;
  processedAccessibleIssues?: number[];
  failedAccessibleIssues?: Record<string, string[]>;
}

export interface Tries {
  /** Rules that refused, and those of them that refused in bulk as well. */
  tried: Set<RuleId>;
  triedInBulk: Set<RuleId>;
  statusOf(key: string): Promise<string>;
  childOf(key: string): Promise<string>;
  inBulk(person: Visitor, key: string, transitionId: string): Promise<Progress>;
  /** `says`: by rule, what its sentence has to name. */
  refused(person: Visitor, key: string, name: string, says: Partial<Record<RuleId, string>>, given?: Given): Promise<void>;
  pass(person: Visitor, key: string, name: string, given?: Given): Promise<void>;
  give(key: string, given: Given): Promise<void>;
}

export function triesOn(world: World, clock: ManualClock): Tries {
  const { people } = world;
  const tried = new Set<RuleId>();
  const triedInBulk = new Set<RuleId>();
  const look = (key: string): Promise<Issue> => people.karel.ask('GET', `/rest/api/3/issue/${key}?fields=status,issuelinks`);
  const statusOf = async (key: string): Promise<string> => (await look(key)).fields.status.name;

  async function inBulk(person: Visitor, key: string, transitionId: string): Promise<Progress> {
    const { taskId } = await person.ask<{ taskId: string }>('POST', '/rest/api/3/bulk/issues/transition', {
      bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [key], transitionId }],
      sendBulkNotification: false,
    });
    const progress = (): Promise<Progress> => person.ask('GET', `/rest/api/3/bulk/queue/${taskId}`);
    const moved = async (): Promise<string> => {
      clock.advance(1_000);
      return (await progress()).status;
    };
    await expect.poll(moved, { timeout: 20_000 }).toBe('COMPLETE');
    return progress();
  }

  return {
    tried,
    triedInBulk,
    statusOf,
    inBulk,
    childOf: async (key) => (await look(key)).fields.issuelinks.flatMap((one) => one.outwardIssue?.key ?? [])[0] ?? '',
    async refused(person, key, name, says, given = {}) {
      const before = await statusOf(key);
      const { transitions } = await person.ask<{ transitions: Way[] }>('GET', `/rest/api/3/issue/${key}/transitions`);
      const way = transitions.find((one) => one.name === name);
      const one = await tryMove(world, person, key, name, given);
      expect(one.status, `${name} on ${key}`).toBe(400);
      const texts = [JSON.stringify(one.body)];
      if (way && !way.hasScreen) {
        const { processedAccessibleIssues, failedAccessibleIssues } = await inBulk(person, key, way.id);
        expect(processedAccessibleIssues).toEqual([]);
        texts.push(JSON.stringify(failedAccessibleIssues));
      }
      for (const [rule, sentence] of Object.entries(says) as [RuleId, string][]) {
        for (const text of texts) {
          expect(text).toContain(sentence);
          expect(text).toMatch(new RegExp(`\\(USM [^)]*${rule}`));
        }
        tried.add(rule);
        if (texts.length > 1) triedInBulk.add(rule);
      }
      expect(await statusOf(key)).toBe(before);
    },
    async pass(person, key, name, given = {}) {
      await move(world, person, key, name, given);
      await idle(world);
    },
    give: (key, given) => fillIn(world, people.amira, key, given),
  };
}
