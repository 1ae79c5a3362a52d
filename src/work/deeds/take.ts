/** A deed: facts first, as the person; then the step, as the person. Sent again after a kill, it goes on where it ended. */
import type { DeedAnswer, DeedRequest } from '../../contract';
import { JiraError } from '../../jira/client';
import { type FieldKey, type Transition, WORKFLOWS, workType, type WorkTypeKey } from '../../method';
import { Fault } from '../../platform/errors';
import type { Installed } from '../../setup/model';
import { editItem, move, readItem } from '../jira';
import { entry, type WorkItem } from '../model';
import { processPanel } from '../panel';
import { receiptsOf } from '../receipts';
import { typeOf } from '../settle';
import type { Conduct } from '../view';
import { type Made, makeFollowUps } from './follow-ups';
import { recordProof } from './proof';
import { encodeAssignee, encodeValue } from './values';

type Values = DeedRequest['values'];

export function stepOf(type: WorkTypeKey, key: string): Transition {
  const found = WORKFLOWS[type].transitions.find((one) => one.key === key);
  if (!found) throw new Fault('person.input', `${workType(type).name} has no such step. Open USM process again.`);
  return found;
}

/** This person took the step before: the answer was lost, or the call came twice. */
function isTaken(item: WorkItem, transition: Transition, me: string): boolean {
  const last = item.changes[entry(item).index];
  return item.status === transition.to && last?.by?.accountId === me && last.status?.from !== undefined && transition.from.includes(last.status.from);
}

/** What the step's own screen asks goes with the step, so that a refusal leaves nothing; all other facts are recorded before it. */
function sorted(values: Values, transition: Transition | undefined) {
  const facts: Partial<Record<FieldKey, unknown>> = {};
  const withStep: Partial<Record<FieldKey, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'assignee' || value === undefined) continue;
    const key = name as FieldKey;
    (transition?.screen?.includes(key) ? withStep : facts)[key] = encodeValue(key, value);
  }
  const system = values.assignee === undefined ? {} : { assignee: encodeAssignee(values.assignee) };
  return { facts, withStep, system };
}

/** Jira's refusal as text; undefined when it is recorded. */
async function record(item: WorkItem, facts: Partial<Record<FieldKey, unknown>>, system: Record<string, unknown>, site: Installed) {
  if (Object.keys(facts).length + Object.keys(system).length === 0) return undefined;
  try {
    await editItem(item.key, facts, system, site, 'person');
    return undefined;
  } catch (thrown) {
    if (thrown instanceof JiraError && thrown.status < 500) return [...thrown.messages, ...Object.values(thrown.fields)].join('\n');
    throw thrown;
  }
}

const PATIENCE = { tries: 12, pauseMs: 400 };
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, PATIENCE.pauseMs));

/** The same call, sent twice at once: then the other one took the step, or is about to. */
async function isTakenByTwin(item: WorkItem, transition: Transition, me: string, busy: boolean, site: Installed): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    if (isTaken(await readItem('person', item.id, site), transition, me)) return true;
    if (!busy || attempt === PATIENCE.tries) return false;
    await pause();
  }
}

/** The work item that goes on under its right name is made by what follows the step. */
async function reclassified(itemId: string): Promise<Made[]> {
  for (let attempt = 1; attempt <= PATIENCE.tries; attempt += 1) {
    const found = (await receiptsOf(itemId)).find((one) => one.kind === 'reclassification' && one.childKey !== undefined);
    if (found?.childKey !== undefined) return [{ key: found.childKey, typeName: workType(found.type).name }];
    await pause();
  }
  return [];
}

export async function takeDeed(itemId: string, me: string, request: DeedRequest, site: Installed, conduct: Conduct): Promise<DeedAnswer> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  if (!type) return { state: 'notUsm', typeName: item.typeName };
  const transition = request.transition === undefined ? undefined : stepOf(type, request.transition);
  const taken = transition !== undefined && !transition.from.includes(item.status) && isTaken(item, transition, me);
  if (transition && !taken && !transition.from.includes(item.status)) {
    throw new Fault('person.conflict', `${item.key} has moved on, so ${transition.name} is no step from here. Look at USM process.`);
  }
  const { facts, withStep, system } = sorted(request.values, transition);
  if (!taken) {
    const text = await record(item, facts, system, site);
    if (text !== undefined) return { state: 'refused', text, made: [] };
    await recordProof(item, request.proof, me);
  }
  const made = await makeFollowUps(item, request.followUps, me, site);
  if (transition && !taken) {
    const own = Object.fromEntries(Object.entries(withStep).map(([key, value]) => [site.fields[key as FieldKey], value]));
    const outcome = await move('person', item.key, transition.id, own);
    if (!outcome.moved && !(await isTakenByTwin(item, transition, me, outcome.busy, site))) return { state: 'refused', text: outcome.text, made };
  }
  const anew = transition?.after.includes('reclassify') ? await reclassified(item.id) : [];
  return { state: 'done', made: [...made, ...anew], panel: await processPanel(item.id, me, site, conduct) };
}
