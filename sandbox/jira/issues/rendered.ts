/** `renderedFields`: texts as HTML and moments as people read them; everything else is null there. */
import { readableComments } from '../comments/readable';
import type { Jira } from '../rest';
import type { Field, Issue, Json, User } from '../store';
import { html } from '../values/html';
import { commentBean } from './beans';

const MOMENTS = new Set(['created', 'updated', 'resolutiondate', 'statuscategorychangedate']);

/** Jira's usual forms: 24/Nov/26, and 24/Nov/26 9:00 AM. */
function shownMoment(value: Json | undefined, zone: string, withTime: boolean): string | null {
  if (typeof value !== 'string') return null;
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    day: '2-digit',
    month: 'short',
    year: '2-digit',
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
  }).formatToParts(new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('day')}/${part('month')}/${part('year')}`;
  return withTime ? `${day} ${part('hour')}:${part('minute')} ${part('dayPeriod')}` : day;
}

function shownValue(field: Field | undefined, value: Json | undefined, zone: string): Json {
  if (!field) return null;
  if (field.kind === 'textarea' || field.id === 'description' || field.id === 'environment') return html(value);
  if (field.kind === 'datetime' || MOMENTS.has(field.id)) return shownMoment(value, zone, true);
  // a day is the same day everywhere
  if (field.kind === 'datepicker' || field.id === 'duedate') return shownMoment(value, 'Etc/UTC', false);
  return null;
}

function shownComments(jira: Jira, person: User | undefined, issue: Issue, zone: string) {
  const comments = readableComments(jira, person, issue).map((one) => {
    const bean = commentBean(jira, issue, one);
    return { ...bean, body: html(one.body), created: shownMoment(bean.created, zone, true), updated: shownMoment(bean.updated, zone, true) };
  });
  return { comments, maxResults: comments.length, total: comments.length, startAt: 0 };
}

/** The rendered form of the fields that an answer shows. */
export function renderedFields(jira: Jira, person: User | undefined, issue: Issue, fields: { [key: string]: Json }) {
  const zone = person?.timeZone ?? 'Etc/UTC';
  return Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [
      id,
      id === 'comment' ? shownComments(jira, person, issue, zone) : shownValue(jira.store.fields.get(id), value, zone),
    ]),
  );
}
