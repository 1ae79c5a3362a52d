import { useEffect, useRef } from 'react';
import { TroubleView } from '../shared/trouble';
import { PlanView } from './plan-view';
import { RunView } from './run-view';
import styles from './setup.module.css';
import { StartForm } from './start-form';
import { Stages, type Stage } from './stages';
import { useSetup, type Screen } from './use-setup';

const PROMISES: Record<Stage, string> = {
  space: 'Nothing changes before you agree to a plan.',
  plan: 'Every object, before it exists. What is not listed is not touched.',
  apply: 'Step by step, as you. You may leave this page; it waits for you.',
  work: 'The space is ready.',
};

function stageOf(screen: Screen): Stage {
  switch (screen.name) {
    case 'plan':
      return 'plan';
    case 'run':
      return screen.progress.phase === 'done' ? 'work' : 'apply';
    case 'trouble':
      return stageOf(screen.back);
    case 'loading':
    case 'form':
      return 'space';
  }
}

/** Makes a space work with USM: which one, what that needs, doing it. */
export function Setup() {
  const { screen, show, makePlan, apply, pause, resume, goBack } = useSetup();
  const stage = stageOf(screen);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<Stage>();
  // The button that was pressed is gone with its stage: the focus goes on where the new one begins.
  const loading = screen.name === 'loading';
  useEffect(() => {
    if (loading) return;
    if (shown.current !== undefined && shown.current !== stage) heading.current?.focus();
    shown.current = stage;
  }, [loading, stage]);
  return (
    <main className={styles['setup']}>
      <header className={styles['head']}>
        <h1 ref={heading} tabIndex={-1}>
          Setup
        </h1>
        <p>{PROMISES[stage]}</p>
      </header>
      <Stages at={stage} />
      {screen.name === 'loading' && <div className={styles['loading']} aria-busy aria-label="Reading what has been set up" />}
      {screen.name === 'trouble' && <TroubleView trouble={screen.trouble} subject="Setup" retry={() => goBack(screen.back)} />}
      {screen.name === 'form' && (
        <StartForm target={screen.target} planning={screen.planning} notice={screen.notice} onPlan={(target) => void makePlan(target)} />
      )}
      {screen.name === 'plan' && (
        <PlanView
          plan={screen.plan}
          onBack={() => show({ name: 'form', target: screen.plan.target, planning: false })}
          onApply={() => apply(screen.plan)}
        />
      )}
      {screen.name === 'run' && (
        <RunView screen={screen} onPause={pause} onResume={resume} onAnother={() => show({ name: 'form', planning: false })} />
      )}
    </main>
  );
}
