/** What a dialog tells when its one button led to nothing. Pure. */
import type { Trouble } from '../../src/contract';
import type { Refusal } from './refusal';

/** `nothing`: what did not happen, as the title says it. */
export function refusalOf(answer: { state: 'refused'; text: string } | Trouble, nothing: string): Refusal {
  switch (answer.state) {
    case 'refused':
      return { title: nothing, text: answer.text, conflict: false };
    case 'error':
      return { title: nothing, text: answer.text, reference: answer.reference, conflict: answer.code === 'person.conflict' };
    case 'forbidden':
      return { title: 'You may not do this', text: answer.text, conflict: false };
    case 'notSetUp':
    case 'notUsm':
      return { title: nothing, text: 'This work item does not work with USM any more.', conflict: false };
  }
}
