import { useEffect, useState } from 'react';
import type { SecretKept } from '../../../../electron/contract/certificate.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { ServerId } from '../../../../electron/contract/server.ts';
import { useViewer } from '../../../bridge/index.ts';

export interface Secret {
  /** What is typed and not kept yet. */
  readonly value: string;
  /** `null`: not known yet. */
  readonly kept: SecretKept | null;
  readonly failure: Failure | null;
  readonly change: (value: string) => void;
  readonly keep: () => void;
  readonly forget: () => void;
}

/** The password or token of a server. `serverId: null`: it is not saved yet, so nothing can be kept for it. */
export function useSecret(serverId: ServerId | null): Secret {
  const { credentials } = useViewer();
  const [value, setValue] = useState('');
  const [kept, setKept] = useState<SecretKept | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    if (serverId === null) return;
    let isCurrent = true;
    void credentials.state(serverId).then((result) => {
      if (isCurrent && result.ok) setKept(result.value.kept);
    });
    return () => {
      isCurrent = false;
    };
  }, [credentials, serverId]);

  async function keep(id: ServerId): Promise<void> {
    const result = await credentials.save({ serverId: id, secret: value });
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setKept(result.value.kept);
    setValue('');
  }

  async function forget(id: ServerId): Promise<void> {
    const result = await credentials.forget(id);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setKept('missing');
  }

  return {
    value,
    kept,
    failure,
    change: (text) => {
      setValue(text);
      setFailure(null);
    },
    keep: () => {
      if (serverId !== null) void keep(serverId);
    },
    forget: () => {
      if (serverId !== null) void forget(serverId);
    },
  };
}
