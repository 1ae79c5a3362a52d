/** What its keeper can do with an agreement besides deeds: write the draft, clone it, propose another version. */
import Button from '@atlaskit/button/new';
import { lazy, Suspense, useState } from 'react';
import type { AgreementDetail, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { useAddress } from '../../../setup/ui/address';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { editPath } from '../address';
import { call } from '../call';
import { proposalLines, proposalSummary } from './words';

const CloneAgreement = lazy(() => import('../edit/begin').then((one) => ({ default: one.CloneAgreement })));
const BeginWish = lazy(() => import('../wish').then((one) => ({ default: one.BeginWish })));

/** A change of what is agreed is a Wish (V08); its draft has the words of the newest version. */
function Propose({ detail }: { detail: AgreementDetail }) {
  const { go } = useAddress();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const { id } = detail.agreement;
  const draft = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('agreements.newVersion', { id });
    setBusy(false);
    if (isTrouble(answer)) setTrouble(answer);
    else go(editPath(id));
  };
  const next = Math.max(...detail.versions.map(({ number }) => number)) + 1;
  return (
    <Suspense>
      <BeginWish
        name="Propose a version"
        summary={proposalSummary(detail)}
        lines={proposalLines(detail)}
        then={
          <>
            <span>What should be different is specified in it, offered and agreed. Its words are drafted here.</span>
            <Button spacing="compact" isLoading={busy} onClick={() => void draft()}>
              Draft version {next}
            </Button>
            {trouble && <Failed trouble={trouble} title="The draft was not begun" />}
          </>
        }
      />
    </Suspense>
  );
}

export function Keeping({ detail }: { detail: AgreementDetail }) {
  const { go, show } = useAddress();
  const [cloning, setCloning] = useState(false);
  const { agreement, editable, versions, version, deeds } = detail;
  if (cloning)
    return (
      <Suspense>
        <CloneAgreement detail={detail} onKeep={() => setCloning(false)} />
      </Suspense>
    );
  // One is being negotiated already: that is where changes go.
  const open = versions.find(({ number, status }) => number !== version && (status === 'draft' || status === 'offered'));
  return (
    <div className={layout['row']} role="group" aria-label="Keep this agreement">
      {editable && (
        <Button
          appearance={deeds.some(({ kind, refused }) => kind !== 'end' && refused.length === 0) ? 'default' : 'primary'}
          onClick={() => go(editPath(agreement.id))}
        >
          Edit draft
        </Button>
      )}
      {open && <Button onClick={() => show(`?version=${String(open.number)}`)}>Open version {open.number}</Button>}
      {!open && !editable && <Propose detail={detail} />}
      <Button onClick={() => setCloning(true)}>Clone agreement</Button>
    </div>
  );
}
