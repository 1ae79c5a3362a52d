/** Classes of managed items: which attributes are managed is the dial that decides what is a change. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useMemo, useState } from 'react';
import type { ClassList } from '../../../../src/contract';
import { CLASSES_AT_MOST } from '../../../../src/contract/register-calls';
import { isTrouble } from '../../../shared/call';
import { classes as named } from '../../../shared/classes';
import { Live } from '../../../shared/hidden';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { Add } from '../../../setup/ui/rows';
import { useReading } from '../../../setup/ui/use-reading';
import { counted } from '../../../setup/ui/words';
import type { KeyOf } from '../../agreements/edit/merge';
import { DraftingProvider } from '../../editing/drafting';
import { Jumps } from '../../editing/findings';
import { Leaving } from '../../editing/leaving';
import { Questions } from '../../editing/questions';
import { type Saved, useEditor } from '../../editing/use-editor';
import { Instead } from '../../instead';
import { call } from '../call';
import { Pages } from '../pages';
import { ATTRIBUTES, number } from '../words';
import { ClassFields } from './class-fields';
import styles from './classes.module.css';
import { blankClass, type ClassesForm, type ClassForm, formOf, managedOf, readClasses } from './form';
import { Settings } from './settings';

const first = () => call('register.classes', {});

/** Classes and attributes are told apart by their keys. */
const keys: KeyOf = (path, row) => {
  const last = path.at(-1);
  if ((last === 'classes' || last === 'attributes') && typeof row === 'object' && row !== null && !Array.isArray(row)) return String(row['key']);
  return undefined;
};

const LABELS: Readonly<Record<string, string>> = {
  prefix: 'keys begin with',
  policy: 'where its data are kept',
  verifyMonths: 'months until it is due',
  common: 'managed',
  byCommon: 'files recognise by',
  attributes: 'attribute',
  identity: 'files recognise by',
};
const isCommon = (step: string): step is keyof typeof ATTRIBUTES => step in ATTRIBUTES;

/** network, attribute, firmware, managed */
const labelOf = (path: readonly string[]): string =>
  path
    .slice(1)
    .map((step) => LABELS[step] ?? (isCommon(step) ? ATTRIBUTES[step] : step))
    .join(', ');

const keptOf = ({ classes, version }: ClassList) => ({ form: formOf(classes), rowVersion: version });

async function save(form: ClassesForm, version: number, learn: (used: ClassList['used']) => void): Promise<Saved<ClassesForm>> {
  const { classes } = readClasses(form);
  if (!classes) return { state: 'refused', wrong: [] };
  const answer = await call('register.saveClasses', { classes, version });
  if (isTrouble(answer)) return answer;
  if (answer.state === 'refused')
    return { state: 'refused', wrong: answer.wrong.map(({ kind, text, path }) => ({ kind, text, ...(path !== undefined && { path }) })) };
  if (answer.state === 'stale') return { state: 'stale', text: answer.text, kept: keptOf(answer.now) };
  learn(answer.used);
  return { state: 'ok', kept: keptOf(answer), findings: [] };
}

interface RowProps {
  of: ClassForm;
  used: number;
  here: boolean;
  wrong: boolean;
  onOpen: () => void;
}

function Row({ of, used, here, wrong, onOpen }: RowProps) {
  const { n, of: inAll } = managedOf(of);
  return (
    <li>
      <button type="button" className={named(here && styles['here'])} {...(here && { 'aria-current': 'true' as const })} onClick={onOpen}>
        <span>
          {of.name === '' ? 'New class' : of.name} {wrong && <Mark kind="unmet" name="to be corrected" />}
        </span>
        <small>
          {n} of {inAll} managed{used > 0 && `, ${number(used)} ${used === 1 ? 'item' : 'items'}`}
        </small>
      </button>
    </li>
  );
}

function Writing({ list }: { list: ClassList }) {
  const [begin] = useState(() => keptOf(list));
  const [used, setUsed] = useState(list.used);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState('');
  const editor = useEditor<ClassesForm>({
    begin,
    keys,
    wrongIn: (form) => readClasses(form).wrong,
    save: (form, version) => save(form, version, setUsed),
  });
  const { form, wrong, set, changed, busy, trouble, refused, theirs, questions, open, tried, bad } = editor;
  const drafting = useMemo(() => ({ form, wrong, set }), [form, wrong, set]);
  const shown = Math.min(at, form.classes.length - 1);
  const here = form.classes[shown];
  const countOf = (key: string): number => used.find((one) => one.key === key)?.count ?? 0;
  const isWrong = (index: number, places: readonly string[]): boolean => places.some((place) => place.startsWith(`classes.${String(index)}.`));
  const onSave = (): void => {
    if (busy || theirs || !changed) return;
    setTold('');
    // What is wrong has to be in sight to be told of.
    const places = [...readClasses(form).wrong.keys()];
    const place = form.classes.findIndex((_, index) => isWrong(index, places));
    if (place >= 0 && !isWrong(shown, places)) setAt(place);
    void editor.save().then((well) => setTold(well ? 'The classes are saved.' : ''));
  };
  const remove = (): void => {
    set(
      'classes',
      form.classes.filter((_, index) => index !== shown),
    );
    setAt(Math.max(0, shown - 1));
  };
  return (
    <DraftingProvider value={drafting}>
      <Leaving unsaved={changed} what="the classes" />
      <Live>{told}</Live>
      {trouble && <Failed trouble={trouble} title="The classes were not saved" retry={onSave} />}
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
          labelOf={labelOf}
          wordsOf={(value) => (value === undefined || value === '' ? 'no' : typeof value === 'string' ? value : 'as it is there')}
          onChoose={editor.choose}
          onSave={() => void editor.saveOver()}
        />
      )}
      <form
        noValidate
        className={styles['two']}
        aria-label="Classes"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSave();
        }}
        onKeyDown={(event) => {
          const saves = (event.key === 'Enter' || event.key.toLowerCase() === 's') && (event.ctrlKey || event.metaKey);
          if (!saves) return;
          event.preventDefault();
          onSave();
        }}
      >
        <div className={layout['page']}>
          <ul className={styles['list']} aria-label="Classes">
            {form.classes.map((of, index) => (
              <Row
                key={index}
                of={of}
                used={countOf(of.key)}
                here={index === shown}
                wrong={isWrong(index, [...wrong.keys()])}
                onOpen={() => setAt(index)}
              />
            ))}
          </ul>
          {list.keeps && form.classes.length < CLASSES_AT_MOST && (
            <Add
              what="a class"
              onAdd={() => {
                set('classes', [...form.classes, blankClass()]);
                setAt(form.classes.length);
              }}
            />
          )}
          <Settings />
        </div>
        <div className={layout['page']}>
          <fieldset className={layout['page']} disabled={!list.keeps} aria-label="The class">
            {here && <ClassFields key={shown} path={`classes.${String(shown)}`} of={here} used={countOf(here.key)} />}
          </fieldset>
          {list.keeps && (
            <footer className={layout['foot']}>
              <p className={layout['first']}>
                {tried && bad > 0
                  ? `${counted(bad, 'place')} to correct before they can be saved.`
                  : changed
                    ? 'Changed, not saved yet.'
                    : 'Everything is saved.'}
              </p>
              {here && countOf(here.key) === 0 && form.classes.length > 1 && (
                <Button appearance="subtle" onClick={remove}>
                  Remove this class
                </Button>
              )}
              {changed && (
                <Button appearance="subtle" onClick={editor.discard}>
                  Discard changes
                </Button>
              )}
              <Button appearance="primary" type="submit" isDisabled={!changed || theirs !== undefined} isLoading={busy}>
                Save the classes
              </Button>
            </footer>
          )}
        </div>
      </form>
    </DraftingProvider>
  );
}

export function ClassesPage() {
  const { answer, trouble, again } = useReading<ClassList>(first);
  return (
    <div className={layout['page']}>
      <PageHead title="Register of managed items" />
      <Pages here="classes" />
      <p className={layout['small']}>
        What is registered decides what is a change: whatever touches a managed attribute needs one. Turn it up where a promise depends on it, down
        where nobody would miss it.
      </p>
      {answer ? (
        <Writing list={answer} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The classes" retry={again} />
      ) : (
        <Skeleton subject="the classes" lines={[{ height: 400, width: '100%' }]} />
      )}
    </div>
  );
}
