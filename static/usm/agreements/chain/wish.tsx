/** From tried times to a Wish, with the values written in. */
import type { AgreementChain } from '../../../../src/contract';
import { BeginWish } from '../wish';
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
    drafting={{ how: 'version', agreement: answer.id, times: carriedTimes(tries) }}
  />
);
