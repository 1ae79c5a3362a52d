/**
 * Stands in for Atlaskit's feature gate client, which would bring an experiment service and its network calls into every page.
 * Every gate is closed and every experiment answers its default, as with a client that was never started.
 */
export default {
  checkGate: (): boolean => false,
  getExperimentValue: <T>(_experiment: string, _parameter: string, defaultValue: T): T => defaultValue,
  initializeCompleted: (): boolean => false,
};
