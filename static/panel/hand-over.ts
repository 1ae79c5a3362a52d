/** Opens the hand-over dialog, a page of its own over the whole work item. */
import { Modal } from '@forge/bridge';

/** As the manifest names it: resource/entry. */
const HAND_OVER_PAGE = 'main/handover';

export interface HandedOver {
  made: { key: string; typeName: string }[];
}

const isHandedOver = (payload: unknown): payload is HandedOver =>
  typeof payload === 'object' && payload !== null && 'made' in payload && Array.isArray(payload.made);

/** `closed` gets what was made, or nothing when the person changed their mind. The page asks before it throws typed words away, so Escape is its own. */
export function openHandOver(closed: (result?: HandedOver) => void): Promise<void> {
  return new Modal({
    resource: HAND_OVER_PAGE,
    size: 'large',
    closeOnEscape: false,
    closeOnOverlayClick: false,
    onClose: (payload: unknown) => closed(isHandedOver(payload) ? payload : undefined),
  }).open();
}
