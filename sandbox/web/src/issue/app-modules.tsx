/** Modules of apps on a work item: boxes of the right column, panels of the content column, entries of the Actions menu. */
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import AutomationIcon from '@atlaskit/icon/core/automation';
import Lozenge from '@atlaskit/lozenge';
import Badge from '@atlaskit/badge';
import { z } from 'zod';
import type { PlacedModule } from '../../../contract';
import { ForgeDialog } from '../../../forge/ui/host';
import { Frame, useFrame } from '../ui/frame';
import { ModuleIcon } from '../ui/module-icon';
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
  z.object({ type: z.literal('badge'), value: z.object({ label: z.coerce.string() }) }),
]);

function ModuleStatus({ status }: { status: PlacedModule['status'] }) {
  const read = statusForm.safeParse(status).data;
  if (!read) return null;
  return read.type === 'lozenge' ? <Lozenge appearance={read.value.type}>{read.value.label}</Lozenge> : <Badge>{read.value.label}</Badge>;
}

/** jira:issueContext */
export function ContextSections({ modules, issueKey, onRefresh }: ModuleProps) {
  return modules
    .filter((module) => module.type === 'jira:issueContext')
    .map((module) => (
      <Section
        key={module.moduleKey}
        title={module.label ?? module.title}
        icon={<ModuleIcon icon={module.icon} />}
        status={<ModuleStatus status={module.status} />}
        remember={module.moduleKey}
      >
        <Frame module={module} issueKey={issueKey} onRefresh={onRefresh} />
      </Section>
    ));
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
