/** What the agreement panel says of times, targets and stops. Pure. */
import type { WorkAgreementView, WorkTarget } from '../../src/contract';
import type { Tone } from '../shared/kinds';
import { MINUTE, momentToTheMinute, span } from '../shared/time';

/** 4 h, 30 min, 1 h 30. */
export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${String(rest)} min`;
  return rest === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(rest).padStart(2, '0')}`;
}

const late = (ms: number): string => `${span(ms)} late`;

/** What is left, or how it went: 1 h 55 left, 25 min late, in 6 min. */
export function leftWords({ state, verdict, left, due, took }: WorkTarget, now: number): { text: string; tone: Tone } {
  if (state === 'over') return { text: 'Ended without it', tone: 'neutral' };
  if (state === 'stopped') {
    const text = took === undefined ? 'Done' : `In ${span(took)}`;
    return { text, tone: verdict === 'missed' ? 'danger' : 'success' };
  }
  const rest = left ?? (due === undefined ? undefined : due - now);
  if (rest === undefined) return { text: 'No date yet', tone: 'neutral' };
  if (rest < 0) return { text: late(-rest), tone: 'danger' };
  return { text: `${span(rest)} left`, tone: verdict === 'atRisk' ? 'warning' : 'neutral' };
}

/** The word in the head: of the customer's promise that counts now. */
export function headWords(view: WorkAgreementView, now: number): { text: string; tone: Tone } | undefined {
  const theirs = view.targets.filter(({ whose }) => whose === 'customer');
  const open = theirs.find(({ kind, state }) => kind === 'respond' && state === 'running');
  const one = theirs.find(({ kind }) => kind === 'deliver') ?? open ?? theirs[0] ?? view.targets[0];
  if (!one) return undefined;
  if (one.state === 'paused') return { text: 'Clock stopped', tone: 'information' };
  const words = leftWords(one, now);
  return words.tone === 'neutral' && one.state === 'running' ? { ...words, tone: 'information' } : words;
}

/** 09:30 to 09:50; since 09:30. */
export const stopWords = ({ from, to }: WorkAgreementView['stops'][number], now: number): string =>
  to === undefined ? `since ${momentToTheMinute(from, now)}` : `${momentToTheMinute(from, now)} to ${momentToTheMinute(to, now)}`;

/** Why net is less than gross. */
export function stopsText({ stops, net, gross }: WorkAgreementView, now: number): { lead: string; text: string } | undefined {
  if (stops.length === 0) return undefined;
  const open = stops.find(({ to }) => to === undefined);
  const times = stops.map((one) => stopWords(one, now)).join(', ');
  if (open) return { lead: `Clock stopped ${stopWords(open, now)}`, text: 'We wait for the customer. The date moves on until they have answered.' };
  const out = (gross ?? 0) - (net ?? 0);
  return { lead: out >= MINUTE ? `${span(out)} not counted` : 'Nothing left out', text: `(${times}): waiting for the customer.` };
}

export interface Scale {
  /** Width in percent of the whole. */
  net: number;
  over: number;
  gross: number;
  lines: { at: number; amount: string; whose: WorkTarget['whose'] }[];
}

/** One scale for net and gross with the lines of both targets; undefined where no time was promised. */
export function scaleOf({ targets, net = 0, gross = 0 }: WorkAgreementView): Scale | undefined {
  const promised = targets.filter((one) => one.kind === 'deliver' && one.minutes !== undefined);
  const limit = (promised.find(({ whose }) => whose === 'customer')?.minutes ?? 0) * MINUTE;
  if (limit === 0) return undefined;
  const whole = Math.max(limit * 1.35, net * 1.1, gross * 1.1);
  const part = (ms: number): number => Math.round((ms / whole) * 1_000) / 10;
  return {
    net: part(Math.min(net, limit)),
    over: part(Math.max(0, net - limit)),
    gross: part(gross),
    lines: promised.map(({ minutes = 0, whose }) => ({
      at: part(minutes * MINUTE),
      amount: minutesWords(minutes),
      whose,
    })),
  };
}
