/** Answers of an item's form: what is wrong with them, and how they read in the description of a work item. Pure. */
import type { AgreementFinding, CatalogItem, FormField } from '../contract';
import { readyWords } from './words';

export type Answers = Readonly<Record<string, string | number>>;

/** As it was typed, without the spaces around; nothing is absent. */
const given = (answers: Answers, label: string): string | number | undefined => {
  const value = Object.hasOwn(answers, label) ? answers[label] : undefined;
  if (typeof value !== 'string') return value;
  return value.trim() === '' ? undefined : value.trim();
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const PERSON = /^[\w:.@-]{1,128}$/;

function wrongWith({ label, kind, choices }: FormField, value: string | number): string | undefined {
  switch (kind) {
    case 'choice':
      return choices.includes(String(value)) ? undefined : `Choose one of ${choices.join(', ')}.`;
    case 'number':
      return Number.isFinite(typeof value === 'number' ? value : Number(value)) ? undefined : `"${label}" is a number. Write it in figures.`;
    case 'date':
      return DAY.test(String(value)) && !Number.isNaN(Date.parse(String(value))) ? undefined : `"${label}" is a day. Choose one.`;
    case 'person':
      return PERSON.test(String(value)) ? undefined : 'Choose a person.';
    case 'text':
      return undefined;
  }
}

export function answersWrong({ fields }: Pick<CatalogItem, 'fields'>, answers: Answers): AgreementFinding[] {
  const known = new Set(fields.map(({ label }) => label));
  const strange = Object.keys(answers).filter((label) => !known.has(label));
  return [
    ...fields.flatMap((one): AgreementFinding[] => {
      const value = given(answers, one.label);
      if (value === undefined)
        return one.required ? [{ kind: 'required', text: `"${one.label}" is needed to do it. Fill it in.`, path: `answers.${one.label}` }] : [];
      const text = wrongWith(one, value);
      return text === undefined ? [] : [{ kind: 'answer', text, path: `answers.${one.label}` }];
    }),
    ...(strange.length > 0
      ? [{ kind: 'changed', text: 'The form has changed since you opened it. Load it again; what you typed is still here.', path: 'answers' }]
      : []),
  ];
}

const dayWords = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));

/** The day somebody chose against the one that is promised. */
export function wantedWrong(
  { delivery }: Pick<CatalogItem, 'delivery'>,
  wanted: string | undefined,
  first: string | undefined,
  today: string,
): AgreementFinding[] {
  if (wanted === undefined)
    return delivery.kind === 'agreedDate'
      ? [{ kind: 'required', text: 'Say by when you need it: the day is agreed with each request.', path: 'wanted' }]
      : [];
  const possible = first ?? today;
  if (wanted >= possible) return [];
  const ready = readyWords(delivery);
  const agreed = first === undefined ? 'That day is over' : `Agreed is ${ready.charAt(0).toLowerCase()}${ready.slice(1)}`;
  return [{ kind: 'early', text: `${agreed}: the first possible day is ${dayWords(possible)}.`, path: 'wanted' }];
}

export const peopleIn = ({ fields }: Pick<CatalogItem, 'fields'>, answers: Answers): string[] =>
  fields.flatMap(({ label, kind }) => (kind === 'person' ? String(given(answers, label) ?? '') : [])).filter((one) => one !== '');

/** Plain text: what was asked for, one answer a line. */
export function description(
  item: Pick<CatalogItem, 'title' | 'fields' | 'checklist'>,
  { answers, wanted, note, names }: { answers: Answers; wanted: string | undefined; note: string; names: ReadonlyMap<string, string> },
): string {
  const said = item.fields.flatMap(({ label, kind }) => {
    const value = given(answers, label);
    if (value === undefined) return [];
    if (kind === 'person') return `${label}: ${names.get(String(value)) ?? String(value)}`;
    return `${label}: ${kind === 'date' ? dayWords(String(value)) : String(value)}`;
  });
  return [
    `${item.title}, asked for in the catalog.`,
    ...said,
    ...(wanted === undefined ? [] : [`Needed on: ${dayWords(wanted)}`]),
    ...(note === '' ? [] : ['', note]),
    ...(item.checklist.length === 0 ? [] : ['', 'To do:', ...item.checklist.map((line) => `- ${line}`)]),
  ].join('\n');
}
