/** Whose eyes an expression looks through, and what looking costs. */
import { may } from '../../issues/access';
import type { Jira } from '../../rest';
import type { Issue, Json, User } from '../../store';
import { Dict, Thing, fromJson, notHere, type Budget, type Value } from '../language';

export interface View {
  jira: Jira;
  person: User | undefined;
  budget: Budget;
  zone: string;
  /** A work item as a value. */
  issue(issue: Issue): Value;
}

/** Ids are numbers in expressions; one that does not exist yet is null. */
export const numberOf = (id: string): Value => (id === '' ? null : Number(id));

/** A work item, or null where the person may not see it. */
export const seen = (view: View, issue: Issue | undefined): Value =>
  issue && may(view.jira, view.person, 'BROWSE_PROJECTS', issue) ? view.issue(issue) : null;

/** Members that Jira has and this site has not: a loud fault instead of a wrong null. */
export const missing = (type: string, names: readonly string[]): Record<string, () => Value> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw notHere(`${type}.${name}`);
      },
    ]),
  );

/** `properties` of an entity: JSON by key, null where there is none. */
export function propertiesOf({ budget }: View, owner: string, properties: Record<string, Json>): Thing {
  const get = (key: string): Value => {
    budget.expend(`${owner}.properties.${key}`);
    return Object.hasOwn(properties, key) ? fromJson(properties[key]) : null;
  };
  return new Thing({
    type: 'EntityProperties',
    identity: owner,
    members: {},
    methods: {
      get: ([key]) => get(String(key)),
      keys: () => {
        budget.expend(`${owner}.properties`);
        return Object.keys(properties);
      },
      updated: () => {
        throw notHere('EntityProperties.updated');
      },
    },
    other: get,
    bean: () => properties,
  });
}

export const dictOf = (entries: Record<string, Value>): Dict => new Dict(new Map(Object.entries(entries)));
