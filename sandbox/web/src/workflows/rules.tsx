/** The rules of a transition, and for administrators what is done to those of apps: added, set up, switched off and on, taken away. */
import { useRef, useState, type ReactNode } from 'react';
import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import Lozenge from '@atlaskit/lozenge';
import type { PlacedModule, RulePage } from '../../../contract';
import { ForgeFrame, type FramePlace } from '../../../forge/ui/host';
import { ApiError, refusal } from '../api';
import { FormDialog } from '../ui/form-dialog';
import { useFrame } from '../ui/frame';
import { newRule, withParameters, withoutRule, withRule } from './edit';
import type { AppRuleKey, Capabilities, Rule, WorkflowStep } from './schemas';
import { ofApp, ruleWords, sectionsOf, type Lexicon, type RuleWords } from './words';
import styles from './workflows.module.css';

/** How a page of the site changes the workflow it shows. */
export interface Editing {
  workflowId: string;
  /** Rule modules of apps that have pages of their own. */
  modules: readonly PlacedModule[];
  /** Puts a transition back; an ApiError says what was refused. */
  save: (step: WorkflowStep) => Promise<void>;
}

const KINDS: Record<AppRuleKey, string> = {
  'forge:expression-condition': 'Conditions',
  'forge:expression-validator': 'Validators',
  'forge:workflow-post-function': 'Post functions',
};

const idOf = ({ parameters }: Rule): string | undefined => parameters['id'];
const isOff = ({ parameters }: Rule): boolean => parameters['disabled'] === 'true';

const CONFLICT = 'Somebody else changed this workflow since it was read, so nothing was saved. It has been read again: try once more.';
const messagesOf = (error: unknown): string[] => (error instanceof ApiError && error.status === 409 ? [CONFLICT] : refusal(error).messages);

/** Saves, and keeps what went wrong. */
function useSaving(save: Editing['save']) {
  const [busy, setBusy] = useState(false);
  const [messages, setMessages] = useState<string[]>([]);
  const run = async (step: () => WorkflowStep | undefined | Promise<WorkflowStep | undefined>): Promise<boolean> => {
    setBusy(true);
    setMessages([]);
    try {
      const changed = await step();
      if (changed) await save(changed);
      return changed !== undefined;
    } catch (error) {
      setMessages(messagesOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, messages, run };
}

interface RuleFrameProps {
  module: PlacedModule;
  page: RulePage;
  place: NonNullable<FramePlace['workflowRule']>;
  onConfigure?: (configuration: () => unknown) => void;
}

/** A page of the app that owns the rule. */
function RuleFrame({ module, page, place, onConfigure }: RuleFrameProps) {
  const frame = useFrame({});
  const frameUrl = module.rulePages?.[page] ?? module.frameUrl;
  return (
    <ForgeFrame
      {...frame}
      module={{ ...module, frameUrl }}
      extension={{ workflowRule: place, entryPoint: page }}
      {...(onConfigure && { onConfigure })}
    />
  );
}

interface DialogProps {
  editing: Editing;
  step: WorkflowStep;
  module: PlacedModule;
  /** The rule that is set up; none for a new one. */
  rule?: Rule;
  /** The transition with the configuration that the app answered. */
  apply: (configuration: string) => WorkflowStep;
  onClose: () => void;
}

/** The app's form in a dialog of the site: what the form answers is saved, and an answer of nothing keeps the dialog open. */
function RuleDialog({ editing, step, module, rule, apply, onClose }: DialogProps) {
  const configuration = useRef<() => unknown>(undefined);
  const { busy, messages, run } = useSaving(editing.save);
  const ruleId = rule && idOf(rule);
  const submit = async (): Promise<void> => {
    const saved = await run(async () => {
      if (!configuration.current) throw new Error(`The page of ${module.title} has not said yet what to save. Wait until it has loaded.`);
      const text = await configuration.current();
      return typeof text === 'string' ? apply(text) : undefined;
    });
    if (saved) onClose();
  };
  return (
    <FormDialog
      title={module.title}
      submitLabel={rule ? 'Update' : 'Add'}
      messages={messages}
      busy={busy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <RuleFrame
        module={module}
        page={rule ? 'edit' : 'create'}
        place={{ workflowId: editing.workflowId, transitionId: step.id, ...(ruleId !== undefined && { ruleId }) }}
        onConfigure={(answer) => {
          configuration.current = answer;
        }}
      />
    </FormDialog>
  );
}

interface RemovalProps {
  editing: Editing;
  step: WorkflowStep;
  ruleId: string;
  name: string;
  onClose: () => void;
}

function RemovalDialog({ editing, step, ruleId, name, onClose }: RemovalProps) {
  const { busy, messages, run } = useSaving(editing.save);
  const submit = async (): Promise<void> => {
    if (await run(() => withoutRule(step, ruleId))) onClose();
  };
  return (
    <FormDialog title={`Remove "${name}"?`} submitLabel="Remove" messages={messages} busy={busy} onSubmit={() => void submit()} onClose={onClose}>
      <p>{`"${step.name}" will no longer ask it. To stop it for a while only, disable it.`}</p>
    </FormDialog>
  );
}

interface AddRuleProps {
  editing: Editing;
  step: WorkflowStep;
  rules: Capabilities['forgeRules'];
}

/** The rules of apps that a transition may get; one without a form of its own is added at once. */
export function AddRule({ editing, step, rules }: AddRuleProps) {
  const [chosen, setChosen] = useState<{ module: PlacedModule; make: (config?: string) => Rule }>();
  const { messages, run } = useSaving(editing.save);
  const add = ({ id, ruleKey }: Capabilities['forgeRules'][number]): void => {
    const uuid = crypto.randomUUID();
    const make = (config?: string): Rule => newRule(ruleKey, id, uuid, config);
    const module = editing.modules.find(({ extensionId }) => extensionId === id);
    if (module?.rulePages?.create === undefined) void run(() => withRule(step, make()));
    else setChosen({ module, make });
  };
  // Whoever creates a work item has no transition to choose: Jira takes no conditions there.
  const kinds = Object.entries(KINDS).filter(([key]) => step.type !== 'INITIAL' || key !== 'forge:expression-condition');
  const groups = kinds
    .map(([key, title]) => ({ title, rules: rules.filter(({ ruleKey }) => ruleKey === key) }))
    .filter((one) => one.rules.length > 0);
  return (
    <div className={styles['add']}>
      {groups.length > 0 && (
        <DropdownMenu trigger="Add rule of an app" placement="bottom-start" shouldRenderToParent>
          {groups.map((group) => (
            <DropdownItemGroup key={group.title} title={group.title}>
              {group.rules.map((rule) => (
                <DropdownItem key={rule.id} description={rule.description} onClick={() => add(rule)}>
                  {rule.name}
                </DropdownItem>
              ))}
            </DropdownItemGroup>
          ))}
        </DropdownMenu>
      )}
      <Messages messages={messages} />
      {chosen && (
        <RuleDialog
          editing={editing}
          step={step}
          module={chosen.module}
          apply={(config) => withRule(step, chosen.make(config))}
          onClose={() => setChosen(undefined)}
        />
      )}
    </div>
  );
}

const Messages = ({ messages }: { messages: string[] }): ReactNode => (
  <div role="alert" className={styles['alert']}>
    {messages.map((message) => (
      <p key={message}>{message}</p>
    ))}
  </div>
);

interface ActionsProps {
  editing: Editing;
  step: WorkflowStep;
  rule: Rule;
  ruleId: string;
  name: string;
}

/** What an administrator does to a rule of an app. */
function RuleActions({ editing, step, rule, ruleId, name }: ActionsProps) {
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const { busy, messages, run } = useSaving(editing.save);
  const module = editing.modules.find(({ extensionId }) => extensionId === rule.parameters['key']);
  const close = (): void => setOpen(undefined);
  const off = isOff(rule);
  const action = (label: string, press: () => void): ReactNode => (
    <Button appearance="subtle" spacing="compact" isDisabled={busy} onClick={press} aria-label={`${label} ${name}`}>
      {label}
    </Button>
  );
  return (
    <>
      <div className={styles['actions']}>
        {module?.rulePages?.edit !== undefined && action('Edit', () => setOpen('edit'))}
        {action(off ? 'Enable' : 'Disable', () => void run(() => withParameters(step, ruleId, { disabled: String(!off) })))}
        {action('Remove', () => setOpen('remove'))}
      </div>
      <Messages messages={messages} />
      {open === 'edit' && module && (
        <RuleDialog
          editing={editing}
          step={step}
          module={module}
          rule={rule}
          apply={(config) => withParameters(step, ruleId, { config })}
          onClose={close}
        />
      )}
      {open === 'remove' && <RemovalDialog editing={editing} step={step} ruleId={ruleId} name={name} onClose={close} />}
    </>
  );
}

function Facts({ facts }: Pick<RuleWords, 'facts'>) {
  if (facts.length === 0) return null;
  return (
    <dl className={styles['facts']}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RuleProps {
  rule: Rule;
  step: WorkflowStep;
  lexicon: Lexicon;
  editing: Editing | undefined;
}

function RuleView({ rule, step, lexicon, editing }: RuleProps) {
  const { name, description, isApp, facts, configuration } = ruleWords(rule, lexicon);
  const screen = rule.parameters['screenId'];
  if (screen !== undefined) return <li className={styles['rule']}>{lexicon.screens.get(screen) ?? screen}</li>;
  const ruleId = idOf(rule);
  const module = editing?.modules.find(({ extensionId }) => extensionId === rule.parameters['key']);
  const hasView = module?.rulePages?.view !== undefined;
  return (
    <li className={styles['rule']}>
      <p className={styles['ruleName']}>
        {name} {isApp && <Lozenge>App</Lozenge>} {isApp && isOff(rule) && <Lozenge appearance="moved">Disabled</Lozenge>}
      </p>
      {description && <p className={styles['quiet']}>{description}</p>}
      <Facts facts={facts} />
      {editing && module && hasView && ruleId !== undefined && (
        <RuleFrame
          key={`${ruleId} ${rule.parameters['config'] ?? ''}`}
          module={module}
          page="view"
          place={{ workflowId: editing.workflowId, transitionId: step.id, ruleId }}
        />
      )}
      {configuration && !hasView && (
        <details>
          <summary>Configuration</summary>
          <pre className={styles['configuration']} tabIndex={0} aria-label={`Configuration of ${name}`}>
            {configuration}
          </pre>
        </details>
      )}
      {editing && ofApp(rule) && ruleId !== undefined && <RuleActions editing={editing} step={step} rule={rule} ruleId={ruleId} name={name} />}
    </li>
  );
}

/** The rules of a transition in the order in which they are asked. */
export function RuleSections({ step, lexicon, editing }: Omit<RuleProps, 'rule'>) {
  return sectionsOf(step).map(({ title, rules }, at) => (
    <section key={`${title} ${at}`} aria-label={title}>
      <h3 className={styles['sideHeading']}>{title}</h3>
      <ul className={styles['rules']}>
        {rules.map((rule, index) => (
          <RuleView key={idOf(rule) ?? `${rule.ruleKey} ${index}`} rule={rule} step={step} lexicon={lexicon} editing={editing} />
        ))}
      </ul>
    </section>
  ));
}
