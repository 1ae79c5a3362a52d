/** A subpage that cannot be shown, because its files are gone with an older version of the app or it failed, leaves the others as they are. */
import Button from '@atlaskit/button/new';
import { Component, type ReactNode } from 'react';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';

export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError = (): { failed: boolean } => ({ failed: true });

  override componentDidCatch(error: Error): void {
    report('The page could not be shown', error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Message alert tone="danger" title="This page could not be shown">
        <span>The app may have been renewed meanwhile. Nothing is lost.</span>
        <Button spacing="compact" onClick={() => window.location.reload()}>
          Load again
        </Button>
      </Message>
    );
  }
}
