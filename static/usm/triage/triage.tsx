/** What is this call? At most three answers lead to the work type, and the reason is shown. */
import Button from '@atlaskit/button/new';
import { Live } from '../../shared/hidden';
import { Skeleton } from '../../shared/skeleton';
import { article, toAnswers, toSearch, wayOf } from '../../shared/triage/answers';
import { Question } from '../../shared/triage/question';
import { useAddress } from '../../setup/ui/address';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { useReading } from '../../setup/ui/use-reading';
import { call } from '../call';
import { Instead } from '../instead';
import { OutcomeCard } from './outcome';

const LINES = Array.from({ length: 2 }, () => ({ height: 144, width: '70%' }));
const first = () => call('board.triage', {});

export function Triage() {
  const { search, show } = useAddress();
  const { answer: form, trouble, again } = useReading(first);

  const body = () => {
    if (!form)
      return trouble ? <Instead trouble={trouble} subject="The questions" retry={again} /> : <Skeleton subject="the questions" lines={LINES} />;
    const given = toAnswers(search);
    const { questions, outcome } = wayOf(form, given);
    return (
      <div className={layout['columns']}>
        <div className={layout['main']}>
          {questions.map((question, index) => (
            <Question
              key={question.key}
              number={index + 1}
              question={question}
              value={given[question.key]}
              onAnswer={(value) => show(toSearch({ ...given, [question.key]: value }))}
            />
          ))}
          {search !== '' && (
            <div>
              <Button appearance="subtle" onClick={() => show('')}>
                Begin again
              </Button>
            </div>
          )}
        </div>
        <div className={layout['side']}>
          <Live>{outcome && `This is ${article(outcome.typeName)} ${outcome.typeName}. ${outcome.because}`}</Live>
          {outcome ? (
            <OutcomeCard form={form} outcome={outcome} />
          ) : (
            <section className={layout['card']} aria-label="The work type">
              <h2>Not decided yet</h2>
              <p>Answer question {questions.length}; the work type and the reason then stand here.</p>
            </section>
          )}
        </div>
      </div>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="What is this call?" text="At most three answers decide the work type." />
      {body()}
    </div>
  );
}
