/** How a page of the site shows an app's frames. */
export { BridgeHost, type CommandHandler, type CommandHandlers } from './BridgeHost';
export { bridgeCommands, type FramePlace, type FrameServices, type ModalRequest, type ModalSize } from './commands';
export { appEvents, publicEvents, EventBus } from './events';
export { closeFlag, showFlag } from './flags';
export { ForgeDialog, ForgeFrame, type ForgeDialogProps, type ForgeFrameProps } from './ForgeFrame';
export { modulesAt, statusOf } from './site';
export { WidgetEditor, type WidgetConfiguration } from './widget';
