/** What its keeper can do with an agreement besides deeds: write the draft, clone it, propose another version. */
import Button from '@atlaskit/button/new';
import { lazy, Suspense, useState } from 'react';
import type { AgreementDetail } from '../../../../src/contract';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { editPath } from '../address';
import { BeginWish, draftFor } from '../wish';
import { proposalLines, proposalSummary } from './words';

const CloneAgreement = lazy(() => import('../edit/begin').then((one) => ({ default: one.CloneAgreement })));

/** A change of what is agreed is a Wish (V08); its draft has the words of the newest version. */
const Propose = ({ detail }: { detail: AgreementDetail }) => (
  <BeginWish
    name="Propose a version"
    summary={proposalSummary(detail)}
    lines={proposalLines(detail)}
    drafts={{ agreement: detail.agreement.id, begin: (item) => draftFor(item, detail.agreement.id, []) }}
  />
);

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
