import type { ReactElement } from 'react';
import { ListBoxItem } from 'react-aria-components';
import { untested } from '../../../../electron/contract/connection-test-outcome.ts';
import type { TestResult } from '../../../../electron/contract/connection-test.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { Badge } from '../../../components/index.ts';
import { ProofDot } from '../connection-test/proof-dot.tsx';
import { healthWords } from '../connection-test/proof-words.ts';
import { originWords } from './origin-words.ts';
import type { ListOrder } from './use-list-order.ts';

/** A server in the list: its name and where it comes from, its AE title and how its last test ended. */
export function ServerRow({
  server,
  result,
  order,
}: {
  readonly server: Server;
  /** `undefined`: it was never tested. */
  readonly result: TestResult | undefined;
  readonly order: Pick<ListOrder, 'rowProps' | 'landing'>;
}): ReactElement {
  const { id, name, aeTitle, lifecycle, origin } = server;
  const { word, place } = originWords(origin);
  return (
    <ListBoxItem id={id} textValue={name} className="server-row">
      <div className="server-row-body" data-landing={order.landing(id) ?? undefined} {...order.rowProps(id)}>
        <div className="server-row-line">
          <span className="server-row-name" title={name}>
            {name}
          </span>
          <span className="server-row-badges" title={place ?? undefined}>
            {lifecycle === 'production' || lifecycle === 'approved' ? null : (
              <Badge tone="warning">{lifecycle}</Badge>
            )}
            <Badge tone={origin.kind === 'demonstration' ? 'accent' : 'plain'}>{word}</Badge>
          </span>
        </div>
        <div className="server-row-line">
          <span className="server-row-ae mono">{aeTitle}</span>
          <ProofDot proof={healthWords(result?.states ?? untested)} />
        </div>
      </div>
    </ListBoxItem>
  );
}

/** A server that is still only in the form. */
export function NewRow({ id, name }: { readonly id: string; readonly name: string }): ReactElement {
  return (
    <ListBoxItem id={id} textValue="New server" className="server-row">
      <div className="server-row-body">
        <div className="server-row-line">
          <span className="server-row-name">{name.trim() === '' ? 'New server' : name}</span>
          <Badge tone="warning">not saved</Badge>
        </div>
        <div className="server-row-line" />
      </div>
    </ListBoxItem>
  );
}
