/** How the site shows a Forge app's Custom UI: the app's own origin, and the addresses behind the pages' frames. */
export { contentSecurityPolicy, FRAME_SANDBOX, pagePermissions, type ExternalSources, type PolicyInput } from './csp';
export { createFrameServer, withBridge, type FrameServer, type FrameServerOptions } from './frames';
export { frameAddress, resolveResource, type FrameResource } from './resources';
export { forgeUiRoutes, pageAddress, type ForgeUiHandler, type ForgeUiOptions } from './routes';
export { buildBridgeScript } from './script';
export type { Extension, ForgeForUi } from './site';
export { tokensCss } from './tokens';
