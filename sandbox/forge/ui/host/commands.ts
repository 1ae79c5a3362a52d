/** The bridge's commands, each in terms of what the frame's surroundings can do. */
import { z } from 'zod';
import type { PlacedModule } from '../../../contract';
import type { HostHistory } from '../frame/history';
import type { Theme } from '../frame/theme';
import type { CommandHandlers } from './BridgeHost';
import { appEvents, publicEvents, type EventBus } from './events';
import { closeFlag, showFlag } from './flags';
import { notify } from './notify';
import { navigate, urlOf, type GoTo } from './navigate';
import { fetchProduct } from './product';
import { frameUrlOf, post } from './site';
import { currentTheme, themeState } from './theme';
import { configuration, type WidgetConfiguration, type WidgetEditor, type WidgetPlace } from './widget';

type Callback = (...args: unknown[]) => unknown;
const callback = z.custom<Callback>((value) => typeof value === 'function');

/** Where the frame is; the site looks up the rest of the extension itself. */
export interface FramePlace {
  issue?: { key: string };
  /** Of a page; a work item's own is looked up. */
  project?: { key: string };
  dashboard?: { id: string };
  /** None while a widget is only looked at in the directory. */
  gadget?: { id: string };
  widget?: WidgetPlace;
  /** A rule of an app in a workflow; without `ruleId` it is about to be added. */
  workflowRule?: { workflowId: string; transitionId: string; ruleId?: string };
  /** A gadget or a rule is looked at, or set up. */
  entryPoint?: 'create' | 'view' | 'edit';
}

/** A dialog that a frame asks for. */
export interface ModalRequest {
  frameUrl: string;
  title: string;
  icon: string;
  size: ModalSize;
  context?: unknown;
  closeOnEscape: boolean;
  closeOnOverlayClick: boolean;
  onClose: (payload: unknown) => void;
}

const NAMED_SIZES = ['small', 'medium', 'large', 'xlarge', 'max', 'fullscreen', 'resizable'] as const;
const modalSize = z.union([z.enum(NAMED_SIZES), z.object({ width: z.string(), height: z.string().optional() })]);
export type ModalSize = z.infer<typeof modalSize>;

const modalSchema = z.object({
  resource: z.string().nullish(),
  onClose: callback,
  size: modalSize.default('medium'),
  context: z.unknown().optional(),
  closeOnEscape: z.boolean().default(true),
  closeOnOverlayClick: z.boolean().default(true),
  title: z.string().default(''),
  icon: z.string().default(''),
});

const invokeSchema = z.object({
  functionKey: z.string(),
  payload: z.unknown().optional(),
  metadata: z.unknown().optional(),
  invokeType: z.string().optional(),
});
const invokeAnswer = z.union([
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ ok: z.literal(false), error: z.object({ message: z.string() }) }),
]);
const eventSchema = z.object({ event: z.string(), payload: z.unknown().optional() });
const subscriptionSchema = z.object({ event: z.string(), callback });
/** Answers the rule's configuration as text, or undefined where it is not to be saved. */
const ruleConfiguration = z.object({ data: z.object({ onConfigure: callback }) });
const issueModal = z.object({ data: z.object({ onClose: callback.optional(), context: z.record(z.string(), z.unknown()).default({}) }) });

/** What the surroundings of a frame offer; a missing one answers `false`, from which @forge/bridge makes its own error. */
export interface FrameServices {
  module: PlacedModule;
  place: FramePlace;
  /** The context of the dialog this frame is in, under `modal`. */
  modal?: { context?: unknown };
  resize(height: number): void;
  /** How much room the frame has. */
  size(): { width: number; height: number };
  escape(): void;
  openModal(request: ModalRequest): void;
  /** Ends the view; answers false when the frame is not in something that closes. */
  close?: (payload: unknown) => void;
  onClose?: (callback: () => unknown) => void;
  submit?: (payload: unknown) => unknown;
  refresh?: () => void;
  /** Set for a frame that sets up a widget. */
  widgetEditor?: WidgetEditor;
  /** Takes what a widget wants to be shown with where it is only looked at. */
  onPreview?: (config: WidgetConfiguration) => void;
  /** Takes what a rule's page answers with when it is to be saved. */
  onConfigure?: (configuration: () => unknown) => void;
  history?: () => HostHistory;
  goTo?: GoTo;
  openIssue?: (issueKey: string, onClose: () => void) => void;
  createIssue?: (context: Record<string, unknown>, onClose: (result: { payload: { issueId: string }[] }) => void) => void;
  /** Runs when the frame goes. */
  whenGone(end: () => void): void;
  /** Hands over what keeps the frame's theme in step. */
  theme(apply: (theme: Theme) => void): void;
  frameId: string;
}

/** The handlers of one frame. */
export function bridgeCommands(services: FrameServices): CommandHandlers {
  const { module, modal } = services;
  const own = appEvents.of(new URL(module.frameUrl).origin);
  const extension = () => {
    const { widget, ...place } = services.place;
    const measured = widget && { widget: { ...widget, layout: { ...widget.layout, ...services.size() } } };
    return { ...place, ...measured, location: window.location.href, ...(modal && { modal: modal.context }) };
  };
  const subscribe = (bus: EventBus) => (data: unknown) => {
    const { event, callback } = subscriptionSchema.parse(data);
    const subscription = bus.on(event, callback);
    services.whenGone(subscription.unsubscribe);
    return subscription;
  };
  const emit = (bus: EventBus) => (data: unknown) => {
    const { event, payload } = eventSchema.parse(data);
    bus.emit(event, payload);
  };
  const optional = (run: (() => unknown) | undefined): unknown => (run ? run() : false);

  return {
    async invoke(data) {
      const { functionKey, payload, metadata, invokeType } = invokeSchema.parse(data);
      if (invokeType !== undefined) throw new Error(`This site does not have "${invokeType}".`);
      const answer = invokeAnswer.parse(await post('/_forge/invoke', { moduleKey: module.moduleKey, functionKey, payload, extension: extension() }));
      if (!answer.ok) throw new Error(answer.error.message);
      // ECO-277: the platform turns no answer into an empty object.
      const body = answer.value ?? (answer.value === null ? null : {});
      return metadata === undefined ? body : { body, metadata: {} };
    },
    async getContext() {
      const context = await post('/_forge/context', { moduleKey: module.moduleKey, extension: extension() });
      return { ...z.record(z.string(), z.unknown()).parse(context), theme: themeState() };
    },
    fetchProduct,
    enableTheming(data) {
      const apply = callback.parse(data) as (theme: Theme) => unknown;
      services.theme((theme) => notify(apply, theme));
      return apply(currentTheme());
    },
    getFrameId: () => services.frameId,
    emitReadyEvent: () => true,
    submit: (payload) => optional(services.submit && (() => services.submit?.(payload))),
    close: (payload) => optional(services.close && (() => services.close?.(payload))),
    onClose: (data) => optional(services.onClose && (() => services.onClose?.(callback.parse(data)))),
    refresh: () => optional(services.refresh),
    setWorkflowRuleConfigurationCallback(data) {
      const { onConfigure } = ruleConfiguration.parse(data).data;
      return optional(services.onConfigure && (() => services.onConfigure?.(onConfigure)));
    },
    refreshIssueView: () => optional(services.refresh),
    async openModal(data) {
      const { resource, ...rest } = modalSchema.parse(data);
      const frameUrl = resource ? await frameUrlOf(resource, module.moduleKey) : module.frameUrl;
      services.openModal({ ...rest, frameUrl, onClose: (payload) => notify(rest.onClose, payload) });
    },
    navigate: (data) => navigate(data, services.goTo),
    getUrl: urlOf,
    reload: () => window.location.reload(),
    createHistory() {
      if (!services.history) throw new Error('createHistory is for modules with a page of their own.');
      return services.history();
    },
    changeWindowTitle(title) {
      if (module.address === undefined) throw new Error('changeWindowTitle is for modules with a page of their own.');
      document.title = z.string().parse(title);
    },
    showFlag,
    closeFlag,
    emit: emit(own),
    on: subscribe(own),
    emitPublic: emit(publicEvents),
    onPublic: subscribe(publicEvents),
    openIssueViewModal(data) {
      const { context, onClose } = issueModal.parse(data).data;
      const issueKey = z.string().parse(context['issueKey']);
      return optional(services.openIssue && (() => services.openIssue?.(issueKey, () => notify(onClose))));
    },
    openIssueCreateModal(data) {
      const { context, onClose } = issueModal.parse(data).data;
      return optional(services.createIssue && (() => services.createIssue?.(context, (result) => notify(onClose, result))));
    },
    getWidgetApi: () => ({ setPreviewConfig: (config: unknown) => services.onPreview?.(configuration.parse(config)) }),
    getWidgetEditApi() {
      if (!services.widgetEditor) throw new Error('getWidgetEditApi is for the frame that sets up a widget.');
      return services.widgetEditor.api;
    },
    __resize: (data) => services.resize(z.object({ height: z.number() }).parse(data).height),
    __escape: () => services.escape(),
  };
}
