import { BadgeCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { CertificateList, KeptCertificate } from '../../../../electron/contract/certificate.ts';
import { Button, Select, TextField, type SelectOption } from '../../../components/index.ts';
import { countOf } from '../../../format/index.ts';
import { FormCell, FormGroup } from './form-group.tsx';
import { bindChoice, bindText, type FormProps } from './form-props.ts';
import type { MoreFieldsProps } from './more-fields.tsx';

/** Whom to trust for it, and what we show it. Nothing of it counts before TLS is ticked. */
export function TlsFields(props: FormProps & MoreFieldsProps): ReactElement {
  const { certificates, fields, isReadOnly } = props;
  return (
    <FormGroup title="TLS">
      <FormCell>
        <Select
          label="Certificate authorities"
          {...bindChoice(props, 'authorities', 'Import them in Settings, Certificates')}
          options={optionsOf(certificates, 'authorities', 'Those this system trusts', fields.authorities)}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Our certificate"
          {...bindChoice(props, 'clientCertificate', 'For servers that ask for one (mutual TLS)')}
          options={optionsOf(certificates, 'identity', 'None is shown', fields.clientCertificate)}
        />
      </FormCell>
      <FormCell>
        <TextField
          label="Name in its certificate"
          {...bindText(props, 'expectedName', 'Empty: the address above')}
          mono
        />
      </FormCell>
      <FormCell>
        <TextField
          label="Pinned certificate, SHA-256"
          {...bindText(props, 'pinnedFingerprint', 'Only this certificate is trusted, whoever signed it')}
          mono
        />
      </FormCell>
      <div className="server-form-whole server-form-checks">
        <Button icon={<BadgeCheck />} onPress={props.onFetchCertificate} isDisabled={isReadOnly}>
          Fetch its certificate…
        </Button>
      </div>
    </FormGroup>
  );
}

function optionsOf(
  list: CertificateList | null,
  kind: KeptCertificate['kind'],
  none: string,
  chosen: string,
): readonly SelectOption<string>[] {
  const kept = (list?.certificates ?? []).filter((each) => each.kind === kind && isForClients(each));
  const options = kept.map((each) => ({ value: String(each.id), label: nameOf(each) }));
  const isKnown = chosen === '' || options.some(({ value }) => value === chosen);
  return [
    { value: '', label: none },
    ...options,
    ...(isKnown ? [] : [{ value: chosen, label: `${chosen} (not here)` }]),
  ];
}

/** An authority has no purpose of its own; an identity may be for servers only. */
function isForClients({ kind, certificates }: KeptCertificate): boolean {
  const purposes = certificates[0]?.purposes ?? null;
  return kind === 'authorities' || purposes === null || purposes.includes('client');
}

function nameOf({ kind, certificates }: KeptCertificate): string {
  const subject = certificates[0]?.subject ?? '';
  if (kind === 'identity' || certificates.length < 2) return subject;
  return `${subject} and ${countOf(certificates.length - 1, 'other', 'others')}`;
}
