/** What is wrong with an item, as findings in words: what, why, what to do. Pure. */
import type { AgreementFinding, CatalogItem } from '../contract';

export interface Known {
  service: boolean;
  calendars: ReadonlySet<string>;
  /** The id of another item with this title. */
  sameTitle: string | undefined;
  /** As it was approved, if it was. */
  approvedTitle: string | undefined;
}

const finding = (kind: string, text: string, path: string): AgreementFinding => ({ kind, text, path });

/** Nothing of it is kept. */
export function contradictions(item: CatalogItem, known: Known): AgreementFinding[] {
  const { fields } = item;
  const labels = fields.map(({ label }) => label.toLowerCase());
  return [
    ...(known.sameTitle === undefined
      ? []
      : [finding('sameTitle', `"${known.sameTitle}" has this title already, and work items name an item by it. Choose another one.`, 'title')]),
    ...(known.approvedTitle !== undefined && known.approvedTitle !== item.title
      ? [finding('titleKept', `Work items name it "${known.approvedTitle}". Keep the title, or withdraw this one and make another.`, 'title')]
      : []),
    ...(item.automatic && item.type !== 'serviceRequest'
      ? [finding('automatic', 'Only a Service Request is accepted by itself. Take the mark away, or choose Service Request.', 'automatic')]
      : []),
    ...(item.approver && item.type !== 'serviceRequest'
      ? [
          finding(
            'approver',
            'The customer’s approval is asked before a Service Request is taken on (V38). Take it out, or choose Service Request.',
            'approver',
          ),
        ]
      : []),
    ...fields.flatMap(({ label, kind, choices }, index) => [
      ...(labels.indexOf(label.toLowerCase()) === index
        ? []
        : [finding('twice', `"${label}" is asked twice. Give each question a name of its own.`, `fields.${String(index)}.label`)]),
      ...(kind === 'choice' && choices.length < 2
        ? [finding('choices', `"${label}" lets nobody choose. Name at least two choices.`, `fields.${String(index)}.choices`)]
        : []),
    ]),
  ];
}

/** It is kept, and can not be approved before this is mended. */
export function hinders(item: CatalogItem, known: Known, today: string): AgreementFinding[] {
  const lacks: [keyof CatalogItem, string][] =
    item.type === 'rfc'
      ? [
          ['plan', 'the plan'],
          ['tests', 'the tests'],
          ['deployment', 'how it is put in place'],
          ['backOut', 'the way back'],
        ]
      : [];
  const missing = lacks.filter(([key]) => item[key] === '');
  return [
    ...(item.what === '' ? [finding('what', 'Say what people get: they decide by it.', 'what')] : []),
    ...(known.service ? [] : [finding('service', `The service "${item.service}" is not there. Choose one that is.`, 'service')]),
    ...missing.map(([key, name]) => ({
      ...finding('template', `A standard change is done as it was approved: write ${name}.`, key),
      rule: 'V47' as const,
    })),
    ...(item.calendar !== undefined && !known.calendars.has(item.calendar)
      ? [finding('calendar', `The calendar "${item.calendar}" is not there. Choose one of the settings.`, 'calendar')]
      : []),
    ...(item.validUntil !== undefined && item.validUntil < today
      ? [finding('over', 'Its last day has passed, so nobody could ask for it. Choose a later one.', 'validUntil')]
      : []),
  ];
}
