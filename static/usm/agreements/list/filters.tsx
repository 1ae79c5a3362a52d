/** What narrows the list. */
import Button from '@atlaskit/button/new';
import type { AgreementList } from '../../../../src/contract';
import { AGREEMENT_KINDS, AGREEMENT_STATUSES } from '../../../../src/contract/agreements';
import layout from '../../../setup/ui/layout.module.css';
import { Search } from '../../../setup/ui/search';
import { Select } from '../../../setup/ui/select';
import { KINDS, STATUSES, VERDICTS } from '../words';
import { EVERYTHING, narrows, type Until, type View } from './view';
import { choicesOf } from './words';

interface FiltersProps {
  answer: AgreementList;
  view: View;
  change: (part: Partial<View>) => void;
}

const UNTIL: readonly { value: Until; name: string }[] = [
  { value: '', name: 'Valid until: any day' },
  { value: '30', name: 'Valid until: within 30 days' },
  { value: '90', name: 'Valid until: within 90 days' },
  { value: '365', name: 'Valid until: within a year' },
];

const KIND_CHOICES = [{ value: '' as const, name: 'All kinds' }, ...AGREEMENT_KINDS.map((value) => ({ value, name: KINDS[value] }))];
const STATUS_CHOICES = [{ value: '' as const, name: 'Any status' }, ...AGREEMENT_STATUSES.map((value) => ({ value, name: STATUSES[value].name }))];
const VERDICT_CHOICES = [
  { value: '' as const, name: 'Kept or not' },
  ...(['cannot', 'missing', 'unknown', 'tight', 'holds'] as const).map((value) => ({ value, name: VERDICTS[value].name })),
];

export function Filters({ answer, view, change }: FiltersProps) {
  const { parties, services, owners } = choicesOf(answer.rows, view);
  return (
    <div className={layout['row']} role="search" aria-label="Filter agreements">
      <Search label="Name, id, clause" value={view.words} onChange={(words) => change({ words })} />
      <Select label="Kind" value={view.kind} options={KIND_CHOICES} onChange={(kind) => change({ kind })} />
      <Select label="Status" value={view.status} options={STATUS_CHOICES} onChange={(status) => change({ status })} />
      <Select label="Can it be kept?" value={view.verdict} options={VERDICT_CHOICES} onChange={(verdict) => change({ verdict })} />
      <Select label="Party" value={view.party} options={[{ value: '', name: 'All parties' }, ...parties]} onChange={(party) => change({ party })} />
      <Select
        label="Service"
        value={view.service}
        options={[{ value: '', name: 'All services' }, ...services]}
        onChange={(service) => change({ service })}
      />
      <Select label="Owner" value={view.owner} options={[{ value: '', name: 'All owners' }, ...owners]} onChange={(owner) => change({ owner })} />
      <Select<Until> label="Valid until" value={view.until} options={UNTIL} onChange={(until) => change({ until })} />
      {narrows(view) && (
        <span className={layout['end']}>
          <Button appearance="subtle" onClick={() => change({ ...EVERYTHING, sort: view.sort })}>
            Clear filters
          </Button>
        </span>
      )}
    </div>
  );
}
