import { useState } from 'react';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { LozengeDropdownTrigger } from '@atlaskit/lozenge';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { api, refusal } from '../api';
import type { Transition, WorkItem } from '../schemas';
import { useSite } from '../shell/site';
import { StatusLozenge, statusAppearance } from '../ui/status-lozenge';
import { TransitionDialog } from './transition-dialog';

interface StatusMenuProps {
  item: WorkItem;
  transitions: Transition[];
  onOpen: () => void;
  onDone: () => void;
}

/** The status, and the steps that lead away from it. A step without a screen is taken at once. */
export function StatusMenu({ item, transitions, onOpen, onDone }: StatusMenuProps) {
  const { flag } = useSite();
  const [asked, setAsked] = useState<Transition>();
  const [busy, setBusy] = useState(false);

  const take = async (transition: Transition): Promise<void> => {
    if (transition.hasScreen) return setAsked(transition);
    setBusy(true);
    try {
      await api.move(item.key, { transition: { id: transition.id } });
    } catch (error) {
      const { messages, fields } = refusal(error);
      flag({
        appearance: 'error',
        title: `${item.key} stays in ${item.fields.status.name}`,
        description: [...messages, ...Object.values(fields)].join('\n'),
      });
    } finally {
      setBusy(false);
      onDone();
    }
  };

  return (
    <>
      <DropdownMenu
        onOpenChange={({ isOpen }) => isOpen && onOpen()}
        trigger={({ triggerRef, isSelected, testId: _testId, ...props }) => (
          <LozengeDropdownTrigger
            {...props}
            ref={triggerRef}
            spacing="spacious"
            appearance={statusAppearance(item.fields.status)}
            isSelected={isSelected}
            isLoading={busy}
            aria-label={`Status ${item.fields.status.name}, change status`}
          >
            {item.fields.status.name}
          </LozengeDropdownTrigger>
        )}
      >
        <DropdownItemGroup>
          {transitions.map((transition) => (
            <DropdownItem key={transition.id} elemAfter={<StatusLozenge status={transition.to} />} onClick={() => void take(transition)}>
              {transition.name}
            </DropdownItem>
          ))}
          {transitions.length === 0 && <DropdownItem isDisabled>No steps for you here</DropdownItem>}
        </DropdownItemGroup>
      </DropdownMenu>
      <ModalTransition>
        {asked && <TransitionDialog item={item} transition={asked} onDone={onDone} onClose={() => setAsked(undefined)} />}
      </ModalTransition>
    </>
  );
}
