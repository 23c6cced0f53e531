import type { ReactElement } from 'react';
import type { SecretKept } from '../../../../electron/contract/certificate.ts';
import { describeFailure } from '../../../../electron/contract/describe-failure.ts';
import type { ServerId } from '../../../../electron/contract/server.ts';
import { Button, TextField } from '../../../components/index.ts';
import { useSecret } from './use-secret.ts';

export interface SecretFieldProps {
  /** `Password`, `Token`. */
  readonly label: string;
  /** `null`: the server is not saved yet, so there is nothing to keep it for. */
  readonly serverId: ServerId | null;
}

/** A password or token: it goes to main by itself, and never comes back. */
export function SecretField({ label, serverId }: SecretFieldProps): ReactElement {
  const { value, kept, failure, change, keep, forget } = useSecret(serverId);
  return (
    <div className="server-form-whole server-form-secret">
      <TextField
        label={label}
        isSecret
        value={value}
        onChange={change}
        isDisabled={serverId === null}
        error={
          failure === null ? null : describeFailure(failure, { server: 'the server', ourAeTitle: '' }).title
        }
        hint={serverId === null ? 'Save the server first' : keptWords(kept)}
      />
      <Button isDisabled={serverId === null || value === ''} onPress={keep}>
        {`Keep ${label.toLowerCase()}`}
      </Button>
      <Button kind="quiet" isDisabled={kept !== 'sealed' && kept !== 'session'} onPress={forget}>
        Forget
      </Button>
    </div>
  );
}

function keptWords(kept: SecretKept | null): string {
  switch (kept) {
    case null:
      return '';
    case 'sealed':
      return 'One is kept, locked away by this system’s keyring';
    case 'session':
      return 'One is kept until you quit: this system has no keyring';
    case 'file':
      return 'One is in the administrator’s file';
    case 'locked':
      return 'The keyring no longer opens the one that is kept: enter it again';
    case 'missing':
      return 'None is kept';
  }
}
