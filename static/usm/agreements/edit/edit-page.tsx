/** A draft is written: every part of what is agreed, kept also while it is not complete. */
import Button from '@atlaskit/button/new';
import { type FormEvent, type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import type { AgreementDetail, Trouble, WritingChoices } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Live } from '../../../shared/hidden';
import { Lozenge } from '../../../shared/lozenge';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { useReading } from '../../../setup/ui/use-reading';
import { counted } from '../../../setup/ui/words';
import { DraftingProvider } from '../../editing/drafting';
import editing from '../../editing/editing.module.css';
import { Jumps } from '../../editing/findings';
import { Leaving } from '../../editing/leaving';
import { NamesProvider, useNames } from '../../editing/names';
import { Questions } from '../../editing/questions';
import { TimeZones } from '../../editing/time-zones';
import { type Editor, type Kept, type Saved, useEditor } from '../../editing/use-editor';
import { Instead } from '../../instead';
import { LIST, pathOf, versionOf } from '../address';
import { call } from '../call';
import { Crumbs } from '../crumbs';
import { STATUSES } from '../words';
import { asksOf, filledCells, lacksOf } from './complete';
import { type DraftForm, draftKeys, formOf, read } from './form';
import { SECTIONS } from './sections';
import { labelOf, wordsOf } from './words';

const LINES = [
  { height: 40, width: '60%' },
  { height: 200, width: '100%' },
  { height: 320, width: '100%' },
];

const keptOf = (detail: AgreementDetail): Kept<DraftForm> => ({ form: formOf(detail), rowVersion: detail.rowVersion });

async function save(id: string, version: number, form: DraftForm, rowVersion: number): Promise<Saved<DraftForm>> {
  const { header, terms } = read(form);
  const answer = await call('agreements.save', { id, version, rowVersion, header, ...(terms && { terms }) });
  if (isTrouble(answer) || answer.state === 'refused') return answer;
  if (answer.state === 'stale') return { state: 'stale', text: answer.text, kept: keptOf(answer.now) };
  return { state: 'ok', kept: keptOf(answer), findings: answer.findings };
}

/** How far the draft is, beside it all the time. */
function Completeness({ editor, kind }: { editor: Editor<DraftForm>; kind: AgreementDetail['agreement']['kind'] }) {
  const { form, findings } = editor;
  const filled = filledCells(form.card).length;
  const lacks = kind === 'SA' ? lacksOf(form) : [];
  const asks = kind === 'SA' ? asksOf(form) : [];
  return (
    <>
      <section className={layout['card']} aria-labelledby="complete">
        <h2 id="complete">How complete it is</h2>
        <p role="status">
          <Mark kind={filled === 4 ? 'met' : 'nothing'} /> {filled} of 4 cells filled
        </p>
        {lacks.length > 0 && (
          <>
            <h3>Before it can be offered</h3>
            <Jumps all={lacks} />
          </>
        )}
        {asks.length > 0 && (
          <>
            <h3>Before it can be agreed</h3>
            <Jumps all={asks} />
          </>
        )}
        {lacks.length + asks.length === 0 && <p>Nothing is missing.</p>}
      </section>
      {findings.length > 0 && (
        <section className={layout['card']} aria-labelledby="found">
          <h2 id="found">What contradicts itself</h2>
          <Jumps all={findings} />
        </section>
      )}
    </>
  );
}

const Parts = () => (
  <nav className={layout['card']} aria-label="Parts of the draft">
    <ul className={layout['links']}>
      {SECTIONS.map(({ key, name }) => (
        <li key={key}>
          <button
            type="button"
            className={editing['jump']}
            onClick={() => {
              const section = document.getElementById(`part-${key}`);
              section?.scrollIntoView({ block: 'start' });
              section?.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true });
            }}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  </nav>
);

interface WritingProps {
  detail: AgreementDetail;
  choices: WritingChoices;
}

function Body({ detail, choices, editor, onSave }: WritingProps & { editor: Editor<DraftForm>; onSave: () => void }) {
  const { nameOf } = useNames();
  const { form, wrong, set, theirs, questions, open, busy, trouble, refused, changed, tried, bad } = editor;
  const calendars = useMemo(() => new Map(choices.calendars.map(({ id, name }) => [id, name])), [choices]);
  const called = (id: string): string => calendars.get(id) ?? nameOf(id);
  const drafting = useMemo(() => ({ form, wrong, set }), [form, wrong, set]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const saves = (event.key === 'Enter' || event.key.toLowerCase() === 's') && (event.ctrlKey || event.metaKey);
    if (!saves) return;
    event.preventDefault();
    onSave();
  };
  const offered = detail.versions.some(({ status }) => status !== 'draft');
  return (
    <DraftingProvider value={drafting}>
      <TimeZones />
      {trouble && <Failed trouble={trouble} title="The draft was not saved" retry={onSave} />}
      {refused.length > 0 && (
        <Message alert tone="danger" title="Nothing was saved">
          <Jumps all={refused} />
        </Message>
      )}
      {theirs && (
        <Questions
          text={theirs.text}
          questions={questions}
          chosen={theirs.chosen}
          open={open}
          busy={busy}
          labelOf={(path) => labelOf(path, called)}
          wordsOf={(value, path) => wordsOf(value, path, called)}
          onChoose={editor.choose}
          onSave={() => void editor.saveOver()}
        />
      )}
      <div className={layout['columns']}>
        <form
          noValidate
          className={layout['page']}
          aria-label="The draft"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            onSave();
          }}
          onKeyDown={onKeyDown}
        >
          {SECTIONS.map(({ key, name, about, Body: Fields }) => (
            <section key={key} id={`part-${key}`} className={editing['section']} aria-label={name}>
              <h2>{name}</h2>
              {about !== undefined && <p>{about}</p>}
              <Fields calendars={choices.calendars} offered={offered} />
            </section>
          ))}
          <footer className={layout['foot']}>
            <p className={layout['first']}>
              {tried && bad > 0
                ? `${counted(bad, 'place')} to correct before it can be saved.`
                : changed
                  ? 'Changed, not saved yet.'
                  : 'Everything is saved.'}
            </p>
            {changed && (
              <Button appearance="subtle" onClick={editor.discard}>
                Discard changes
              </Button>
            )}
            <Button type="submit" isDisabled={!changed || theirs !== undefined} isLoading={busy}>
              Save draft
            </Button>
          </footer>
        </form>
        <div className={layout['side']}>
          <Completeness editor={editor} kind={detail.agreement.kind} />
          <Parts />
        </div>
      </div>
    </DraftingProvider>
  );
}

const wrongIn = (form: DraftForm): ReadonlyMap<string, string> => read(form).wrong;

function Writing({ detail, choices }: WritingProps) {
  const { agreement, version, services, provider, customer, owner, representatives } = detail;
  const [told, setTold] = useState('');
  const known = useMemo(
    () =>
      new Map([
        ...[...services, provider, customer].map(({ id, name }) => [id, name] as const),
        ...[...representatives.customer, ...representatives.provider, ...(owner ? [owner] : [])].map(
          ({ accountId, name }) => [accountId, name] as const,
        ),
        ...detail.legs.map(({ id, name }) => [id, name] as const),
      ]),
    [services, provider, customer, owner, representatives, detail.legs],
  );
  const editor = useEditor<DraftForm>({
    begin: useMemo(() => keptOf(detail), [detail]),
    findings: detail.findings,
    keys: draftKeys,
    wrongIn,
    save: (form, rowVersion) => save(agreement.id, version, form, rowVersion),
  });
  const { changed, busy, theirs, form } = editor;
  const onSave = (): void => {
    if (busy || theirs || !changed) return;
    setTold('');
    void editor.save().then((well) => setTold(well ? 'The draft is saved.' : ''));
  };
  return (
    <NamesProvider known={known} people={[...form.requesters, ...(form.owner === '' ? [] : [form.owner])]}>
      <PageHead title={`Edit ${form.name}`}>
        <Lozenge tone={STATUSES[detail.status].tone}>{STATUSES[detail.status].name}</Lozenge>
        <span>version {version}</span>
        <PageLink to={pathOf(agreement.id)}>Read it</PageLink>
        <Button appearance="primary" isDisabled={!changed || theirs !== undefined} isLoading={busy} onClick={onSave}>
          Save draft
        </Button>
      </PageHead>
      <Leaving unsaved={changed} what="the draft" />
      <Live>{told}</Live>
      <Body {...{ detail, choices, editor, onSave }} />
    </NamesProvider>
  );
}

type Opened = { state: 'ok'; detail: AgreementDetail; choices: WritingChoices };

async function opened(id: string, version: number | undefined): Promise<Opened | Trouble> {
  const [detail, choices] = await Promise.all([
    call('agreements.get', { id, ...(version !== undefined && { version }) }),
    call('records.choices', {}),
  ]);
  if (isTrouble(detail)) return detail;
  if (isTrouble(choices)) return choices;
  // Whoever comes without a version means the draft, where there is one beside what counts.
  const draft = version === undefined && !detail.editable ? detail.versions.find(({ status }) => status === 'draft') : undefined;
  if (draft === undefined) return { state: 'ok', detail, choices };
  const other = await call('agreements.get', { id, version: draft.number });
  return isTrouble(other) ? other : { state: 'ok', detail: other, choices };
}

export function EditPage({ id }: { id: string }) {
  const { search } = useAddress();
  const version = versionOf(search);
  const first = useCallback(() => opened(id, version), [id, version]);
  const { answer, trouble, again } = useReading<Opened>(first);
  const content = () => {
    if (!answer) return trouble ? <Instead trouble={trouble} subject="The draft" retry={again} /> : <Skeleton subject="the draft" lines={LINES} />;
    const { detail, choices } = answer;
    if (detail.editable && detail.keeps) return <Writing key={detail.version} detail={detail} choices={choices} />;
    return (
      <div className={layout['empty']}>
        <h2>{detail.keeps ? 'This version is not changed any more' : 'Agreements are written by their service manager'}</h2>
        <p>
          {detail.keeps ? 'It was offered, and people rely on its words. Propose a version with what should be different.' : 'You can read it.'}{' '}
          <PageLink to={pathOf(id)}>Read {id}</PageLink>
        </p>
      </div>
    );
  };
  return (
    <div className={layout['page']}>
      <Crumbs
        way={[
          { to: LIST, name: 'Agreements' },
          { to: pathOf(id), name: id },
        ]}
        here="Edit"
      />
      {content()}
    </div>
  );
}
