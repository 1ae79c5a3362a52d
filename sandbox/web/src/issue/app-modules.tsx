/** Modules of apps on a work item: boxes of the right column, panels of the content column, entries of the Actions menu. */
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import AutomationIcon from '@atlaskit/icon/core/automation';
import Lozenge from '@atlaskit/lozenge';
import Badge from '@atlaskit/badge';
import { z } from 'zod';
import type { PlacedModule } from '../../../contract';
import { ForgeDialog, statusOf } from '../../../forge/ui/host';
import { Frame, useFrame } from '../ui/frame';
import { ModuleIcon } from '../ui/module-icon';
import { useLive } from '../use-live';
import { Section } from './section';
import styles from './issue.module.css';

export interface ModuleProps {
  modules: PlacedModule[];
  issueKey: string;
  onRefresh: () => void;
}

const statusForm = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('lozenge'),
    value: z.object({ label: z.string(), type: z.enum(['default', 'inprogress', 'moved', 'new', 'removed', 'success']).catch('default') }),
  }),
  z.object({ type: z.literal('badge'), value: z.object({ label: z.coerce.number() }) }),
  z.object({ type: z.literal('icon'), value: z.object({ label: z.string(), url: z.string() }) }),
]);

function ModuleStatus({ status }: { status: PlacedModule['status'] }) {
  const read = statusForm.safeParse(status).data;
  if (!read) return null;
  if (read.type === 'icon') return <img src={read.value.url} alt={read.value.label} width={16} height={16} />;
  return read.type === 'lozenge' ? <Lozenge appearance={read.value.type}>{read.value.label}</Lozenge> : <Badge>{read.value.label}</Badge>;
}

/** The manifest's status, until the app's own function has told another; it is asked again when the panel is closed. */
function useStatus({ moduleKey, status, hasDynamicStatus }: PlacedModule, issueKey: string): [PlacedModule['status'], (open: boolean) => void] {
  const told = useLive(`status:${moduleKey}:${issueKey}`, async () => (hasDynamicStatus ? await statusOf(moduleKey, issueKey) : undefined));
  return [told.data ?? status, (open) => void (open || told.reload())];
}

function ContextSection({ module, issueKey, onRefresh }: Omit<ModuleProps, 'modules'> & { module: PlacedModule }) {
  const [status, onToggle] = useStatus(module, issueKey);
  return (
    <Section
      title={module.label ?? module.title}
      icon={<ModuleIcon icon={module.icon} />}
      status={<ModuleStatus status={status} />}
      remember={module.moduleKey}
      onToggle={onToggle}
    >
      <Frame module={module} issueKey={issueKey} onRefresh={onRefresh} />
    </Section>
  );
}

/** jira:issueContext */
export function ContextSections({ modules, issueKey, onRefresh }: ModuleProps) {
  return modules
    .filter((module) => module.type === 'jira:issueContext')
    .map((module) => <ContextSection key={module.moduleKey} module={module} issueKey={issueKey} onRefresh={onRefresh} />);
}

/** jira:issuePanel */
export function IssuePanels({ modules, issueKey, onRefresh }: ModuleProps) {
  return modules
    .filter((module) => module.type === 'jira:issuePanel')
    .map((module) => (
      <section key={module.moduleKey} className={styles['box']} aria-label={module.title}>
        <h2 className={styles['panelHead']}>
          <ModuleIcon icon={module.icon} />
          {module.title}
        </h2>
        <div className={styles['boxBody']}>
          <Frame module={module} issueKey={issueKey} onRefresh={onRefresh} />
        </div>
      </section>
    ));
}

const SIZES = ['small', 'medium', 'large', 'xlarge'] as const;
const sizeOf = (module: PlacedModule): (typeof SIZES)[number] => SIZES.find((size) => size === module.viewportSize) ?? 'medium';

/** jira:issueAction: an entry each, and the chosen one in a dialog. */
export function ActionsMenu({ modules, issueKey, onRefresh }: ModuleProps) {
  const [chosen, setChosen] = useState<PlacedModule>();
  const frame = useFrame({ issueKey, onRefresh });
  const actions = modules.filter((module) => module.type === 'jira:issueAction');
  if (actions.length === 0) return null;
  return (
    <>
      <DropdownMenu
        trigger={({ triggerRef, testId: _testId, ...props }) => (
          <Button {...props} ref={triggerRef} iconBefore={AutomationIcon}>
            Actions
          </Button>
        )}
      >
        <DropdownItemGroup title="Apps">
          {actions.map((module) => (
            <DropdownItem key={module.moduleKey} elemBefore={<ModuleIcon icon={module.icon} />} onClick={() => setChosen(module)}>
              {module.title}
            </DropdownItem>
          ))}
        </DropdownItemGroup>
      </DropdownMenu>
      {chosen && <ForgeDialog {...frame} module={chosen} size={sizeOf(chosen)} onClose={() => setChosen(undefined)} />}
    </>
  );
}
