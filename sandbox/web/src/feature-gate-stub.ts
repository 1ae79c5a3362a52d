/** Stands in for Atlassian's feature service: not there, every flag off, every experiment at its default. */
class FeatureGates {
  static initializeCalled(): boolean {
    return false;
  }

  static initializeCompleted(): boolean {
    return false;
  }

  static checkGate(): boolean {
    return false;
  }

  static getExperimentValue<T>(_experiment: string, _parameter: string, defaultValue: T): T {
    return defaultValue;
  }
}

// The name and the kind of export that Atlaskit imports.
export default FeatureGates;
