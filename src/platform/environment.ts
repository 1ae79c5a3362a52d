/** Which installation of the app this is: development, staging and production have modules of their own. */
import { getAppContext } from '@forge/api';

export const environmentId = (): string => getAppContext().environmentAri.environmentId;

/** How long this invocation still has before the platform ends it. */
export const remainingMs = (): number => getAppContext().invocationRemainingTimeInMillis();
