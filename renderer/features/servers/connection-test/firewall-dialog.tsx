import './connection-test.css';
import type { ReactElement } from 'react';
import type { FirewallOffer } from '../../../../electron/contract/firewall.ts';
import { CopyButton, Dialog, Notice, StatusDot, type DialogAction } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { elevationWords, openedWords, portWords } from './firewall-words.ts';
import type { FirewallAsking, FirewallState } from './use-firewall.ts';

/** Shows the very command before it is run, asks, and says what came of it. */
export function FirewallDialog({
  firewall: { state, allow, close },
  onTest,
}: {
  readonly firewall: FirewallAsking;
  /** Tests the connection once more. */
  readonly onTest: () => void;
}): ReactElement {
  return (
    <Dialog
      isOpen={state.kind !== 'closed'}
      isWide
      title={state.kind === 'closed' ? '' : `Let others in at ${portWords(state.ports)}?`}
      actions={actionsFor(state, { allow, close, onTest })}
      onClose={close}
    >
      <div className="firewall" aria-live="polite">
        <Content state={state} />
      </div>
    </Dialog>
  );
}

function Content({ state }: { readonly state: FirewallState }): ReactElement | null {
  switch (state.kind) {
    case 'closed':
      return null;
    case 'asking':
      return <StatusDot state="running">Looking at the firewall…</StatusDot>;
    case 'offered':
      return <Offer offer={state.offer} ports={state.ports} />;
    case 'opening':
      return (
        <>
          <Offer offer={state.offer} ports={state.ports} />
          <StatusDot state="running">Under way…</StatusDot>
        </>
      );
    case 'opened': {
      const { tone, title, detail } = openedWords(state.opened);
      return (
        <Notice tone={tone} title={title}>
          {detail}
        </Notice>
      );
    }
    case 'failed':
      return <FailureNotice failure={state.failure} who={{ server: '', ourAeTitle: '' }} isNew />;
  }
}

function Offer({
  offer,
  ports,
}: {
  readonly offer: FirewallOffer;
  readonly ports: readonly number[];
}): ReactElement {
  switch (offer.kind) {
    case 'nothing-to-open':
      return <Notice tone="ok" title={`Nothing shuts ${portWords(ports)} that could be opened from here.`} />;
    case 'by-hand':
      return (
        <>
          <p>
            {`The firewall (${offer.tool}) can only be changed by an administrator, and this computer has no way to ask for one. The administrator opens ${portWords(ports)} with:`}
          </p>
          <CommandLine command={offer.command} />
        </>
      );
    case 'offered':
      return (
        <>
          <p>
            {`The firewall of this computer (${offer.tool}) is told to let connections in at ${portWords(ports)}, from anywhere, with exactly this command:`}
          </p>
          <CommandLine command={offer.command} />
          <p className="muted">
            {elevationWords[offer.elevation]}{' '}
            {offer.isPermanent
              ? 'It holds until the rule is taken away again.'
              : 'It holds until this computer is started again.'}
          </p>
        </>
      );
  }
}

function CommandLine({ command }: { readonly command: string }): ReactElement {
  return (
    <p className="firewall-command">
      <code>{command}</code>
      <CopyButton kind="quiet" text={() => command}>
        Copy command
      </CopyButton>
    </p>
  );
}

interface Doing {
  readonly allow: () => void;
  readonly close: () => void;
  readonly onTest: () => void;
}

function actionsFor(state: FirewallState, { allow, close, onTest }: Doing): readonly DialogAction[] {
  switch (state.kind) {
    case 'opened':
      return [
        { label: 'Close', kind: 'quiet', onPress: close },
        {
          label: 'Test again',
          kind: 'primary',
          onPress: () => {
            close();
            onTest();
          },
        },
      ];
    case 'closed':
    case 'failed':
      return [{ label: 'Close', onPress: close }];
    case 'asking':
    case 'offered':
    case 'opening':
      if (state.kind === 'offered' && state.offer.kind !== 'offered')
        return [{ label: 'Close', onPress: close }];
      return [
        { label: state.kind === 'opening' ? 'Close' : 'Not now', kind: 'quiet', onPress: close },
        {
          label: `Allow ${portWords(state.ports)}`,
          kind: 'primary',
          onPress: allow,
          isDisabled: state.kind !== 'offered',
        },
      ];
  }
}
