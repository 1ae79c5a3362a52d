/** Finds a person by name, as Jira finds people for whoever looks. */
import type { Person } from '../../src/contract';
import { Face } from './face';
import { findPeople } from './find-people';
import { Finder } from './finder';

export const PersonPicker = ({ label, onPick, onCancel }: { label: string; onPick: (person: Person) => void; onCancel: () => void }) => (
  <Finder<Person>
    label={label}
    all="People"
    placeholder="Type a name"
    find={findPeople}
    keyOf={({ accountId }) => accountId}
    show={({ accountId, name }) => (
      <>
        <Face id={accountId} name={name} small />
        {name}
      </>
    )}
    nothing={(words) => `Nobody is called “${words}”.`}
    failed="Jira did not answer. Type again."
    onPick={onPick}
    onCancel={onCancel}
  />
);
