/** What has been filled in so far, what is still missing, and what is sent. Pure. */
import type { Ask, HandOverForm, HandOverRoute, RouteKey } from '../../src/contract';
import { fromInputs, MINUTE, span, toInputs } from '../shared/time';

export interface Draft {
  /** Stable while others come and go. */
  id: number;
  type?: RouteKey;
  team: string;
  date: string;
  time: string;
  what: string;
}

export const FIELDS = ['type', 'team', 'date', 'what'] as const;
export type FieldName = (typeof FIELDS)[number];
/** What is missing, and what to do, by field. */
export type Problems = Partial<Record<FieldName, string>>;

/** As many as one hand-over may ask for at once. */
export const ASKS_AT_MOST = 5;

/** Routes another draft has not taken. Several suppliers may be asked. */
export const routesLeft = (form: HandOverForm, drafts: readonly Draft[], own?: number): HandOverRoute[] =>
  form.routes.filter((route) => route.type === 'supplier' || !drafts.some((draft) => draft.id !== own && draft.type === route.type));

/** Who can be asked on a route. */
export const partiesOf = (form: HandOverForm, type: RouteKey | undefined): HandOverForm['teams'] =>
  type === 'supplier' ? form.suppliers : form.teams;

/** The one who is asked, as far as it was chosen. */
export const partyOf = (form: HandOverForm, { type, team }: Draft): string | undefined => partiesOf(form, type).find((one) => one.id === team)?.name;

/** Who is asked on a route before anybody has chosen. */
function usualParty(form: HandOverForm, type: RouteKey | undefined): string {
  const parties = partiesOf(form, type);
  return parties.find((one) => one.id === form.defaultTeam)?.id ?? (parties.length === 1 ? parties[0]?.id : undefined) ?? '';
}

/** Another route; whoever cannot be asked on it is asked no longer. */
export const onRoute = (form: HandOverForm, draft: Draft, type: RouteKey): Partial<Draft> => ({
  type,
  ...(partyOf(form, { ...draft, type }) === undefined && { team: usualParty(form, type) }),
});

/** A new draft with what the facts demand or leave no choice about. */
export function newDraft(form: HandOverForm, drafts: readonly Draft[]): Draft {
  const allowed = routesLeft(form, drafts).filter((route) => route.allowed);
  const type = (allowed.find((route) => route.suggested !== undefined) ?? (allowed.length === 1 ? allowed[0] : undefined))?.type;
  const { date, time } = form.readyBy === undefined ? { date: '', time: '' } : toInputs(form.readyBy);
  const team = usualParty(form, type);
  const id = Math.max(0, ...drafts.map((draft) => draft.id)) + 1;
  return { id, ...(type && { type }), team, date, time, what: drafts.length === 0 ? (form.what ?? '') : '' };
}

const WHAT_LEAST = 3;
const WHAT_MOST = 4000;

export function problemsOf(draft: Draft, now: number): Problems {
  const readyBy = fromInputs(draft.date, draft.time);
  const what = draft.what.trim();
  return {
    ...(!draft.type && { type: 'Choose who does it.' }),
    ...(!draft.team && { team: `Choose the ${draft.type === 'supplier' ? 'supplier' : 'team'} that is asked.` }),
    ...(readyBy === undefined && { date: 'Set the day and the time it has to be ready.' }),
    ...(readyBy !== undefined && readyBy <= now && { date: 'This moment has passed. Choose a later one.' }),
    ...(what.length < WHAT_LEAST && { what: 'Say what must be true at the end.' }),
    ...(what.length > WHAT_MOST && { what: `Use at most ${String(WHAT_MOST)} characters; put the rest into the description.` }),
  };
}

export const isComplete = (draft: Draft, now: number): boolean => Object.keys(problemsOf(draft, now)).length === 0;

/** Whether somebody would lose words by closing. */
export const isTyped = (drafts: readonly Draft[]): boolean => drafts.length > 1 || drafts.some((draft) => draft.what.trim() !== '');

/** Another one is offered once all are complete and a route is left. */
export const mayAddAnother = (form: HandOverForm, drafts: readonly Draft[], now: number): boolean =>
  drafts.length < ASKS_AT_MOST && drafts.every((draft) => isComplete(draft, now)) && routesLeft(form, drafts).some((route) => route.allowed);

/** The first place to go to: its draft and field. */
export function firstProblem(drafts: readonly Draft[], now: number): { id: number; field: FieldName } | undefined {
  for (const draft of drafts) {
    const problems = problemsOf(draft, now);
    const field = FIELDS.find((name) => problems[name] !== undefined);
    if (field) return { id: draft.id, field };
  }
  return undefined;
}

export function toAsks(drafts: readonly Draft[]): Ask[] {
  return drafts.flatMap(({ type, team, what, date, time }) => {
    const readyBy = fromInputs(date, time);
    return type ? [{ type, team, what: what.trim(), ...(readyBy !== undefined && { readyBy }) }] : [];
  });
}

/** How the moment asked for stands to the work item's own. */
export function fit(readyBy: number, dueBy: number): { ok: boolean; text: string } {
  if (readyBy > dueBy) return { ok: false, text: `${span(readyBy - dueBy)} too late` };
  return { ok: true, text: readyBy > dueBy - MINUTE ? 'Nothing to spare' : `${span(dueBy - readyBy)} to spare` };
}

/** What happens on the one button, in a sentence. */
export function consequence(form: HandOverForm, drafts: readonly Draft[]): string {
  const names = [...new Set(drafts.flatMap((draft) => partyOf(form, draft) ?? []))];
  const who = names.length === 0 ? 'the team' : names.join(' or ');
  const stays = form.staysIn ?? 'Realising';
  if (form.transitionName === undefined && stays !== 'Realising')
    return `${form.key} stays in ${stays}, and is not delivered before ${who} has ended this. You see in the chain how it stands.`;
  const moves = form.transitionName === undefined ? `${form.key} stays in Realising` : `${form.key} moves to Realising`;
  return `${moves} and wakes by itself when this is fulfilled. If ${who} ends it without delivery, it comes back to you.`;
}
