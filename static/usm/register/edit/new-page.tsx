/** Registers an item: first what it is, then what is kept of that class. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ClassList, ItemClass } from '../../../../src/contract';
import { COMMON_ATTRIBUTES } from '../../../../src/contract/register';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { Segments } from '../../../setup/ui/segments';
import { useReading } from '../../../setup/ui/use-reading';
import { Crumbs } from '../../agreements/crumbs';
import { DraftingProvider } from '../../editing/drafting';
import { Text } from '../../editing/fields';
import { Jumps } from '../../editing/findings';
import { Leaving } from '../../editing/leaving';
import { NamesProvider } from '../../editing/names';
import { type Saved, useEditor } from '../../editing/use-editor';
import { Instead } from '../../instead';
import { itemPath, REGISTER } from '../address';
import { call } from '../call';
import { POLICIES } from '../words';
import styles from './edit.module.css';
import { BLANK, type ItemForm, nameOfAttribute, placeOfPath, readItem } from './form';
import { ItemFields } from './item-fields';

const first = () => call('register.classes', {});
const BEGIN = { form: BLANK, rowVersion: 0 };
const nobody: ReadonlyMap<string, string> = new Map();

function ManagedWords({ of }: { of: ItemClass }) {
  const names = of.managed.map((key) => nameOfAttribute(key, of));
  return (
    <section className={layout['card']} aria-labelledby="managed">
      <h2 id="managed">{of.name}: what is managed</h2>
      <p>{POLICIES[of.policy].text}</p>
      <p>
        {names.length === 0
          ? 'Nothing: whoever keeps the register may write all of it at any time.'
          : `${names.join(', ')}: from now on these change by a Request for Change.${names.length < COMMON_ATTRIBUTES.length + of.attributes.length ? ' The rest is written by hand.' : ''}`}
      </p>
      <p>It counts as verified for {of.verifyMonths} months after somebody looked at it.</p>
    </section>
  );
}

/** What was typed stays when the class is chosen anew. */
function Writing({ of }: { of: ItemClass }) {
  const { go } = useAddress();
  const request = useRef(crypto.randomUUID());
  const [made, setMade] = useState<string>();
  // Once nobody has to be asked any more whether to leave.
  useEffect(() => {
    if (made !== undefined) go(itemPath(made));
  }, [made, go]);
  const editor = useEditor<ItemForm>({
    begin: BEGIN,
    keys: () => undefined,
    wrongIn: (form) => readItem(form, of).wrong,
    save: async (form): Promise<Saved<ItemForm>> => {
      const { item } = readItem(form, of);
      if (!item) return { state: 'refused', wrong: [] };
      const answer = await call('register.new', { request: request.current, item });
      if (isTrouble(answer)) return answer;
      if (answer.state === 'refused') {
        // What is sent next is another act.
        request.current = crypto.randomUUID();
        return {
          state: 'refused',
          wrong: answer.wrong.map(({ kind, text, path }) => ({ kind, text, ...(path !== undefined && { path: placeOfPath(path) }) })),
        };
      }
      setMade(answer.item.key);
      return { state: 'ok', kept: { form, rowVersion: answer.version }, findings: [] };
    },
  });
  const { form, wrong, set, changed, busy, trouble, refused } = editor;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy && made === undefined) void editor.save();
  };
  const drafting = useMemo(() => ({ form, wrong, set }), [form, wrong, set]);
  return (
    <DraftingProvider value={drafting}>
      <Leaving unsaved={changed && made === undefined} what="the new item" />
      {trouble && <Failed trouble={trouble} title="The item was not registered" />}
      {refused.length > 0 && (
        <Message alert tone="danger" title="The item was not registered">
          <Jumps all={refused} />
        </Message>
      )}
      <form
        noValidate
        className={layout['page']}
        aria-label="The item"
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
        }}
      >
        <ItemFields attributes={of.attributes} />
        <div className={styles['fields']}>
          <Text path="key" label="Key" hint={`Empty: the next one, such as ${of.prefix}-0413. It stays for ever; work items name the item by it.`} />
        </div>
        <footer className={layout['foot']}>
          <p className={layout['first']}>{changed ? 'Written, not registered yet.' : 'Nothing is written yet.'}</p>
          <Button appearance="subtle" onClick={() => go(REGISTER)}>
            Register nothing
          </Button>
          <Button appearance="primary" type="submit" isLoading={busy || made !== undefined}>
            Register the item
          </Button>
        </footer>
      </form>
    </DraftingProvider>
  );
}

function Choosing({ list: { classes } }: { list: ClassList }) {
  const [key, setKey] = useState(classes[0]?.key ?? '');
  const of = classes.find((one) => one.key === key);
  if (!of) return <p>There is no class yet. Make one under Classes and rules.</p>;
  return (
    <NamesProvider known={nobody} people={[]}>
      <Segments label="Class" segments={classes.map((one) => ({ value: one.key, name: one.name }))} value={key} onChange={setKey} />
      <div className={layout['columns']}>
        <div className={layout['page']}>
          <Writing of={of} />
        </div>
        <div className={layout['side']}>
          <ManagedWords of={of} />
        </div>
      </div>
    </NamesProvider>
  );
}

export function NewPage() {
  const { answer, trouble, again } = useReading<ClassList>(first);
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: REGISTER, name: 'Register' }]} here="New item" />
      <PageHead title="Register an item" text="Only what somebody will keep true: what is registered decides what is a change." />
      {answer ? (
        <Choosing list={answer} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The classes" retry={again} />
      ) : (
        <Skeleton subject="the classes" lines={[{ height: 320, width: '100%' }]} />
      )}
    </div>
  );
}
