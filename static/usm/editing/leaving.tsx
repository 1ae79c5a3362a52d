/** Asks before a page with unsaved words is left. */
import { useLeaveGuard } from '../../setup/ui/address';
import { Confirm } from '../../setup/ui/confirm';

export function Leaving({ unsaved, what }: { unsaved: boolean; what: string }) {
  const { asked, leave, stay } = useLeaveGuard(unsaved);
  if (!asked) return null;
  return (
    <Confirm
      title={`Leave ${what} without saving?`}
      action="Leave without saving"
      keep="Stay and go on writing"
      danger
      onConfirm={leave}
      onKeep={stay}
    >
      <p>What you typed since you saved last is then gone.</p>
    </Confirm>
  );
}
