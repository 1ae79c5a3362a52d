import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { IconButton } from '@atlaskit/button/new';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';

export interface Action {
  label: string;
  act: () => void;
}

/** The three dots, and what they offer; nothing where there is nothing to do. */
export function ActionMenu({ label, actions, compact = false }: { label: string; actions: Action[]; compact?: boolean }) {
  if (actions.length === 0) return null;
  return (
    <DropdownMenu
      placement="bottom-end"
      shouldRenderToParent
      trigger={({ triggerRef, isSelected, testId: _testId, ...props }) => (
        <IconButton
          {...props}
          ref={triggerRef}
          icon={MoreIcon}
          label={label}
          appearance="subtle"
          spacing={compact ? 'compact' : 'default'}
          isSelected={isSelected}
        />
      )}
    >
      <DropdownItemGroup>
        {actions.map((one) => (
          <DropdownItem key={one.label} onClick={one.act}>
            {one.label}
          </DropdownItem>
        ))}
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
