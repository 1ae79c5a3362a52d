/** The parts of an item's editor: what people read, what they are asked, what is promised, what is made of it. */
import Button from '@atlaskit/button/new';
import { useState, type ReactNode } from 'react';
import type { CatalogChoices } from '../../../../src/contract';
import { FORM_FIELD_KINDS } from '../../../../src/contract/catalog';
import { Field } from '../../../shared/field';
import { PersonPicker } from '../../../shared/person-picker';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import layout from '../../../setup/ui/layout.module.css';
import { categoryText, type Draft, type FieldDraft } from './draft';
import styles from './keep.module.css';

export interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  choices: CatalogChoices;
  problems: Readonly<Record<string, string>>;
}

type TextKey = {
  [Key in keyof Draft]: Draft[Key] extends string ? Key : never;
}[keyof Draft];

interface LineProps extends Pick<PartProps, 'draft' | 'change' | 'problems'> {
  name: TextKey;
  label: string;
  rows?: number;
  hint?: string;
  must?: boolean;
  type?: 'text' | 'date' | 'number';
  disabled?: boolean;
  /** Where what is wrong with it stands. */
  place?: string;
}

function Line({ draft, change, problems, name, label, rows, hint, must = false, type = 'text', disabled = false, place = name }: LineProps) {
  const write = (value: string): void => change({ [name]: value });
  return (
    <Field label={label} id={`item-${name}`} optional={!must} problem={problems[place]} {...(hint !== undefined && { hint })}>
      {(aria) =>
        rows === undefined ? (
          <input {...aria} type={type} disabled={disabled} value={draft[name]} onChange={(event) => write(event.target.value)} />
        ) : (
          <textarea {...aria} rows={rows} value={draft[name]} onChange={(event) => write(event.target.value)} />
        )
      }
    </Field>
  );
}

interface ChoiceProps extends Pick<PartProps, 'draft' | 'change' | 'problems'> {
  name: TextKey;
  label: string;
  options: readonly { value: string; name: string }[];
  must?: boolean;
  place?: string;
}

const Choice = ({ draft, change, problems, name, label, options, must = false, place = name }: ChoiceProps) => (
  <Field label={label} id={`item-${name}`} optional={!must} problem={problems[place]}>
    {(aria) => (
      <select {...aria} value={draft[name]} onChange={(event) => change({ [name]: event.target.value })}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.name}
          </option>
        ))}
      </select>
    )}
  </Field>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className={styles['part']}>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

const plain = (values: readonly string[]) => values.map((value) => ({ value, name: value }));
const none = { value: '', name: 'None' };

const KINDS: Readonly<Record<FieldDraft['kind'], string>> = { text: 'Text', choice: 'Choice', date: 'Day', person: 'Person', number: 'Number' };
const QUESTION: FieldDraft = { label: '', kind: 'text', required: false, choices: '' };

function Questions({ draft, change, problems }: Pick<PartProps, 'draft' | 'change' | 'problems'>) {
  const { fields } = draft;
  const write = (index: number, part: Partial<FieldDraft>): void =>
    change({ fields: fields.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <Part title="What we ask">
      {fields.map((one, index) => (
        <div key={index} className={styles['question']}>
          <Field label="Question" id={`question-${String(index)}`}>
            {(aria) => <input {...aria} type="text" value={one.label} onChange={(event) => write(index, { label: event.target.value })} />}
          </Field>
          <Field label="Answer" id={`kind-${String(index)}`}>
            {(aria) => (
              <select
                {...aria}
                value={one.kind}
                onChange={(event) => write(index, { kind: FORM_FIELD_KINDS.find((kind) => kind === event.target.value) ?? 'text' })}
              >
                {FORM_FIELD_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {KINDS[kind]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {one.kind === 'choice' ? (
            <Field label="Choices, with commas between" id={`choices-${String(index)}`}>
              {(aria) => <input {...aria} type="text" value={one.choices} onChange={(event) => write(index, { choices: event.target.value })} />}
            </Field>
          ) : (
            <span />
          )}
          <label className={styles['check']}>
            <input type="checkbox" checked={one.required} onChange={(event) => write(index, { required: event.target.checked })} />
            Needed
          </label>
          <Button appearance="subtle" onClick={() => change({ fields: fields.filter((_, at) => at !== index) })}>
            Take it out
          </Button>
        </div>
      ))}
      {problems['fields'] !== undefined && <p role="alert">{problems['fields']}</p>}
      <div>
        <Button spacing="compact" onClick={() => change({ fields: [...fields, QUESTION] })}>
          Add a question
        </Button>
      </div>
    </Part>
  );
}

function Approver({ draft, change, problems }: Pick<PartProps, 'draft' | 'change' | 'problems'>) {
  const [picking, setPicking] = useState(false);
  const shared = { draft, change, problems };
  return (
    <div className={styles['grid']}>
      <Choice
        {...shared}
        name="approver"
        label="Who approves on the customer’s side"
        options={[
          { value: '', name: 'Nobody has to' },
          { value: 'representative', name: 'A representative of the customer' },
          { value: 'person', name: 'One person' },
        ]}
      />
      {draft.approver !== '' && <Line {...shared} name="role" label="As people call them" place="approver" must hint="ward manager" />}
      {draft.approver === 'person' &&
        (picking ? (
          <PersonPicker
            label="Who approves"
            onPick={(person) => {
              setPicking(false);
              change({ approverId: person.accountId, approverName: person.name });
            }}
            onCancel={() => setPicking(false)}
          />
        ) : (
          <div className={layout['row']}>
            <span>{draft.approverName || (draft.approverId === '' ? 'Nobody chosen yet' : 'Chosen')}</span>
            <Button spacing="compact" onClick={() => setPicking(true)}>
              Choose a person
            </Button>
          </div>
        ))}
    </div>
  );
}

export function Parts({ draft, change, choices, problems, fresh, approved }: PartProps & { fresh: boolean; approved: boolean }) {
  const shared = { draft, change, problems };
  const types = (['serviceRequest', 'rfc', 'wish', 'incident'] as const).map((value) => ({ value, name: WORK_TYPE_NAMES[value] }));
  const categories = choices.categories.flatMap(({ parent, children }) => [
    categoryText({ parent }),
    ...children.map((child) => categoryText({ parent, child })),
  ]);
  return (
    <>
      <Part title="What people read">
        <div className={styles['grid']}>
          <Line
            {...shared}
            name="title"
            label="Title"
            must
            disabled={approved}
            {...(approved && { hint: 'Work items name it by this, so it stays' })}
          />
          {fresh && <Line {...shared} name="id" label="Short name" hint="Agreements name it by this; made of the title where you give none" />}
          <Choice
            {...shared}
            name="service"
            label="Service"
            must
            options={[{ value: '', name: 'Choose' }, ...choices.services.map(({ id, name }) => ({ value: id, name }))]}
          />
        </div>
        <Line {...shared} name="what" label="What you get, in a sentence or two" rows={2} must />
        <div className={styles['grid']}>
          <Line {...shared} name="forWhom" label="For whom" />
          <Line {...shared} name="alsoCalled" label="Also called" hint="Words people search for, with commas between" />
        </div>
        <Line {...shared} name="conditions" label="Good to know, a line each" rows={2} />
      </Part>
      <Questions {...shared} />
      <Part title="What is promised">
        <div className={styles['grid']}>
          <Choice
            {...shared}
            name="delivery"
            label="Ready"
            options={[
              { value: 'days', name: 'Within working days' },
              { value: 'hours', name: 'Within hours' },
              { value: 'agreedDate', name: 'On a day agreed each time' },
            ]}
          />
          {draft.delivery !== 'agreedDate' && (
            <Line {...shared} name="amount" label={draft.delivery === 'days' ? 'Working days' : 'Hours'} type="number" place="delivery" must />
          )}
          <Choice
            {...shared}
            name="calendar"
            label="Counted in"
            options={[{ value: '', name: 'Support hours of the agreement' }, ...choices.calendars.map(({ id, name }) => ({ value: id, name }))]}
          />
          <Line {...shared} name="cost" label="Cost; empty: included" place="price" />
          {draft.cost !== '' && (
            <>
              <Line {...shared} name="currency" label="Currency" must />
              <Line {...shared} name="unit" label="For" must hint="each workplace" />
              <Choice {...shared} name="per" label="Paid" options={plain(['once', 'month', 'quarter', 'year'])} />
            </>
          )}
          <Line {...shared} name="validUntil" label="Valid until" type="date" />
        </div>
        <Approver {...shared} />
      </Part>
      <Part title="What is made of it">
        <div className={styles['grid']}>
          <Choice {...shared} name="type" label="Work type" options={types} />
          <Choice {...shared} name="category" label="Category" options={[none, ...plain(categories)]} />
          <Choice {...shared} name="team" label="Solution team" options={[none, ...plain(choices.teams)]} />
          <Choice
            {...shared}
            name="space"
            label="Space"
            options={[{ value: '', name: 'The first that works with USM' }, ...choices.spaces.map(({ key, name }) => ({ value: key, name }))]}
          />
          <Choice {...shared} name="impact" label="Impact" options={[none, ...plain(['High', 'Medium', 'Low', 'Nil'])]} />
          <Choice {...shared} name="urgency" label="Urgency" options={[none, ...plain(['High', 'Medium', 'Low'])]} />
        </div>
        {draft.type === 'serviceRequest' && (
          <label className={styles['check']}>
            <input type="checkbox" checked={draft.automatic} onChange={(event) => change({ automatic: event.target.checked })} />
            Accepted by itself, where the rules let it pass
          </label>
        )}
        <Line {...shared} name="checklist" label="Tasks, a line each" rows={3} />
        {draft.type === 'rfc' && (
          <>
            <Line {...shared} name="plan" label="Plan" rows={3} must />
            <Line {...shared} name="tests" label="Test plan, a line for each test" rows={3} must />
            <Line {...shared} name="deployment" label="Deployment plan" rows={3} must />
            <Line {...shared} name="backOut" label="Back-out" rows={2} must />
            <div className={styles['grid']}>
              <Line {...shared} name="changes" label="Managed items that change" hint="With commas between" />
              <Line {...shared} name="adds" label="Managed items that are new" hint="With commas between" />
            </div>
          </>
        )}
      </Part>
    </>
  );
}
