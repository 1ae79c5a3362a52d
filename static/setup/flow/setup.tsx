/** Makes spaces work with USM: read the site, agree to a plan, apply it, look whether it is so. */
import { useCallback, useEffect, useState } from 'react';
import type { SetupPlan, SetupTarget, Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { TroubleView } from '../../shared/trouble';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { Apply } from './apply';
import { Assess } from './assess';
import { call } from './call';
import { PlanStage } from './plan-stage';
import { stageOf } from './run';
import { Stages, STAGE_KEYS, type Stage } from './stages';
import { draftOf, EMPTY, toTarget, type Draft } from './start';
import { useRun } from './use-run';
import { Verify } from './verify';

const PURPOSE: Record<Stage, string> = {
  assess: 'Read the site. Nothing is written in this step.',
  plan: 'Every object, before it exists. What is not listed is not touched.',
  apply: 'Step by step, as you. You may leave this page; it waits for you.',
  verify: 'What is really there, read back from the site.',
};

const LINES = [
  { height: 20, width: '60%' },
  { height: 320, width: '100%' },
];

/** What stands above a stage: why somebody is back here. */
interface Notice {
  title: string;
  text: string;
  list: readonly string[];
}

export function Setup() {
  const run = useRun();
  const { progress, changed, driving } = run;
  const [chosen, setChosen] = useState<Stage>();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [plan, setPlan] = useState<SetupPlan>();
  const [selected, setSelected] = useState<string>();
  const [planning, setPlanning] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [notice, setNotice] = useState<Notice>();

  const makePlan = useCallback(async (target: SetupTarget, decide?: string): Promise<void> => {
    setPlanning(true);
    setTrouble(undefined);
    const answer = await call('setup.plan', target);
    setPlanning(false);
    setDraft(draftOf(target));
    if (isTrouble(answer)) return setTrouble(answer);
    setPlan(answer);
    setSelected(decide);
    setChosen('plan');
  }, []);

  // The plan that was agreed to is not the one that would be applied: the new one is for deciding anew.
  const { forgetChange } = run;
  useEffect(() => {
    if (!changed) return;
    forgetChange();
    setNotice({ title: 'The site has changed since the plan was made', text: changed.answer.text, list: changed.answer.changes });
    setChosen('plan');
    void makePlan(changed.target);
  }, [changed, forgetChange, makePlan]);

  const reached = progress ? stageOf(progress) : driving ? 'apply' : 'assess';
  const stage = driving ? 'apply' : (chosen ?? reached);
  const busy = progress?.phase === 'running' || progress?.phase === 'undoing' || driving !== undefined;
  const target = plan?.target ?? progress?.target;

  const go = (next: Stage): void => {
    setNotice(undefined);
    setTrouble(undefined);
    // Verify and Apply show what is on the server; the plan is made anew if it is not at hand.
    if (next === 'plan' && !plan && target) void makePlan(target);
    else setChosen(next);
  };

  const open = STAGE_KEYS.filter(
    (one) =>
      !busy &&
      (STAGE_KEYS.indexOf(one) <= STAGE_KEYS.indexOf(reached) || (one === 'plan' && plan !== undefined)) &&
      (one !== 'plan' || target !== undefined),
  );

  const body = () => {
    if (!progress && !driving) {
      return run.trouble ? (
        <TroubleView trouble={run.trouble} subject="Setup" retry={() => void run.read()} />
      ) : (
        <Skeleton subject="what has been set up" lines={LINES} />
      );
    }
    switch (stage) {
      case 'assess':
        return (
          <Assess
            draft={draft}
            onDraft={setDraft}
            planning={planning}
            trouble={trouble}
            undone={progress?.phase === 'undone' ? progress.kept : undefined}
            onPlan={(decide) => void makePlan(toTarget(draft), decide)}
          />
        );
      case 'plan':
        return plan ? (
          <PlanStage
            plan={plan}
            selected={selected}
            planning={planning}
            trouble={trouble}
            onSelect={setSelected}
            onDecide={(choices) => void makePlan({ ...plan.target, choices: { ...plan.target.choices, ...choices } })}
            onBack={() => go('assess')}
            onApply={() => {
              setNotice(undefined);
              setChosen(undefined);
              run.apply(plan.target, plan.hash);
            }}
          />
        ) : trouble ? (
          <TroubleView trouble={trouble} subject="The plan" retry={() => target && void makePlan(target)} />
        ) : (
          <Skeleton subject="the site" lines={LINES} />
        );
      case 'apply':
        return <Apply run={run} onAnother={() => go('assess')} />;
      case 'verify':
        return <Verify progress={progress} onAnother={() => go('assess')} />;
    }
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Setup" text={PURPOSE[stage]} part={progress || driving ? stage : undefined} />
      <Stages at={stage} reached={reached === 'assess' && stage === 'plan' ? 'plan' : reached} open={open} onGo={go} />
      {notice && (
        <Message alert tone="warning" title={notice.title}>
          <span>{notice.text}</span>
          {notice.list.length > 0 && (
            <ul className={layout['bullets']}>
              {notice.list.slice(0, 12).map((one) => (
                <li key={one}>{one}</li>
              ))}
              {notice.list.length > 12 && <li>and {notice.list.length - 12} more</li>}
            </ul>
          )}
        </Message>
      )}
      {body()}
    </div>
  );
}
