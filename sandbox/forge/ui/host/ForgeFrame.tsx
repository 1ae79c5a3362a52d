/** One module of an app on a page of the site: its frame, its bridge and the dialogs it opens, which hold frames again. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PlacedModule } from '../../../contract';
import { BridgeHost } from './BridgeHost';
import { bridgeCommands, type FramePlace, type FrameServices, type ModalRequest } from './commands';
import { PageHistory } from './history';
import { ModalDialog, type DialogChrome, type DialogHandle } from './ModalDialog';
import { watchTheme } from './theme';
import './host.css';

/** Forge docs, Custom UI iframe: sandbox attributes and feature policies (the CSP header says the same of the page itself). */
const SANDBOX =
  'allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts';
const FEATURES = 'camera; clipboard-write; display-capture; fullscreen; microphone';

/** Heights that `viewportSize` fixes; without it the frame is as tall as its content. */
const VIEWPORT_HEIGHT: Record<string, number> = { small: 320, medium: 520, large: 720, xlarge: 900 };
const FIRST_HEIGHT = 40;

export interface ForgeFrameProps {
  module: PlacedModule;
  /** Where the frame is. */
  extension: FramePlace;
  /** Whose session the page has; another person is another frame. */
  session: { accountId: string | undefined };
  /** The page fetches its data again: `view.refresh` and `refreshIssueView`. */
  onRefreshIssue?: () => void;
  /** Goes to a path of the site within the page's router. */
  goTo?: (path: string) => void;
  openIssue?: FrameServices['openIssue'];
  createIssue?: FrameServices['createIssue'];
  onSubmit?: (payload: unknown) => unknown;
  /** The frame's view ends without anything submitted, where it is not in a dialog. */
  onCancel?: () => void;
  widgetEditor?: FrameServices['widgetEditor'];
  onPreview?: FrameServices['onPreview'];
  /** Takes what a workflow rule's page answers with when it is to be saved. */
  onConfigure?: FrameServices['onConfigure'];
  /** Set for a frame in a dialog: ends it. */
  dialog?: DialogHandle & {
    /** Only a dialog that a frame opened has a context of its own. */
    modal?: { context?: unknown };
  };
}

export function ForgeFrame(props: ForgeFrameProps) {
  // The bridge belongs to one page in one place; anything else starts afresh.
  return (
    <Frame
      key={[
        props.module.frameUrl,
        props.extension.issue?.key,
        props.extension.gadget?.id,
        props.extension.project?.key,
        props.extension.entryPoint,
        JSON.stringify(props.extension.widget),
        props.extension.workflowRule?.ruleId,
        props.session.accountId,
      ].join(' ')}
      {...props}
    />
  );
}

function Frame(props: ForgeFrameProps) {
  const { module, dialog } = props;
  const iframe = useRef<HTMLIFrameElement>(null);
  const current = useRef(props);
  current.current = props;
  const frameId = useId();
  const [contentHeight, setContentHeight] = useState(FIRST_HEIGHT);
  // Where page and frame differ in their scheme, the browser puts an opaque ground behind the frame.
  const [themed, setThemed] = useState(false);
  const [modal, setModal] = useState<ModalRequest>();
  const origin = useMemo(() => new URL(module.frameUrl).origin, [module.frameUrl]);

  useEffect(() => {
    const element = iframe.current;
    if (!element) return;
    const ends: (() => void)[] = [];
    const whenGone = (end: () => void): void => void ends.push(end);
    const host = new BridgeHost(
      origin,
      bridgeCommands(
        servicesOf(() => current.current, {
          frameId,
          whenGone,
          size: () => sizeOf(element),
          setThemed: () => setThemed(true),
          setContentHeight,
          setModal,
        }),
      ),
    );
    host.attach(element);
    // Only now, so that no message of the page comes before there is somebody to hear it.
    element.src = module.frameUrl;
    return () => {
      host.dispose();
      for (const end of ends) end();
    };
  }, [module.frameUrl, origin, frameId]);

  const fixed = module.viewportSize === undefined ? undefined : VIEWPORT_HEIGHT[module.viewportSize];
  return (
    <>
      <iframe
        ref={iframe}
        className="forge-frame"
        title={module.title}
        sandbox={SANDBOX}
        allow={FEATURES}
        style={{ height: dialog ? '100%' : (fixed ?? contentHeight), colorScheme: themed ? 'inherit' : 'normal' }}
        onLoad={(event) => dialog && event.currentTarget.focus()}
      />
      {modal && (
        <ForgeDialog
          {...props}
          module={{ ...module, frameUrl: modal.frameUrl }}
          title={modal.title}
          icon={modal.icon}
          size={modal.size}
          modal={{ context: modal.context }}
          closeOnEscape={modal.closeOnEscape}
          closeOnOverlayClick={modal.closeOnOverlayClick}
          onClose={(payload) => {
            // The dialog is to be gone before the app hears of it and takes the focus back.
            flushSync(() => setModal(undefined));
            modal.onClose(payload);
          }}
        />
      )}
    </>
  );
}

export interface ForgeDialogProps extends Omit<ForgeFrameProps, 'dialog'>, DialogChrome {
  /** What the opener passed on. */
  modal?: { context?: unknown };
}

/** A frame in a modal dialog: one that a frame opened, or a module that shows in a dialog, such as jira:issueAction. */
export function ForgeDialog(props: ForgeDialogProps) {
  const { title, icon, size, modal, closeOnEscape, closeOnOverlayClick, onClose, ...frame } = props;
  const { frameUrl } = frame.module;
  const name = title || frame.module.title;
  const chrome = { title, icon: icon && new URL(icon, frameUrl).href, size, closeOnEscape, closeOnOverlayClick, onClose };
  return (
    <ModalDialog {...chrome} label={name}>
      {(handle) => <ForgeFrame {...frame} module={{ ...frame.module, title: name, viewportSize: undefined }} dialog={{ ...handle, modal }} />}
    </ModalDialog>
  );
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLIFrameElement): { width: number; height: number } => ({
  width: clientWidth,
  height: clientHeight,
});

interface FrameState {
  frameId: string;
  size(): { width: number; height: number };
  whenGone(end: () => void): void;
  setThemed(): void;
  setContentHeight(height: number): void;
  setModal(modal: ModalRequest): void;
}

/** Reads the props anew at every command, since the frame outlives the rendering that made it. */
function servicesOf(props: () => ForgeFrameProps, { frameId, whenGone, size, setThemed, setContentHeight, setModal }: FrameState): FrameServices {
  const { module, extension, dialog } = props();
  const base = module.address;
  return {
    module,
    place: extension,
    frameId,
    whenGone,
    modal: dialog?.modal,
    size,
    resize: setContentHeight,
    escape: () => props().dialog?.escape(),
    openModal: setModal,
    theme(apply) {
      setThemed();
      whenGone(watchTheme(apply));
    },
    get close() {
      return props().dialog?.close ?? props().onCancel;
    },
    get onClose() {
      return props().dialog?.onClose;
    },
    get submit() {
      return props().onSubmit;
    },
    get widgetEditor() {
      return props().widgetEditor;
    },
    get onPreview() {
      return props().onPreview;
    },
    get onConfigure() {
      return props().onConfigure;
    },
    get refresh() {
      return props().onRefreshIssue;
    },
    get goTo() {
      return props().goTo;
    },
    get openIssue() {
      return props().openIssue;
    },
    get createIssue() {
      return props().createIssue;
    },
    history:
      base === undefined
        ? undefined
        : () => {
            const history = new PageHistory(base);
            whenGone(() => history.dispose());
            return history.handle();
          },
  };
}
