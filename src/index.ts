/** One export per function of manifest.yml, nothing else. */
export { daily, due, issueChanged, issueCreated, issueDeleted, leaving, lifecycle } from './entry/events';
export { resolver } from './entry/resolver';
export { after, gate } from './entry/rules';
