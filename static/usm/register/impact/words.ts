/** What the picture and its tables say. Pure. */
import type { ImpactBox, ImpactDirection, ImpactGroup, ReachedService, RegisterImpact, SecondPath } from '../../../../src/contract';
import { counted } from '../../../setup/ui/words';
import type { MarkKind, Tone } from '../../../shared/kinds';
import { hours } from '../../agreements/words';
import { number } from '../words';
import type { View } from './view';

export const SECONDS: Readonly<Record<SecondPath, { mark: MarkKind; name: string; about: string }>> = {
  none: { mark: 'unmet', name: 'none', about: 'it stops' },
  half: { mark: 'later', name: 'half', about: 'part of it goes on, or it goes on with nothing to spare' },
  full: { mark: 'met', name: 'full', about: 'it goes on' },
};
/** Looking back: what the item has left when this one fails. */
export const CAUSES: Readonly<Record<SecondPath, string>> = {
  none: 'alone stops it',
  half: 'takes its reserve',
  full: 'it goes on',
};

export const GROUPS: Readonly<Record<ImpactGroup, string>> = {
  classAndPlace: 'by class and place',
  class: 'by class',
  place: 'by place',
  none: 'every item',
  step: 'by step',
};
export const DIRECTIONS: Readonly<Record<ImpactDirection, string>> = { onwards: 'what depends on it', back: 'what it depends on' };

export const restoreWords = (minutes: number): string => `${hours(minutes)} h`;

export function titleOf(name: string, { direction, also }: Pick<View, 'direction' | 'also'>): string {
  if (direction === 'back') return `What ${name} depends on`;
  return also.length === 0 ? `If ${name} stops` : `If ${name} and ${String(also.length)} more stop`;
}

const after = (level: number, direction: ImpactDirection): string => {
  const [once, next] = direction === 'onwards' ? ['Reached at once', 'Reached next'] : ['Needed at once', 'Needed next'];
  return level === 1 ? once : level === 2 ? next : `After ${String(level)} steps`;
};

export interface Layer {
  layer: number;
  name: string;
  about: string;
}

/** What stands above each column. */
export function layersOf({ boxes, people }: Pick<RegisterImpact, 'boxes' | 'people'>, direction: ImpactDirection): Layer[] {
  const layers = [...new Set(boxes.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.map((layer) => {
    const here = boxes.filter((box) => box.layer === layer);
    const count = here.reduce((sum, box) => sum + box.count, 0);
    if (here.some(({ kind }) => kind === 'start')) return { layer, name: count === 1 ? 'This item' : 'These items', about: '' };
    if (here.some(({ kind }) => kind === 'service')) return { layer, name: 'Services', about: number(count) };
    if (here.some(({ kind }) => kind === 'customer'))
      return { layer, name: 'Customers', about: `${counted(count, 'unit')}${people > 0 ? `, ${counted(people, 'person', 'people')}` : ''}` };
    return { layer, name: after(layer, direction), about: counted(count, 'item') };
  });
}

const placesText = (places: readonly string[]): string =>
  places.length === 0 ? '' : places.length === 1 ? (places[0] ?? '') : `${places.slice(0, 2).join(', ')}${places.length > 2 ? ' and more' : ''}`;

/** A box in two lines. */
export function boxWords(
  { kind, count, ref, class: of, places }: ImpactBox,
  { services, customers }: Pick<RegisterImpact, 'services' | 'customers'>,
): [string, string] {
  switch (kind) {
    case 'start':
    case 'items':
      if (ref) return [ref.id, ref.name];
      return [of ? `${number(count)} × ${of.name}` : counted(count, 'item'), placesText(places)];
    case 'service': {
      const agreement = services.find(({ service, agreement: one }) => (service?.id ?? one?.id) === ref?.id)?.agreement;
      const promise = agreement?.restore === undefined ? '' : `, P1 ${restoreWords(agreement.restore)}`;
      return [ref?.name ?? '', agreement ? `${agreement.id}${promise}` : 'no agreement in force'];
    }
    case 'customer': {
      const people = customers.find(({ id }) => id === ref?.id)?.people;
      return [ref?.name ?? '', people === undefined ? 'nobody named' : counted(people, 'person', 'people')];
    }
    case 'more':
      return [`${number(count)} more`, 'in the table'];
  }
}

/** For a screen reader, and under the picture. */
export function boxSentence(box: ImpactBox, answer: RegisterImpact, direction: ImpactDirection): string {
  const [title, about] = boxWords(box, answer);
  const left = box.second === undefined ? '' : direction === 'back' ? `, ${CAUSES[box.second]}` : `, second path: ${SECONDS[box.second].name}`;
  return `${title}${about === '' ? '' : `, ${about}`}${left}${box.shortest ? ', on the way to the shortest promise' : ''}`;
}

export const agreedWith = ({ agreement }: ReachedService): string =>
  agreement ? `${agreement.id}, ${agreement.customer.name}` : 'no agreement in force';

export interface Finding {
  tone: Exclude<Tone, 'neutral'>;
  title: string;
  text: string;
}

const LEFT: Readonly<Record<SecondPath, string>> = {
  none: 'has no second path',
  half: 'is not all that carries it: part of it goes on',
  full: 'has a second path',
};
const TONES = { none: 'danger', half: 'warning', full: 'success' } as const;

function backFinding({ items, total }: RegisterImpact): Finding {
  const alone = items.filter(({ second }) => second === 'none').length;
  const told = items.some(({ second }) => second !== undefined);
  if (total === 0)
    return { tone: 'information', title: 'It depends on nothing', text: 'The register knows no relation along which trouble could come.' };
  const title = `${counted(total, 'item')} may be behind it`;
  if (!told) return { tone: 'information', title, text: 'There are too many to try each of them alone. Take fewer steps.' };
  return {
    tone: alone > 0 ? 'warning' : 'success',
    title,
    text: alone > 0 ? `${counted(alone, 'of them stops it alone', 'of them stop it alone')}.` : 'None of them stops it alone.',
  };
}

/** The first thing to know, in words. */
export function findingOf(answer: RegisterImpact, direction: ImpactDirection): Finding {
  const { services, shortest, total, failing } = answer;
  if (direction === 'back') return backFinding(answer);
  const first = shortest === undefined ? undefined : services[shortest];
  if (first?.agreement?.restore !== undefined) {
    const { agreement, service, second, by } = first;
    return {
      tone: TONES[second],
      title: `Shortest promise: ${restoreWords(agreement.restore ?? 0)}${agreement.hours === undefined ? '' : `, ${agreement.hours}`}.`,
      text: `${service?.name ?? agreement.name}, ${agreement.id}. ${by} ${LEFT[second]}.`,
    };
  }
  if (services.length > 0)
    return {
      tone: 'warning',
      title: `${counted(new Set(services.map((one) => one.service?.id ?? one.agreement?.id)).size, 'service')} reached, nothing promised`,
      text: 'No agreement in force says how soon it has to be restored.',
    };
  if (total === 0)
    return { tone: 'information', title: 'Nothing depends on it', text: 'The register knows no relation along which trouble would travel.' };
  return {
    tone: 'information',
    title: `${counted(failing, 'item')} would stop, no service`,
    text: 'Nothing that is reached supports a service. Where that is wrong, relations are missing.',
  };
}

/** What is told in a Request for Change about what it reaches. */
export function changeLines({ start, services, customers, total, failing, workItems, overlaps }: RegisterImpact): string[] {
  const named = services.map(
    (one) =>
      `${one.service?.name ?? one.agreement?.name ?? ''} (${agreedWith(one)}${one.agreement?.restore === undefined ? '' : `, P1 ${restoreWords(one.agreement.restore)}`}), second path: ${SECONDS[one.second].name}`,
  );
  return [
    `What changes of ${start.map(({ key, name }) => `${key} ${name}`).join(', ')}, and why:`,
    `It reaches ${counted(total, 'item')}, of which ${number(failing)} would stop.`,
    ...(named.length > 0 ? [`Services: ${named.slice(0, 20).join('; ')}.`] : ['No service is known to be reached.']),
    ...(customers.length > 0
      ? [
          `To be told beforehand: ${customers
            .slice(0, 20)
            .map(({ name, tell }) => (tell === undefined ? name : `${name} (${tell})`))
            .join(', ')}.`,
        ]
      : []),
    ...(workItems.length > 0
      ? [
          `Work that is running there: ${workItems
            .slice(0, 20)
            .map(({ key }) => key)
            .join(', ')}.`,
        ]
      : []),
    ...overlaps.map(({ keys }) => `${keys[0]} and ${keys[1]} overlap.`),
  ];
}
