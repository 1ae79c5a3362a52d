/** What an expression finds around it on this site: the person, the clock, constructors of Jira's types. */
import { hasPermission } from '../lookups';
import type { Jira } from '../rest';
import type { Issue, User } from '../store';
import { Budget, evaluate, toJson, typeFault, type Constructor, type Outcome, type Value } from './language';
import { issueThing } from './things/issue';
import { projectThing } from './things/configuration';
import { richText } from './things/fields';
import { userThing } from './things/people';
import { seen, type View } from './things/view';

const nameOf = (value: Value): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw typeFault('An id or a key is needed');
};

export function constructorsOf(view: View): Record<string, Constructor> {
  const { store } = view.jira;
  let made = 0;
  const loading = (make: (name: string) => Value): Constructor => {
    return (parameters) => {
      made += 1;
      view.budget.expend(`new.${made}`);
      return make(nameOf(parameters.any(0)));
    };
  };
  return {
    Issue: loading((name) => seen(view, store.issue(name))),
    Project: loading((name) => {
      const project = store.project(name);
      return project && hasPermission(store, view.person, 'BROWSE_PROJECTS', project) ? projectThing(view, project) : null;
    }),
    User: loading((name) => userThing(view, name)),
    RichText: (parameters) => richText(toJson(parameters.any(0))),
  };
}

/** Evaluates an expression for a person; `variables` are made when the view on the site is there. */
export function evaluateFor(jira: Jira, person: User | undefined, expression: string, variables: (view: View) => Record<string, Value>): Outcome {
  const budget = new Budget();
  const zone = person?.timeZone ?? 'Etc/UTC';
  const view: View = { jira, person, budget, zone, issue: (issue: Issue) => issueThing(view, issue) };
  return evaluate(expression, {
    now: jira.clock.now().getTime(),
    zone,
    budget,
    variables: { user: userThing(view, person?.id), ...variables(view) },
    constructors: constructorsOf(view),
  });
}
