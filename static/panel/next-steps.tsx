/** The ways on from here: one, or tabs with the names of the steps. */
import { useId, useState, type KeyboardEvent } from 'react';
import type { NextStep, ProcessPanel } from '../../src/contract';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import styles from './next-steps.module.css';
import { RuleLines } from './rule-lines';
import { TakeStep } from './take-step';
import type { Acts } from './use-acts';
import { howTaken, tally } from './view';

interface NextStepsProps {
  panel: ProcessPanel;
  keys: readonly string[];
  acts: Acts;
}

const unmet = (step: NextStep): boolean => step.rules.some((rule) => rule.state === 'unmet');

interface TabsProps {
  id: string;
  steps: readonly NextStep[];
  chosen: NextStep;
  onChoose: (transition: string) => void;
}

/** Arrows move among the tabs. A tab shows whether anything is missing behind it, so that none hides an unmet rule. */
function Tabs({ id, steps, chosen, onChoose }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = steps[(steps.indexOf(chosen) + move + steps.length) % steps.length];
    if (!next) return;
    onChoose(next.transition);
    document.getElementById(`${id}-${next.transition}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Next steps" className={styles['tabs']} onKeyDown={onKeyDown}>
      {steps.map((step) => (
        <button
          key={step.transition}
          type="button"
          role="tab"
          id={`${id}-${step.transition}`}
          aria-selected={step === chosen}
          aria-controls={`${id}-panel`}
          tabIndex={step === chosen ? 0 : -1}
          onClick={() => onChoose(step.transition)}
        >
          {unmet(step) ? <Mark kind="unmet" name="Something is missing:" /> : <Mark kind="met" name="Possible:" />}
          {step.name}
        </button>
      ))}
    </div>
  );
}

export function NextSteps({ panel, keys, acts }: NextStepsProps) {
  const id = useId();
  const [choice, setChoice] = useState<string>();
  const chosen = panel.next.find((step) => step.transition === choice) ?? panel.next[0];
  if (!chosen) {
    return (
      <section className={styles['next']} aria-label="Next step">
        <p className={styles['who']}>{panel.statusMeaning}</p>
        <TakeStep others={panel.others} acts={acts} />
      </section>
    );
  }
  const several = panel.next.length > 1;
  const count = tally(chosen.rules);
  const handOver = panel.may.handOver ? acts.onHandOver : undefined;
  return (
    <section className={styles['next']} aria-label="Next step">
      {several && <Tabs id={id} steps={panel.next} chosen={chosen} onChoose={setChoice} />}
      <div {...(several && { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-${chosen.transition}` })}>
        <header className={styles['head']}>
          <h2>Next: {chosen.toName}</h2>
          {count && <Lozenge tone={count.met === count.of ? 'success' : 'warning'}>{`${String(count.met)} of ${String(count.of)} met`}</Lozenge>}
        </header>
        <p className={styles['who']}>{howTaken(chosen)}</p>
        <RuleLines key={chosen.transition} rules={chosen.rules} keys={keys} onHandOver={handOver} onAsk={acts.onAsk} />
        {/* Accepting what was handed over is an answer, which the receipt above takes: it also says who does it. */}
        <TakeStep step={chosen?.transition === 'accept' && panel.receipt?.may.accept ? undefined : chosen} others={panel.others} acts={acts} />
      </div>
      {panel.later && panel.later.rules.length > 0 && (
        <div className={styles['later']}>
          <h2>
            Then, before {panel.later.toName}
            <span>no need to wait with these</span>
          </h2>
          <RuleLines ahead rules={panel.later.rules} keys={keys} onHandOver={handOver} onAsk={acts.onAsk} />
        </div>
      )}
    </section>
  );
}
