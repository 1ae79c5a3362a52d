/** What came instead of an answer. Before there is content it takes its place, afterwards it stands above it. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef } from 'react';
import type { Trouble } from '../../../src/contract';
import { Message } from '../../shared/message';
import { Reference } from '../../shared/reference';
import { TroubleView } from '../../shared/trouble';
import layout from './layout.module.css';
import { PageLink } from './page-link';

interface InsteadProps {
  trouble: Trouble;
  /** What could not be read, as the beginning of a sentence: "The rules". */
  subject: string;
  /** What this page is for once USM is set up. */
  later: string;
  retry: () => void;
}

export const Instead = ({ trouble, subject, later, retry }: InsteadProps) =>
  trouble.state === 'notSetUp' ? (
    <div className={layout['empty']}>
      <h2>USM is not set up on this site yet</h2>
      <p>{later} Nothing changes before you agree to a plan.</p>
      <p>
        <PageLink to="/">Go to Setup</PageLink>
      </p>
    </div>
  ) : (
    <TroubleView trouble={trouble} subject={subject} retry={retry} />
  );

const textOf = (trouble: Trouble): string => {
  switch (trouble.state) {
    case 'error':
    case 'forbidden':
      return trouble.text;
    case 'notSetUp':
    case 'notUsm':
      return 'USM is not set up on this site any more. Go to Setup and make a plan.';
  }
};

/** `title`: what did not happen. */
export function Failed({ trouble, title, retry }: { trouble: Trouble; title: string; retry?: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [trouble]);
  return (
    <Message ref={box} alert tone="danger" title={title}>
      <span>{textOf(trouble)}</span>
      {trouble.state === 'error' && <Reference value={trouble.reference} />}
      {retry && (
        <Button spacing="compact" onClick={retry}>
          Try again
        </Button>
      )}
    </Message>
  );
}
