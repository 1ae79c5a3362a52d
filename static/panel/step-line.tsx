/** One dot per status of the main path; below it only where this stands, since when, and when it is due. */
import type { ProcessPanel } from '../../src/contract';
import { Hidden } from '../shared/hidden';
import { Icon } from '../shared/icons';
import { moment, momentToTheMinute, remaining, wholeMoment } from '../shared/time';
import styles from './step-line.module.css';
import { waitingWords } from './view';

type Step = ProcessPanel['steps'][number];
type Place = 'done' | 'here' | 'left' | 'ahead';

const PLACE_WORDS: Record<Place, string> = { done: 'done', here: 'now', left: 'left for now', ahead: 'to come' };

/** While waiting, or once cancelled, the step is left, not taken. At its end the path is done altogether. */
function placeOf(panel: ProcessPanel, index: number): Place {
  if (index < panel.position || panel.status === 'closed') return 'done';
  if (index > panel.position) return 'ahead';
  return panel.waiting || panel.status === 'cancelled' ? 'left' : 'here';
}

function Dot({ step, place, side }: { step: Step; place: Place; side: string }) {
  const at = step.at === undefined || place === 'ahead' ? '' : wholeMoment(step.at);
  return (
    <li className={`${styles['step'] ?? ''} ${styles[place] ?? ''}`} {...(place === 'here' && { 'aria-current': 'step' as const })}>
      <span className={styles['dot']}>{place === 'done' && <Icon name="check" />}</span>
      <Hidden>
        {step.name}, {PLACE_WORDS[place]}
        {at && `, ${at}`}
      </Hidden>
      <span aria-hidden className={`${styles['tip'] ?? ''} ${styles[side] ?? ''}`}>
        {step.name}
        {at ? <small>{at}</small> : <small>{PLACE_WORDS[place]}</small>}
      </span>
    </li>
  );
}

function Due({ panel }: { panel: ProcessPanel }) {
  if (panel.dueBy === undefined || panel.status === 'fulfilled' || panel.status === 'closed' || panel.status === 'cancelled') return null;
  const { late, text } = remaining(panel.dueBy, panel.asOf);
  return (
    <span className={late ? styles['late'] : undefined} title={`${wholeMoment(panel.dueBy)}, ${text}`}>
      {late ? `${text}, due ` : 'Fulfilled due '}
      {momentToTheMinute(panel.dueBy, panel.asOf)}
    </span>
  );
}

export function StepLine({ panel }: { panel: ProcessPanel }) {
  const { steps } = panel;
  const side = (index: number): string => (index < 2 ? 'start' : index > steps.length - 3 ? 'end' : 'middle');
  return (
    <section className={styles['line']}>
      <ol className={styles['steps']} aria-label="Steps to the end">
        {steps.map((step, index) => (
          <Dot key={step.status} step={step} place={placeOf(panel, index)} side={side(index)} />
        ))}
      </ol>
      <p className={styles['caption']}>
        <span title={panel.statusMeaning}>
          {panel.waiting ? (
            <strong>{waitingWords(panel.waiting, panel.asOf)}</strong>
          ) : (
            <>
              <strong>{panel.statusName}</strong>
              {panel.status !== 'cancelled' && ` ${String(panel.position + 1)} of ${String(steps.length)}`}, since {moment(panel.since, panel.asOf)}
            </>
          )}
        </span>
        <Due panel={panel} />
      </p>
    </section>
  );
}
