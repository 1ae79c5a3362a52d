/** The work type that the answers lead to, why, and what the others would have been. */
import type { TriageForm } from '../../../src/contract';
import { Lozenge } from '../lozenge';
import { TypeGlyph } from '../type-glyph';
import { article, others, type TriageWays } from './answers';
import styles from './outcome.module.css';

type Outcome = TriageForm['outcomes'][number];

export const OutcomeWords = ({ outcome: { type, typeName, verb, because, description } }: { outcome: Outcome }) => (
  <>
    <p className={styles['lead']}>This is {article(typeName)}</p>
    <h2 className={styles['type']}>
      <TypeGlyph type={type} />
      {typeName}
      <Lozenge tone="information">starts in {verb}</Lozenge>
    </h2>
    <p className={styles['because']}>{because}</p>
    <p>{description}</p>
  </>
);

export const WhyNot = ({ ways, outcome }: { ways: TriageWays; outcome: Outcome }) => (
  <>
    <h3>Why not another?</h3>
    <dl className={styles['others']}>
      {others(ways, outcome).map((one) => (
        <div key={one.type}>
          <dt>
            <TypeGlyph type={one.type} />
            {one.typeName}
          </dt>
          <dd>{one.description}</dd>
        </div>
      ))}
    </dl>
  </>
);
