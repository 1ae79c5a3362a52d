/** The directory of gadgets: Jira's own and those of apps, and what a widget looks like before it is added. */
import { useState, type FormEvent } from 'react';
import Button from '@atlaskit/button/new';
import AppIcon from '@atlaskit/icon/core/app';
import DashboardIcon from '@atlaskit/icon/core/dashboard';
import Modal, { CloseButton, ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import Textfield from '@atlaskit/textfield';
import type { PlacedModule } from '../../../contract';
import { ForgeFrame, type WidgetConfiguration } from '../../../forge/ui/host';
import { useFrame } from '../ui/frame';
import { isWidget } from './app-body';
import { OWN_KINDS } from './own/kinds';
import { saidBy } from './said';
import styles from './dashboards.module.css';

/** Something that can be put onto a dashboard. */
export interface Offer {
  /** What the dashboard names it by. */
  moduleKey: string;
  title: string;
  description: string;
  /** Absent for Jira's own. */
  module?: PlacedModule;
}

export const offersOf = (modules: PlacedModule[]): Offer[] =>
  [
    ...OWN_KINDS.map(({ moduleKey, title, description }) => ({ moduleKey, title, description })),
    ...modules.map((module) => ({
      moduleKey: module.extensionId ?? module.moduleKey,
      title: module.title,
      description: module.description ?? '',
      module,
    })),
  ].sort((a, b) => a.title.localeCompare(b.title));

/** The app's picture; a general one where it has none or it does not load. */
function Thumbnail({ offer: { module } }: { offer: Offer }) {
  const [broken, setBroken] = useState(false);
  if (!module) return <DashboardIcon label="" />;
  if (module.thumbnail === undefined || broken) return <AppIcon label="" />;
  return <img src={module.thumbnail} alt="" width={24} height={24} onError={() => setBroken(true)} />;
}

const PREVIEW_SPAN = 6;

/** The widget as it wants to be shown where it is not set up yet. */
function WidgetPreview({ module, dashboardId }: { module: PlacedModule; dashboardId: string }) {
  const frame = useFrame({});
  const [preview, setPreview] = useState<WidgetConfiguration>();
  return (
    <div className={styles['preview']}>
      <ForgeFrame
        {...frame}
        module={{ ...module, title: `Preview of ${module.title}` }}
        extension={{ dashboard: { id: dashboardId }, widget: { layout: { columnSpan: PREVIEW_SPAN }, ...(preview && { preview }) } }}
        onPreview={setPreview}
      />
    </div>
  );
}

interface DirectoryProps {
  dashboardId: string;
  modules: PlacedModule[];
  onAdd: (offer: Offer) => Promise<void>;
  onClose: () => void;
}

export function Directory({ dashboardId, modules, onAdd, onClose }: DirectoryProps) {
  const offers = offersOf(modules);
  const [text, setText] = useState('');
  const [chosenKey, setChosenKey] = useState(offers[0]?.moduleKey);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const words = text.trim().toLowerCase();
  const shown = offers.filter(({ title, description }) => `${title} ${description}`.toLowerCase().includes(words));
  const chosen = shown.find(({ moduleKey }) => moduleKey === chosenKey) ?? shown[0];

  const add = async (offer: Offer): Promise<void> => {
    setBusy(true);
    try {
      await onAdd(offer);
      onClose();
    } catch (failure) {
      setError(saidBy(failure));
      setBusy(false);
    }
  };
  return (
    <Modal onClose={onClose} width="x-large">
      <ModalHeader hasCloseButton={false}>
        <ModalTitle>Add a gadget</ModalTitle>
        <CloseButton onClick={onClose} />
      </ModalHeader>
      <ModalBody>
        <p role="alert" className={styles['error']}>
          {error}
        </p>
        <div className={styles['split']}>
          <section aria-label="About the gadget" className={styles['about']}>
            {chosen && (
              <>
                <h2 className={styles['aboutTitle']}>{chosen.title}</h2>
                <p className={styles['quiet']}>{chosen.module ? 'From an app' : 'From Jira'}</p>
                <p>{chosen.description}</p>
                {chosen.module && isWidget(chosen.module) && (
                  <WidgetPreview key={chosen.moduleKey} module={chosen.module} dashboardId={dashboardId} />
                )}
              </>
            )}
            {!chosen && <p className={styles['nothing']}>No gadget has this in its name or description.</p>}
          </section>
          <section aria-label="Gadgets" className={styles['offers']}>
            <Textfield
              isCompact
              type="search"
              aria-label="Search gadgets"
              placeholder="Search gadgets"
              autoFocus
              value={text}
              onChange={(event: FormEvent<HTMLInputElement>) => setText(event.currentTarget.value)}
            />
            <ul className={styles['offerList']}>
              {shown.map((offer) => (
                <li key={offer.moduleKey}>
                  <button
                    type="button"
                    className={styles['offer']}
                    aria-pressed={offer === chosen}
                    onClick={() => setChosenKey(offer.moduleKey)}
                    onDoubleClick={() => void add(offer)}
                  >
                    <span className={styles['thumbnail']}>
                      <Thumbnail offer={offer} />
                    </span>
                    <span className={styles['offerText']}>
                      <span className={styles['offerTitle']}>{offer.title}</span>
                      <span className={styles['quiet']}>{offer.description}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          Cancel
        </Button>
        <Button appearance="primary" isDisabled={!chosen} isLoading={busy} onClick={() => chosen && void add(chosen)}>
          Add gadget
        </Button>
      </ModalFooter>
    </Modal>
  );
}
