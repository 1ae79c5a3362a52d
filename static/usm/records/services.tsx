/** Services: what is provided, in the customer's language, made of others and of blocks. */
import { useEffect, useState } from 'react';
import type { Service, ServiceComplete } from '../../../src/contract';
import { SERVICE_STATES, service } from '../../../src/contract/agreements';
import { isTrouble } from '../../shared/call';
import { Lozenge } from '../../shared/lozenge';
import { Mark } from '../../shared/mark';
import layout from '../../setup/ui/layout.module.css';
import { CELL_ASKS } from '../agreements/agreement/words';
import { call } from '../agreements/call';
import { type CardForm, cardForm, type PriceForm, priceForm, priceIn } from '../agreements/edit/form';
import editing from '../editing/editing.module.css';
import { Choice, Text } from '../editing/fields';
import { Pick, PickMany } from '../editing/pick';
import { PriceFields } from '../editing/price';
import { SpecificationFields } from '../editing/specification';
import { readBy } from './reading';
import { type FieldsProps, idFrom, said, type Spec } from './spec';

const STATE_NAMES: Readonly<Record<Service['state'], string>> = {
  idea: 'Idea',
  designed: 'Designed',
  offered: 'Offered',
  inUse: 'In use',
  ending: 'Ending',
  ended: 'Ended',
};

const EMPTY = { text: '', lines: [] };

export type ServiceForm = {
  id: string;
  name: string;
  owner: string;
  state: string;
  parent: string;
  value: string;
  card: CardForm;
  blocks: string[];
  readiness: string;
  price: PriceForm;
};

const Fields = ({ isNew }: FieldsProps) => (
  <>
    <section className={editing['section']} aria-label="What it is">
      <h2>What it is</h2>
      <div className={editing['fields']}>
        <Text path="name" label="Name" hint="In the customer’s language." optional={false} />
        {isNew && <Text path="id" label="Id" hint="Empty: made of the name. Agreements name it, so it stays for ever." />}
        <Choice path="state" label="State" options={SERVICE_STATES.map((value) => ({ value, name: STATE_NAMES[value] }))} optional={false} />
        <Pick path="owner" label="Owner" kind="person" none="nobody yet" />
        <Pick path="parent" label="A part of" kind="service" none="stands by itself" />
      </div>
      <Text path="value" label="What it is worth to the customer" rows={2} />
    </section>
    <section className={editing['section']} aria-label="Specification card">
      <h2>Specification card</h2>
      <p>Its own words; those of its blocks come after them.</p>
      <SpecificationFields path="card" />
      <PickMany path="blocks" label="Built of" kind="block" one="a block" none="no blocks" />
    </section>
    <section className={editing['section']} aria-label="Ready and price">
      <h2>Ready and price</h2>
      <Text path="readiness" label="Counts as ready" rows={2} />
      <PriceFields path="price" />
    </section>
  </>
);

/** What it lacks to be offered, with what its blocks and parts say; of what is saved. */
function Complete({ id, rowVersion }: { id: string; rowVersion: number }) {
  const [complete, setComplete] = useState<ServiceComplete>();
  useEffect(() => {
    let mine = true;
    if (rowVersion > 0)
      void call('records.complete', { service: id }).then((answer) => {
        if (mine && !isTrouble(answer)) setComplete(answer);
      });
    return () => {
      mine = false;
    };
  }, [id, rowVersion]);
  if (!complete) return null;
  const { cells, readiness, price } = complete;
  const lacks = [
    ...cells.map((key) => `${CELL_ASKS[key]}.`),
    ...(readiness ? ['Say when it counts as ready.'] : []),
    ...(price ? ['Say the price, or that it is included.'] : []),
  ];
  return (
    <section className={layout['card']} aria-labelledby="complete">
      <h2 id="complete">How complete it is</h2>
      <p role="status">
        <Mark kind={cells.length === 0 ? 'met' : 'nothing'} /> {4 - cells.length} of 4 cells filled, with what its blocks and parts say
      </p>
      {lacks.length > 0 ? (
        <>
          <h3>Before it can be offered</h3>
          <ul className={layout['bullets']}>
            {lacks.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>Nothing is missing.</p>
      )}
    </section>
  );
}

export const SERVICES: Spec<Service, ServiceForm> = {
  path: 'services',
  one: 'a service',
  bare: 'service',
  many: 'Services',
  about: 'What is provided, in the customer’s language: each made of others, or of blocks.',
  none: 'An agreement says what is promised of a service. Begin with one that people use today.',
  list: (asked) => call('records.services', asked),
  save: (asked) => call('records.saveService', asked),
  heads: ['State', 'Owner', 'A part of', 'Blocks'],
  cells: ({ state, owner, parent, blocks }, nameOf) => [
    <Lozenge key="state" tone={state === 'inUse' ? 'success' : 'neutral'}>
      {STATE_NAMES[state]}
    </Lozenge>,
    owner === undefined ? 'nobody yet' : nameOf(owner),
    parent === undefined ? '' : nameOf(parent),
    blocks.length === 0 ? '' : String(blocks.length),
  ],
  blank: () => ({
    id: '',
    name: '',
    owner: '',
    state: 'inUse',
    parent: '',
    value: '',
    card: cardForm({ facilityWhat: EMPTY, facilityHow: EMPTY, supportWhat: EMPTY, supportHow: EMPTY }),
    blocks: [],
    readiness: '',
    price: priceForm(undefined),
  }),
  formOf: (row) => ({
    id: row.id,
    name: row.name,
    owner: row.owner ?? '',
    state: row.state,
    parent: row.parent ?? '',
    value: row.value,
    card: cardForm(row.card),
    blocks: [...row.blocks],
    readiness: row.readiness,
    price: priceForm(row.price),
  }),
  read: (form) =>
    readBy(service, {
      ...form,
      id: said(form.id) ?? idFrom(form.name),
      owner: said(form.owner),
      parent: said(form.parent),
      price: priceIn(form.price),
    }),
  keys: (path, row) => {
    if (path[0] === 'blocks') return typeof row === 'string' ? row : undefined;
    return path.at(-1) === 'lines' && typeof row === 'object' && row !== null && !Array.isArray(row) ? String(row['label']) : undefined;
  },
  labels: {
    name: 'Name',
    owner: 'Owner',
    state: 'State',
    parent: 'A part of',
    value: 'What it is worth',
    blocks: 'Built of',
  },
  peopleIn: ({ owner }) => (owner === '' ? [] : [owner]),
  named: ({ parent, blocks }) => [
    ...(parent === '' ? [] : [{ kind: 'service' as const, id: parent }]),
    ...blocks.map((id) => ({ kind: 'block' as const, id })),
  ],
  Fields,
  Beside: Complete,
};
