/** Blocks: a facility or a support that several services are built of. */
import type { Block } from '../../../src/contract';
import { block } from '../../../src/contract/agreements';
import { call } from '../agreements/call';
import editing from '../editing/editing.module.css';
import { Choice, Lines, Text } from '../editing/fields';
import { CellFields } from '../editing/specification';
import { readBy } from './reading';
import { type FieldsProps, idFrom, said, type Spec } from './spec';

type CellForm = { text: string; lines: { label: string; value: string }[] };
export type BlockForm = {
  id: string;
  kind: string;
  name: string;
  what: CellForm;
  how: CellForm;
  goods: string[];
  actions: string[];
  readiness: string;
};

const KINDS = [
  { value: 'facility', name: 'Facility' },
  { value: 'support', name: 'Support' },
];
const blankCell = (): CellForm => ({ text: '', lines: [] });
const cellOf = ({ text, lines }: Block['what']): CellForm => ({ text, lines: lines.map(({ label, value }) => ({ label, value })) });

const Fields = ({ isNew }: FieldsProps) => (
  <>
    <section className={editing['section']} aria-label="What it is">
      <h2>What it is</h2>
      <div className={editing['fields']}>
        <Text path="name" label="Name" optional={false} />
        {isNew && <Text path="id" label="Id" hint="Empty: made of the name. Services name it, so it stays for ever." />}
        <Choice path="kind" label="Kind" options={KINDS} optional={false} />
      </div>
    </section>
    <section className={editing['section']} aria-label="Specification">
      <h2>Specification</h2>
      <div className={editing['two']}>
        <CellFields path="what" name="What it does" ask="Say what it does" />
        <CellFields path="how" name="How well it does it" ask="Say how well" />
      </div>
      <Text path="readiness" label="Counts as ready" rows={2} />
    </section>
    <section className={editing['section']} aria-label="What it takes">
      <h2>What it takes</h2>
      <div className={editing['two']}>
        <Lines path="goods" label="Goods" one="a good" none="None." />
        <Lines path="actions" label="Actions" one="an action" none="None." />
      </div>
    </section>
  </>
);

export const BLOCKS: Spec<Block, BlockForm> = {
  path: 'blocks',
  one: 'a block',
  bare: 'block',
  many: 'Blocks',
  about: 'Facilities and supports that several services are built of; written once, used often.',
  none: 'A block is worth it where two services say the same: written once, both change with it.',
  list: (asked) => call('records.blocks', asked),
  save: (asked) => call('records.saveBlock', asked),
  heads: ['Kind', 'What it does'],
  cells: ({ kind, what }) => [kind === 'facility' ? 'Facility' : 'Support', what.text],
  blank: () => ({ id: '', kind: 'facility', name: '', what: blankCell(), how: blankCell(), goods: [], actions: [], readiness: '' }),
  formOf: (row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    what: cellOf(row.what),
    how: cellOf(row.how),
    goods: [...row.goods],
    actions: [...row.actions],
    readiness: row.readiness,
  }),
  read: (form) => readBy(block, { ...form, id: said(form.id) ?? idFrom(form.name) }),
  keys: (path, row) => {
    if (path[0] === 'goods' || path[0] === 'actions') return typeof row === 'string' ? row : undefined;
    return path.at(-1) === 'lines' && typeof row === 'object' && row !== null && !Array.isArray(row) ? String(row['label']) : undefined;
  },
  labels: { name: 'Name', kind: 'Kind', what: 'What it does', how: 'How well it does it', goods: 'Goods', actions: 'Actions' },
  peopleIn: () => [],
  named: () => [],
  Fields,
};
