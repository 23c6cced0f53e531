import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Server } from '../../../electron/contract/server.ts';
import { Notice } from '../../components/index.ts';

/** Where an administrator's server comes from, and what can be done instead of changing it. */
export function OriginNotice({ server }: { readonly server: Server | null }): ReactElement | null {
  if (server === null || server.origin.kind !== 'administrator') return null;
  const { file, line } = server.origin;
  return (
    <div className="server-form-notice">
      <Notice tone="info" icon={<Lock />} title={`From ${file}, line ${line}`}>
        <p className="muted">
          Set by the administrator and can’t be changed here. Duplicate makes a copy of your own.
        </p>
      </Notice>
    </div>
  );
}
