/** Parties: who agrees with whom. */
import type { Party } from '../../../src/contract';
import { party, PARTY_KINDS } from '../../../src/contract/agreements';
import { call } from '../agreements/call';
import { calendarOptions } from '../agreements/edit/choices';
import editing from '../editing/editing.module.css';
import { Check, Choice, Text } from '../editing/fields';
import { Pick, PickMany } from '../editing/pick';
import { ZONES } from '../editing/time-zones';
import { readBy } from './reading';
import { type FieldsProps, idFrom, said, type Spec } from './spec';

const KIND_NAMES: Readonly<Record<Party['kind'], string>> = { customer: 'Customer', team: 'Team', supplier: 'Supplier', partner: 'Partner' };

export type PartyForm = {
  id: string;
  name: string;
  kind: string;
  inside: string;
  parent: string;
  representatives: string[];
  requesters: string[];
  anyone: string;
  calendar: string;
  timeZone: string;
  contact: string;
};

const yes = (value: boolean): string => (value ? 'yes' : '');

const Fields = ({ calendars, isNew }: FieldsProps) => (
  <>
    <section className={editing['section']} aria-label="Who it is">
      <h2>Who it is</h2>
      <div className={editing['fields']}>
        <Text path="name" label="Name" optional={false} />
        {isNew && <Text path="id" label="Id" hint="Empty: made of the name. Agreements name it, so it stays for ever." />}
        <Choice path="kind" label="Kind" options={PARTY_KINDS.map((value) => ({ value, name: KIND_NAMES[value] }))} optional={false} />
        <Pick path="parent" label="A unit of" kind="party" none="stands by itself" />
      </div>
      <Check
        path="inside"
        label="Belongs to the organisation"
        hint="Between two that do, an internal agreement (OLA) is made; with one that does not, a supplier agreement (UC)."
      />
      <Text path="contact" label="Contact" rows={2} />
    </section>
    <section className={editing['section']} aria-label="Who speaks and asks for it">
      <h2>Who speaks and asks for it</h2>
      <PickMany
        path="representatives"
        label="Representatives: may accept an agreement for it"
        kind="person"
        one="a representative"
        none="nobody yet"
      />
      <PickMany path="requesters" label="May ask for what is agreed, besides them" kind="person" one="a person" none="nobody besides them" />
      <Check path="anyone" label="Whoever may use Jira may ask for it" />
    </section>
    <section className={editing['section']} aria-label="Its time">
      <h2>Its time</h2>
      <div className={editing['fields']}>
        <Choice path="calendar" label="Calendar" options={calendarOptions(calendars, 'not said')} />
        <Text path="timeZone" label="Time zone" list={ZONES} />
      </div>
    </section>
  </>
);

export const PARTIES: Spec<Party, PartyForm> = {
  path: 'parties',
  one: 'a party',
  bare: 'party',
  many: 'Parties',
  about: 'Customers, teams, suppliers and partners: whoever provides or is provided for.',
  none: 'An agreement is made between two parties: somebody provides, somebody is provided for. Begin with your own organisation, then a customer.',
  list: (asked) => call('records.parties', asked),
  save: (asked) => call('records.saveParty', asked),
  heads: ['Kind', 'Unit of', 'Representatives', 'Contact'],
  cells: ({ kind, inside, parent, representatives, contact }, nameOf) => [
    `${KIND_NAMES[kind]}, ${inside ? 'inside' : 'outside'}`,
    parent === undefined ? '' : nameOf(parent),
    representatives.map(nameOf).join(', '),
    contact,
  ],
  blank: () => ({
    id: '',
    name: '',
    kind: 'customer',
    inside: '',
    parent: '',
    representatives: [],
    requesters: [],
    anyone: '',
    calendar: '',
    timeZone: '',
    contact: '',
  }),
  formOf: (row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    inside: yes(row.inside),
    parent: row.parent ?? '',
    representatives: [...row.representatives],
    requesters: [...row.requesters],
    anyone: yes(row.anyone),
    calendar: row.calendar ?? '',
    timeZone: row.timeZone ?? '',
    contact: row.contact,
  }),
  read: (form) =>
    readBy(party, {
      ...form,
      id: said(form.id) ?? idFrom(form.name),
      inside: form.inside === 'yes',
      anyone: form.anyone === 'yes',
      parent: said(form.parent),
      calendar: said(form.calendar),
      timeZone: said(form.timeZone),
    }),
  keys: (path, row) => (path.length === 1 && typeof row === 'string' ? row : undefined),
  labels: {
    name: 'Name',
    kind: 'Kind',
    inside: 'Belongs to the organisation',
    parent: 'A unit of',
    representatives: 'Representatives',
    requesters: 'May ask besides',
    anyone: 'Whoever may use Jira may ask',
    calendar: 'Calendar',
    timeZone: 'Time zone',
    contact: 'Contact',
  },
  peopleIn: ({ representatives, requesters }) => [...representatives, ...requesters],
  named: ({ parent }) => (parent === '' ? [] : [{ kind: 'party', id: parent }]),
  Fields,
};
