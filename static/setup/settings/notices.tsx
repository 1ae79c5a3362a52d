/** What people are told by a comment as work moves on. */
import { NOTICE_KINDS, NOTICES } from '../../../src/contract';
import layout from '../ui/layout.module.css';
import { Option } from '../ui/option';
import type { PartProps } from './part';
import styles from './settings.module.css';

export function Notices({ draft, onChange }: PartProps) {
  const { notices } = draft;
  return (
    <section className={styles['section']} aria-labelledby="notices">
      <h2 id="notices" className={layout['subhead']}>
        Comments that mention people
      </h2>
      <p className={layout['first']}>
        USM writes one comment on the work item, and Jira tells whoever is mentioned in the way they have chosen. Nobody is told of what they did
        themselves.
      </p>
      {NOTICE_KINDS.map((kind) => (
        <Option
          key={kind}
          type="checkbox"
          name={`notice-${kind}`}
          title={NOTICES[kind].name}
          text={NOTICES[kind].told}
          checked={notices[kind] ?? true}
          onChange={(on) => onChange({ notices: { ...notices, [kind]: on } })}
        />
      ))}
    </section>
  );
}
