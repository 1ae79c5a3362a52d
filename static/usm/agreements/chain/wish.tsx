/** From tried times to a Wish, with the values written in and carried into its draft. */
import type { AgreementChain } from '../../../../src/contract';
import { BeginWish, draftFor } from '../wish';
import type { Names } from './names';
import type { Tries } from './trial';
import { carriedTimes, wishLines, wishSummary } from './wish-words';

interface StartWishProps {
  answer: AgreementChain;
  tries: Tries;
  names: Names;
}

export const StartWish = ({ answer, tries, names }: StartWishProps) => (
  <BeginWish
    name="Start a wish with these times"
    primary
    summary={wishSummary(answer, tries)}
    lines={wishLines(answer, tries, names)}
    drafts={{ agreement: answer.id, begin: (item) => draftFor(item, answer.id, carriedTimes(tries)) }}
  />
);
