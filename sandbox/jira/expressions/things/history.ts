/** What hangs on a work item: changelog entries, comments, links. */
import { changeBean, commentBean, linkBean } from '../../issues/beans';
import { existing } from '../../lookups';
import type { Change, ChangeItem, Comment, Issue, IssueLink } from '../../store';
import { Dict, Moment, Thing, typeFault, type Value } from '../language';
import { linkTypeThing } from './configuration';
import { richText } from './fields';
import { userThing } from './people';
import { numberOf, propertiesOf, seen, type View } from './view';

const itemMembers = (item: ChangeItem): Record<string, () => Value> => ({
  field: () => item.field,
  fieldId: () => item.fieldId ?? null,
  from: () => item.from,
  fromString: () => item.fromText,
  to: () => item.to,
  toString: () => item.toText,
});

function changeThing(view: View, change: Change): Thing {
  const bean = changeBean(view.jira, change);
  return new Thing({
    type: 'Changelog',
    identity: change.id,
    members: {
      id: () => change.id,
      author: () => userThing(view, change.authorId),
      created: () => new Moment(change.created, view.zone),
      items: () =>
        change.items.map(
          (item, index) =>
            new Thing({
              type: 'ChangelogItem',
              identity: `${change.id}.${index}`,
              members: itemMembers(item),
              bean: () => bean.items[index] ?? null,
            }),
        ),
    },
    bean: () => bean,
  });
}

/** Newest first. */
export const changelogsOf = (view: View, issue: Issue): Value => issue.changes.map((one) => changeThing(view, one)).reverse();

/** `getNewestChangelog(field, {from?, fromString?, to?, toString?})` */
export function newestChangelog(view: View, issue: Issue, [field, wanted]: readonly Value[]): Value {
  if (typeof field !== 'string') throw typeFault('getNewestChangelog needs the name of a field');
  const filters = wanted instanceof Dict ? [...wanted.entries] : [];
  const fits = (item: ChangeItem): boolean =>
    (item.field === field || item.fieldId === field) && filters.every(([key, value]) => itemMembers(item)[key]?.() === value);
  const found = issue.changes.filter((one) => one.items.some(fits)).at(-1);
  return found ? changeThing(view, found) : null;
}

/** A comment; one that comes with the transition has no id yet. */
export const commentThing = (view: View, issue: Issue, comment: Comment): Thing =>
  new Thing({
    type: 'Comment',
    identity: comment.id,
    members: {
      id: () => numberOf(comment.id),
      body: () => richText(comment.body),
      author: () => userThing(view, comment.authorId),
      created: () => new Moment(comment.created, view.zone),
      updated: () => new Moment(comment.updated, view.zone),
      properties: () => propertiesOf(view, `Comment.${comment.id}`, Object.fromEntries(comment.properties.map(({ key, value }) => [key, value]))),
    },
    bean: () => commentBean(view.jira, issue, comment),
  });

/** A link as one of its ends sees it. */
export function linkThing(view: View, issue: Issue, link: IssueLink): Thing {
  const { store } = view.jira;
  const outward = link.sourceId === issue.id;
  const other = (): Value => seen(view, store.issues.get(outward ? link.destinationId : link.sourceId));
  return new Thing({
    type: 'IssueLink',
    identity: link.id || `${link.typeId}.${link.sourceId}.${link.destinationId}`,
    members: {
      id: () => numberOf(link.id),
      type: () => linkTypeThing(view, existing(store.linkTypes, link.typeId)),
      direction: () => (outward ? 'outward' : 'inward'),
      linkedIssue: other,
      outwardIssue: () => (outward ? other() : null),
      inwardIssue: () => (outward ? null : other()),
    },
    bean: () => (link.id ? linkBean(view.jira, link) : null),
  });
}
