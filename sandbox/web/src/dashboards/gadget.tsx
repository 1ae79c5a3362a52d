import { useState } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import type { PlacedModule } from '../../../contract';
import { ForgeFrame } from '../../../forge/ui/host';
import { useFrame } from '../ui/frame';
import shared from '../pages/pages.module.css';
import type { Gadget } from './api';
import type { Place } from './places';
import styles from './dashboards.module.css';

interface GadgetProps {
  gadget: Gadget;
  /** The app's module; none for gadgets that the site cannot draw. */
  module: PlacedModule | undefined;
  dashboardId: string;
  writable: boolean;
  moves: { label: string; to: Place }[];
  onMove: (to: Place) => void;
  onRemove: () => void;
  onConfigure: (configuration: unknown) => Promise<void>;
}

/** One gadget: what its app shows, or the app's form to set it up. What the form submits is kept by the host alone. */
export function GadgetView({ gadget, module, dashboardId, writable, moves, onMove, onRemove, onConfigure }: GadgetProps) {
  const [editing, setEditing] = useState(false);
  const frame = useFrame({});
  const edits = module?.type === 'jira:dashboardGadget' && module.editFrameUrl !== undefined;
  const extension = { dashboard: { id: dashboardId }, gadget: { id: gadget.id } };
  const submit = async (configuration: unknown): Promise<void> => {
    await onConfigure(configuration);
    setEditing(false);
  };
  return (
    <section className={styles['gadget']} aria-label={gadget.title}>
      <div className={styles['gadgetHead']}>
        <h2 className={styles['gadgetTitle']}>{gadget.title}</h2>
        {editing && (
          <Button appearance="subtle" spacing="compact" onClick={() => setEditing(false)}>
            Cancel
          </Button>
        )}
        {writable && (
          <DropdownMenu
            placement="bottom-end"
            trigger={({ triggerRef, isSelected, testId: _testId, ...props }) => (
              <IconButton
                {...props}
                ref={triggerRef}
                icon={MoreIcon}
                label={`Actions of ${gadget.title}`}
                appearance="subtle"
                spacing="compact"
                isSelected={isSelected}
              />
            )}
          >
            <DropdownItemGroup>
              {edits && <DropdownItem onClick={() => setEditing(true)}>Configure</DropdownItem>}
              {moves.map(({ label, to }) => (
                <DropdownItem key={label} onClick={() => onMove(to)}>
                  {label}
                </DropdownItem>
              ))}
              <DropdownItem onClick={onRemove}>Remove</DropdownItem>
            </DropdownItemGroup>
          </DropdownMenu>
        )}
      </div>
      {!module && <p className={shared['quiet']}>This site cannot draw this gadget.</p>}
      {module && !editing && <ForgeFrame {...frame} module={module} extension={{ ...extension, entryPoint: 'view' }} />}
      {module && editing && (
        <ForgeFrame
          {...frame}
          module={{ ...module, frameUrl: module.editFrameUrl ?? module.frameUrl }}
          extension={{ ...extension, entryPoint: 'edit' }}
          onSubmit={submit}
        />
      )}
    </section>
  );
}
