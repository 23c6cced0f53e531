import './card.css';
import type { ReactElement } from 'react';
import type { ConnectionCard } from '../../../../electron/contract/connection-card.ts';
import { CopyButton, Dialog } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { cardForCamera, cardText } from './card-text.ts';
import { QrCode } from './qr-code.tsx';
import type { CardState } from './use-card.ts';

/** What the administrator of a server enters to know this viewer, to be sent, imported or photographed. */
export function CardDialog({
  state,
  serverName,
  onClose,
}: {
  readonly state: CardState;
  /** `null`: the card is for nobody in particular. */
  readonly serverName: string | null;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog
      isOpen={state.kind !== 'closed'}
      isWide
      title={serverName === null ? 'My connection card' : `My connection card for ${serverName}`}
      actions={[{ label: 'Close', onPress: onClose }]}
      onClose={onClose}
    >
      {state.kind === 'failed' ? (
        <FailureNotice failure={state.failure} who={{ server: serverName ?? 'the server', ourAeTitle: '' }} />
      ) : null}
      {state.kind === 'answered' ? <Card card={state.card} /> : null}
    </Dialog>
  );
}

function Card({ card }: { readonly card: ConnectionCard }): ReactElement {
  return (
    <div className="card">
      <div className="card-facts">
        <dl>
          <dt>AE title</dt>
          <dd className="mono">{card.aeTitle}</dd>
          <dt>Computer</dt>
          <dd className="mono">{card.hostName}</dd>
          <dt>{card.addresses.length === 1 ? 'Address' : 'Addresses'}</dt>
          <dd>
            <ul>
              {card.addresses.length === 0 ? <li>This computer is on no network</li> : null}
              {card.addresses.map((address) => (
                <li key={address}>
                  <span className="mono">{address}</span>
                  {address === card.towardsServer ? (
                    <span className="muted"> · the one this server sees</span>
                  ) : null}
                </li>
              ))}
            </ul>
          </dd>
          <dt>Listens at</dt>
          <dd className="mono">{card.ports.join(' and ')}</dd>
          <dt>TLS</dt>
          <dd>{card.tls ? 'yes' : 'no'}</dd>
        </dl>
        <div className="card-buttons">
          <CopyButton text={() => cardText(card)}>Copy as text</CopyButton>
          <CopyButton text={() => card.csv}>Copy as CSV row</CopyButton>
        </div>
      </div>
      <QrCode text={cardForCamera(card)} label="The card as a QR code" />
    </div>
  );
}
