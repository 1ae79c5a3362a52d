/** The two sides of a receipt act on it: accept, return with a reason, answer a return, remind. Each act once, one act at a time, by those who may. */
import { assignIssue } from 'jira.js/cloud';
import type { AcceptRequest, AnswerRequest, ReceiptForm, ReturnReason, ReturnRequest } from '../contract';
import { toAdf } from '../jira/adf';
import { jira, JiraError } from '../jira/client';
import { type FIELDS, handoffsFrom, STATUSES, summaryOf, transitionOf, workType, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { lease } from '../platform/lease';
import type { Installed } from '../setup/model';
import { followAccepted } from './follow';
import { asMoment, choices, editItem, editsAsPerson, move, readItem } from './jira';
import type { Manners } from './manners';
import { coordinatorOf, entry, type WorkItem } from './model';
import { nameOf } from './people';
import { append, isTurn, markCarriedOut, type NewNote, type Note, notesOf, seenOf } from './receipt-notes';
import { type Receipt, receiptWithId, recordAskedAgain, recordReturned } from './receipts';
import { isOfferedAccept, REMIND_EVERY_MS, standingReturn, standsForAsker } from './record';
import { recordHandoff } from './ledger';
import { mirror } from './mirror';
import { settle, typeOf } from './settle';
import { tell } from './tell';
import { ownerOf } from './view';

/** What became of the act, in words; `refused`: a rule of the step is not met. */
export type Received = { state: 'done'; told: string } | { state: 'refused'; text: string };

/** A receipt whose child exists, with its record. */
interface Scene {
  receipt: Receipt & { childId: string; childKey: string };
  notes: readonly Note[];
}

/** The site's objects, and how it tells people. */
export interface OnSite {
  site: Installed;
  manners: () => Promise<Manners>;
}

const MINUTE = 60_000;

/** "just now", "1 min ago", "3 h ago", "2 days ago" */
function ago(at: number): string {
  const minutes = Math.floor(Math.max(0, now() - at) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${String(days)} days ago`;
}

const DID: Partial<Record<Note['kind'], string>> = {
  accepted: 'accepted it',
  returned: 'returned it',
  askedAgain: 'asked again',
  withdrawn: 'withdrew what was asked',
  failed: 'ended it',
  fulfilled: 'confirmed it',
  askerGone: 'deleted the work item that asked',
};

const overtaken = (who: string, did: string, at: number): Fault =>
  new Fault('person.conflict', `${who} ${did} ${ago(at)}. Look at what has changed, then decide anew.`);

/** Somebody added to the record since this person looked. */
async function overtakenIn(notes: readonly Note[]): Promise<Fault> {
  const turn = notes.findLast(isTurn);
  if (!turn) return new Fault('person.conflict', 'This has changed meanwhile. Look at it again.');
  return overtaken(await nameOf(turn.who), DID[turn.kind] ?? 'changed it', turn.at);
}

/** The child has moved on: by its last step, which may be younger than the record. */
function movedOn(child: WorkItem): Fault {
  const { at, by } = entry(child);
  const did = child.status === 'accepted' ? 'accepted it' : `moved ${child.key} to ${STATUSES[child.status].name}`;
  return overtaken(by?.name ?? 'Somebody', did, at);
}

async function sceneOf(id: string): Promise<Scene> {
  const [receipt, notes] = await Promise.all([receiptWithId(id), notesOf(id)]);
  if (receipt?.childId === undefined || receipt.childKey === undefined) {
    throw new Fault('person.notFound', 'There is nothing to answer here yet. Look at the work item again in a minute.');
  }
  return { receipt: { ...receipt, childId: receipt.childId, childKey: receipt.childKey }, notes };
}

const PATIENCE = { tries: 12, pauseMs: 300 };

/** One act at a time on one receipt: who comes at the same moment waits, and then meets what the other has done. */
async function alone<T>(id: string, act: () => Promise<T>): Promise<T> {
  const own = lease(`receipt:${id}`);
  for (let attempt = 1; !(await own.take()); attempt += 1) {
    if (attempt === PATIENCE.tries) {
      throw new Fault('person.conflict', 'Somebody else is answering this at this moment. Look at it again in half a minute.');
    }
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
  try {
    return await act();
  } finally {
    await own.release();
  }
}

/** The child as this person reads it, with the steps Jira offers them. */
const readMine = ({ receipt }: Scene, site: Installed): Promise<WorkItem> => readItem('person', receipt.childId, site, true);

/** Still to be accepted, and by this person. */
async function mustBeMine(child: WorkItem, { receipt, notes }: Scene, seen: number, site: Installed): Promise<void> {
  if (child.status !== 'registered') throw movedOn(child);
  if (seenOf(notes) !== seen) throw await overtakenIn(notes);
  if (!isOfferedAccept(child, typeOf(child, site) ?? receipt.type)) {
    throw new Fault('person.forbidden', `Jira does not offer you to accept ${child.key}. A coordinator of this space accepts or returns it.`);
  }
}

/** Makes whoever accepted the assignee, if nobody is. Answers what Jira said against it. */
async function takeOn(child: WorkItem, me: string): Promise<string | undefined> {
  if (child.assignee) return undefined;
  try {
    await assignIssue(jira('person'), { issueIdOrKey: child.key, accountId: me });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof JiraError)) throw thrown;
    return thrown.messages.join(' ') || Object.values(thrown.fields).join(' ');
  }
}

/** T1 as the person. Jira decides between two who accept at once; only who was let through becomes assignee. */
export const accept = (me: string, { receipt: id, seen }: AcceptRequest, { site }: OnSite): Promise<Received> =>
  alone(id, async () => {
    const scene = await sceneOf(id);
    const child = await readMine(scene, site);
    const already = child.status === 'accepted' && entry(child).by?.accountId === me;
    if (!already) {
      await mustBeMine(child, scene, seen, site);
      const step = transitionOf(typeOf(child, site) ?? scene.receipt.type, 'accept');
      const outcome = await move('person', child.key, step.id);
      if (!outcome.moved) {
        const after = await readItem('person', child.id, site);
        if (after.status !== 'registered') throw movedOn(after);
        return { state: 'refused', text: outcome.text };
      }
    }
    await followAccepted(child.id, now(), me);
    const unassigned = await takeOn(child, me);
    const told = `${child.key} is accepted${unassigned === undefined ? ' and in your hands' : `. Jira did not make you its assignee: ${unassigned}`}.`;
    return { state: 'done', told };
  });

export const REASONS: Record<ReturnReason, string> = {
  missing: 'something is missing',
  notReadyByThen: 'not ready by then',
  notOurs: 'not ours',
  anotherKind: 'another kind of work',
};

const proposalText = ({ readyBy, team, type }: Pick<NewNote, 'readyBy' | 'team' | 'type'>): string => {
  if (readyBy !== undefined) return ' Another time is proposed.';
  if (team) return ` Proposed: ${team.name}.`;
  return type ? ` Proposed: ${workType(type).name}.` : '';
};

/** What follows a line of the record; each part can run again, since an earlier run may have died in the middle. */
async function carryOut(receipt: Scene['receipt'], note: Note, how: OnSite): Promise<void> {
  if (receipt.noted >= note.seq) return;
  if (note.kind === 'returned') await tellReturned(receipt, note, how);
  if (note.kind === 'askedAgain') await askAnew(receipt, note, how);
  if (note.kind === 'withdrawn') await withdraw(receipt, note, how);
  await markCarriedOut(note);
}

async function mirrorBoth(receipt: Scene['receipt'], site: Installed): Promise<void> {
  for (const id of [receipt.childId, receipt.parentId]) {
    const item = await readItem('app', id, site);
    const type = typeOf(item, site);
    if (type) await mirror(item, type, site);
  }
}

async function tellReturned(receipt: Scene['receipt'], note: Note, { site, manners }: OnSite): Promise<void> {
  await recordReturned(receipt.id);
  await recordHandoff(receipt, 'returned', note.at, note.who);
  const parent = await readItem('app', receipt.parentId, site);
  const to = coordinatorOf(parent) ?? parent.assignee ?? { accountId: receipt.askedBy, name: parent.names.get(receipt.askedBy) ?? 'you' };
  const text =
    `${receipt.childKey} came back${note.reason ? `, ${REASONS[note.reason]}` : ''}: “${note.text ?? ''}”${proposalText(note)} ` +
    `${parent.key} stays ${STATUSES[parent.status].name}. Answer it in USM process.`;
  if ((await manners()).tells('returned')) await tell({ id: note.act, key: parent.key, kind: 'returned', to: [to], text });
  await mirrorBoth(receipt, site);
}

async function askAnew(receipt: Scene['receipt'], note: Note, { site, manners }: OnSite): Promise<void> {
  const { team, readyBy, text: what } = note;
  await editItem(
    receipt.childKey,
    { ...(team && { solutionTeam: { id: team.id } }), ...(readyBy !== undefined && { dueBy: asMoment(readyBy) }) },
    what === undefined ? {} : { summary: summaryOf(what), description: toAdf(what) },
    site,
  );
  await recordAskedAgain(receipt.id, { team, readyBy, what });
  const returnedBy = (await notesOf(receipt.id)).findLast((one) => one.kind === 'returned' && one.seq < note.seq)?.who;
  const changed = [
    team && `asked is now ${team.name}`,
    readyBy !== undefined && 'there is a new time',
    what !== undefined && 'what is asked has changed',
  ];
  const text = `${receipt.childKey} is asked again: ${changed.filter((one) => typeof one === 'string').join(', ')}. Accept or return it in USM process.`;
  const to = team || returnedBy === undefined ? [] : [{ accountId: returnedBy, name: await nameOf(returnedBy) }];
  if ((await manners()).tells('askedAgain')) await tell({ id: note.act, key: receipt.childKey, kind: 'askedAgain', to, text, aloud: true });
  await recordHandoff(receipt, 'asked', note.at, note.who);
  await mirrorBoth(receipt, site);
}

const WITHDRAWN: (typeof FIELDS.reason.options)[number] = 'No longer needed';

async function withdraw(receipt: Scene['receipt'], note: Note, { site, manners }: OnSite): Promise<void> {
  const child = await readItem('app', receipt.childId, site);
  if (child.status !== 'cancelled') {
    const step = transitionOf(typeOf(child, site) ?? receipt.type, 'withdraw');
    const fields = {
      [site.fields.reason]: { value: WITHDRAWN },
      [site.fields.reasonText]: toAdf(note.text ?? 'No longer needed.'),
    };
    const outcome = await move('app', child.key, step.id, fields);
    if (!outcome.moved && (await readItem('app', child.id, site)).status !== 'cancelled') throw new Fault('person.conflict', outcome.text);
  }
  await settle(receipt.parentId, site, manners);
}

/** Writes the line after what the person has seen, and does what follows from it. */
async function turn({ receipt, notes }: Scene, note: NewNote, seen: number, how: OnSite): Promise<void> {
  const known = notes.some((one) => one.act === note.act);
  if (!known && !(await append(note, { seen }))) throw await overtakenIn(await notesOf(receipt.id));
  const written = (await notesOf(receipt.id)).find((one) => one.act === note.act);
  if (written) await carryOut(receipt, written, how);
}

interface Parent {
  item: WorkItem;
  type: WorkTypeKey;
}

async function parentOf(receipt: Receipt, site: Installed): Promise<Parent> {
  const item = await readItem('app', receipt.parentId, site);
  const type = typeOf(item, site);
  if (!type)
    throw new Fault('person.conflict', `${item.key} does not follow USM any more, so nobody there can answer. Decline the work item instead.`);
  return { item, type };
}

/** What the parent may ask for, but for what was asked. */
const otherKinds = (parent: WorkTypeKey, asked: WorkTypeKey): WorkTypeKey[] =>
  handoffsFrom(parent)
    .map((one) => one.to)
    .filter((type) => type !== asked);

async function proposal(
  receipt: Scene['receipt'],
  parent: Parent,
  { reason, readyBy, team: teamId, type }: ReturnRequest,
  site: Installed,
): Promise<Pick<NewNote, 'readyBy' | 'team' | 'type'>> {
  switch (reason) {
    case 'missing':
      return {};
    case 'notReadyByThen':
      if (readyBy === undefined || readyBy <= now()) throw new Fault('person.input', 'Say when it can be ready; the moment lies ahead.');
      return { readyBy };
    case 'notOurs': {
      const team = (await choices(receipt.childKey, 'solutionTeam', site)).find((one) => one.id === teamId);
      if (!team || team.id === receipt.team?.id) throw new Fault('person.input', 'Name the team whose it is.');
      return { team };
    }
    case 'anotherKind': {
      const kinds = otherKinds(parent.type, receipt.type);
      if (!type || !kinds.includes(type)) {
        const names = kinds.map((one) => workType(one).name).join(' or ');
        throw new Fault('person.input', `Say what it is. From ${workType(parent.type).name} this can be ${names || 'nothing else'}.`);
      }
      return { type };
    }
  }
}

/** Back with a reason: the child stays Registered, the parent where it is, and the asking side is told. */
export const giveBack = (me: string, request: ReturnRequest, how: OnSite): Promise<Received> =>
  alone(request.receipt, async () => {
    const { site } = how;
    const scene = await sceneOf(request.receipt);
    const { receipt } = scene;
    if (!scene.notes.some((one) => one.act === request.act)) await mustBeMine(await readMine(scene, site), scene, request.seen, site);
    const parent = await parentOf(receipt, site);
    const proposed = await proposal(receipt, parent, request, site);
    const { act, reason, text } = request;
    await turn(scene, { act, receiptId: receipt.id, kind: 'returned', at: now(), who: me, reason, text, ...proposed }, request.seen, how);
    const to = coordinatorOf(parent.item)?.name ?? parent.item.assignee?.name ?? (await nameOf(receipt.askedBy));
    return {
      state: 'done',
      told: `${receipt.childKey} went back. ${to} is told, and ${parent.item.key} stays ${STATUSES[parent.item.status].name}.`,
    };
  });

/** The parent as this person reads it, for whom they may speak. */
async function asAsker(receipt: Receipt, me: string, site: Installed): Promise<WorkItem> {
  const parent = await readItem('person', receipt.parentId, site);
  if (standsForAsker(receipt, parent, me) || (await editsAsPerson(parent.id))) return parent;
  throw new Fault('person.forbidden', `Only whoever asked, or steers or may edit ${parent.key}, can do this. ${parent.key} names its coordinator.`);
}

async function askedAgainNote(
  receipt: Scene['receipt'],
  me: string,
  request: AnswerRequest & { how: 'askAgain' },
  site: Installed,
): Promise<NewNote> {
  const { act, readyBy, team: teamId, what } = request;
  if (readyBy === undefined && teamId === undefined && what === undefined) {
    throw new Fault('person.input', 'Nothing would be different. Change the time, the team or what is asked, or withdraw what was asked.');
  }
  if (readyBy !== undefined && readyBy <= now()) throw new Fault('person.input', 'This moment has passed. Choose a later one.');
  const team = teamId === undefined ? undefined : (await choices(receipt.childKey, 'solutionTeam', site)).find((one) => one.id === teamId);
  if (teamId !== undefined && !team) throw new Fault('person.input', 'That team is no longer in the list. Choose the team again.');
  return { act, receiptId: receipt.id, kind: 'askedAgain', at: now(), who: me, readyBy, team, text: what };
}

/** What the asking side says to a return: ask again with something changed, or take back what was asked. */
export const answerReturn = (me: string, request: AnswerRequest, how: OnSite): Promise<Received> =>
  alone(request.receipt, async () => {
    const { site } = how;
    const scene = await sceneOf(request.receipt);
    const { receipt, notes } = scene;
    const parent = await asAsker(receipt, me, site);
    if (!notes.some((one) => one.act === request.act)) {
      const child = await readItem('app', receipt.childId, site);
      if (child.status !== 'registered') throw movedOn(child);
      if (seenOf(notes) !== request.seen || !standingReturn(notes)) throw await overtakenIn(notes);
    }
    const note =
      request.how === 'askAgain'
        ? await askedAgainNote(receipt, me, request, site)
        : ({ act: request.act, receiptId: receipt.id, kind: 'withdrawn', at: now(), who: me, text: request.text } satisfies NewNote);
    await turn(scene, note, request.seen, how);
    return {
      state: 'done',
      told: request.how === 'askAgain' ? `${receipt.childKey} is asked again.` : `${receipt.childKey} is withdrawn. ${parent.key} goes back to work.`,
    };
  });

/** One comment with a mention, at most once an hour, however many press the button. */
export const remind = (me: string, { receipt: id, act }: AcceptRequest, { site, manners }: OnSite): Promise<Received> =>
  alone(id, async () => {
    const { receipt, notes } = await sceneOf(id);
    const parent = await asAsker(receipt, me, site);
    if (!(await manners()).tells('reminded')) {
      throw new Fault('person.refused', 'Reminders are switched off on this site. Talk to the team, or ask an administrator to switch them on.');
    }
    const child = await readItem('app', receipt.childId, site);
    if (STATUSES[child.status].category === 'DONE' || (child.status === 'registered' && standingReturn(notes))) {
      throw new Fault('person.conflict', `Nobody at ${child.key} has to move now. Look at what has changed.`);
    }
    const known = notes.some((one) => one.act === act);
    const line: NewNote = { act, receiptId: id, kind: 'reminded', at: now(), who: me };
    if (!known && !(await append(line, { quietSince: now() - REMIND_EVERY_MS }))) {
      const last = notes.findLast((one) => one.kind === 'reminded');
      throw new Fault('person.conflict', `${await nameOf(last?.who)} reminded them ${ago(last?.at ?? now())}. Once an hour is enough.`);
    }
    const party = receipt.team?.name ?? workType(receipt.type).name;
    const owner = ownerOf(child);
    const waiting = child.status === 'registered' ? 'has not been accepted yet' : 'is still waited for';
    const text = `${party} is reminded: ${child.key} ${waiting}, and ${parent.key} waits for it.`;
    await tell({ id: act, key: child.key, kind: 'reminded', to: owner ? [owner] : [], text, aloud: true });
    return { state: 'done', told: `${owner?.name ?? party} is reminded of ${child.key}.` };
  });

/** What the forms of both sides offer. */
export async function receiptForm(id: string, site: Installed): Promise<ReceiptForm> {
  const { receipt } = await sceneOf(id);
  await readItem('person', receipt.childId, site);
  const [teams, parent] = await Promise.all([choices(receipt.childKey, 'solutionTeam', site), parentOf(receipt, site)]);
  return { state: 'ok', teams, types: otherKinds(parent.type, receipt.type).map((type) => ({ type, name: workType(type).name })) };
}

/** A return, or an answer to one, that somebody began and nobody carried out. */
export const finishTurn = ({ receiptId, act }: Pick<Note, 'receiptId' | 'act'>, how: OnSite): Promise<void> =>
  alone(receiptId, async () => {
    const { receipt, notes } = await sceneOf(receiptId);
    const note = notes.find((one) => one.act === act);
    if (note) await carryOut(receipt, note, how);
  });
