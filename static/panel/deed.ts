/** Opens the dialogs of a work item, pages of their own over the whole of it. */
import { Modal } from '@forge/bridge';
import type { Deed, ProcessAnswer } from '../../src/contract';
import { processAnswer } from '../../src/contract/work';

/** As the manifest names it: resource/entry. */
const DEED_PAGE = 'main/deed';

interface Room {
  width: string;
  height: string;
}

const ROOMY: Room = { width: '600px', height: '720px' };
const PLAIN: Room = { width: '600px', height: '520px' };

/** Room for what is asked; all else asks a few fields. */
const ROOMS: Readonly<Record<string, Room>> = {
  followUp: { width: '600px', height: '620px' },
  confirm: { width: '600px', height: '600px' },
  confirmFor: ROOMY,
  reclassify: ROOMY,
  close: { width: '664px', height: '720px' },
};

const roomOf = (asked: Deed): Room => ROOMS[asked.deed === 'step' ? asked.transition : asked.deed] ?? PLAIN;

export interface Made {
  key: string;
  typeName: string;
}

export interface Done {
  /** What happened, in a sentence. */
  told: string;
  made: Made[];
  panel: ProcessAnswer | undefined;
}

function toDone(payload: unknown): Done | undefined {
  if (typeof payload !== 'object' || payload === null || !('told' in payload) || typeof payload.told !== 'string') return undefined;
  const made = 'made' in payload && Array.isArray(payload.made) ? (payload.made as Made[]) : [];
  return { told: payload.told, made, panel: 'panel' in payload ? processAnswer.safeParse(payload.panel).data : undefined };
}

/** `closed` gets what was done, or nothing when the person changed their mind. The page asks before it throws typed words away, so Escape is its own. */
export function openDeed(asked: Deed, closed: (done?: Done) => void): Promise<void> {
  return new Modal({
    resource: DEED_PAGE,
    size: roomOf(asked),
    context: asked,
    closeOnEscape: false,
    closeOnOverlayClick: false,
    onClose: (payload: unknown) => closed(toDone(payload)),
  }).open();
}
