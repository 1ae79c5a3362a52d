/** What an app shows in a gadget, and its form to set the gadget up. */
import { useMemo, useState } from 'react';
import Button from '@atlaskit/button/new';
import Modal, { CloseButton, ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { PlacedModule } from '../../../contract';
import { ForgeFrame, WidgetEditor, type WidgetConfiguration } from '../../../forge/ui/host';
import { useFrame } from '../ui/frame';
import { useSettled } from '../use-settled';
import type { Configuration } from './api';
import { saidBy } from './said';
import styles from './dashboards.module.css';

export const isWidget = (module: PlacedModule): boolean => module.type === 'dashboards:widget';

const editing = (module: PlacedModule): PlacedModule => ({
  ...module,
  title: `Settings of ${module.title}`,
  frameUrl: module.editFrameUrl ?? module.frameUrl,
  viewportSize: undefined,
});

interface AppProps {
  module: PlacedModule;
  dashboardId: string;
  gadgetId: string;
}

/** Of twelve columns. */
interface WideProps extends AppProps {
  columnSpan: number;
}

export function AppView({ module, dashboardId, gadgetId, columnSpan }: WideProps) {
  const frame = useFrame({});
  const place = { dashboard: { id: dashboardId }, gadget: { id: gadgetId } };
  return (
    <ForgeFrame
      {...frame}
      module={module}
      extension={isWidget(module) ? { ...place, widget: { layout: { columnSpan } } } : { ...place, entryPoint: 'view' }}
    />
  );
}

interface FormProps extends AppProps {
  onSave: (configuration: unknown) => Promise<void>;
  onDone: () => void;
}

/** jira:dashboardGadget: the form stands in the gadget's place and has its own buttons. */
export function GadgetForm({ module, dashboardId, gadgetId, onSave, onDone }: FormProps) {
  const frame = useFrame({});
  const submit = async (configuration: unknown): Promise<void> => {
    await onSave(configuration);
    onDone();
  };
  return (
    <ForgeFrame
      {...frame}
      module={editing(module)}
      extension={{ dashboard: { id: dashboardId }, gadget: { id: gadgetId }, entryPoint: 'edit' }}
      onSubmit={submit}
      onCancel={onDone}
    />
  );
}

/** dashboards:widget: a preview beside the form, and the site's own buttons. */
export function WidgetDialog({ module, dashboardId, gadgetId, columnSpan, kept, onSave, onDone }: FormProps & WideProps & { kept: Configuration }) {
  const frame = useFrame({});
  const [wanted, setWanted] = useState<WidgetConfiguration>(kept);
  const preview = useSettled(wanted);
  // One editor from opening to closing: what is kept does not change meanwhile.
  const [first] = useState(kept);
  const editor = useMemo(() => new WidgetEditor(first, setWanted), [first]);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const place = { dashboard: { id: dashboardId }, gadget: { id: gadgetId } };

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await editor.save(gadgetId, onSave);
      onDone();
    } catch (failure) {
      setError(saidBy(failure));
      setBusy(false);
    }
  };
  return (
    <Modal onClose={onDone} width="x-large" shouldCloseOnOverlayClick={false}>
      <ModalHeader hasCloseButton={false}>
        <ModalTitle>{module.title}</ModalTitle>
        <CloseButton onClick={onDone} />
      </ModalHeader>
      <ModalBody>
        <p role="alert" className={styles['error']}>
          {error}
        </p>
        <div className={styles['split']}>
          <section aria-label="Preview" className={styles['about']}>
            <p className={styles['quiet']}>Preview</p>
            <div className={styles['preview']}>
              <ForgeFrame
                {...frame}
                module={{ ...module, title: `Preview of ${module.title}` }}
                extension={{ ...place, widget: { layout: { columnSpan }, preview } }}
              />
            </div>
          </section>
          <section aria-label="Settings" className={styles['form']}>
            <ForgeFrame
              {...frame}
              module={editing(module)}
              extension={{ ...place, entryPoint: 'edit', widget: { layout: { columnSpan } } }}
              widgetEditor={editor}
            />
          </section>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onDone}>
          Cancel
        </Button>
        <Button appearance="primary" isLoading={busy} onClick={() => void save()}>
          Save
        </Button>
      </ModalFooter>
    </Modal>
  );
}
