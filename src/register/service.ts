/** What others may ask of the register. */
export { registerMigrations as migrations } from './tables';
export { calendar, readFreezes, removeFreeze, saveFreeze } from './calendar';
export { freezesTouching } from './freezes';
export { neighbourhood, pathBetween } from './graph';
export { type Serves, serves } from './serves';
export { whatIf } from './what-if';
export { carriesOf, foundOf, isTrend, notChoosable, plannableOf, planFor, plannedView, type ServiceNames, supportingItems } from './beside';
export { classesNow } from './kept';
export { factFrom, trendSince } from './of-work';
export { carryOut } from './planned';
export { itemsCalled } from './found';
export { folded, holdsItems, itemsByKeys, type StoredItem } from './store';
export { changesOf, countWork, failuresOf, preventionOf, type Tie, type TiedWork, workOf } from './tied';
export {
  forgetWork,
  hasHeard,
  heardOf,
  keepOutcome,
  keepPlan,
  type Known,
  knownFrom,
  knownQuestion,
  type Naming,
  readKnown,
  sync,
  tiedAmong,
} from './ties';
export { classes, saveClasses, saveSettings, settings } from './arrange';
export { choices } from './choices';
export { register, save, setKeeper, verify } from './keep';
export { facets, get, history, list, type Looking, relations } from './read';
export { relate } from './relate';
export { unused } from './unused';
export { keepColumns, removeView, saveView, views } from './views';
export { exported } from './export';
export * as importing from './importing';
export type { Importing } from './import';
