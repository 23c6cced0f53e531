import { useState, type ReactElement } from 'react';
import type { CertificateList } from '../../../../electron/contract/certificate.ts';
import {
  emptyServerFields,
  type ServerFields,
  type ServerField,
} from '../../../../electron/contract/server-fields.ts';
import type { Server, ServerId } from '../../../../electron/contract/server.ts';
import { Disclosure } from '../../../components/index.ts';
import { AbilityFields } from './ability-fields.tsx';
import { ConversationFields } from './conversation-fields.tsx';
import type { FormProps } from './form-props.ts';
import { RegistryFields } from './registry-fields.tsx';
import { TlsFields } from './tls-fields.tsx';
import { WebFields } from './web-fields.tsx';

export interface MoreFieldsProps {
  /** Those that could take its place. */
  readonly others: readonly Pick<Server, 'id' | 'name'>[];
  /** `null`: not heard yet. */
  readonly certificates: CertificateList | null;
  /** Asks the server for its certificate, for a person to compare. */
  readonly onFetchCertificate: () => void;
  /** `null`: it is not saved yet. */
  readonly serverId: ServerId | null;
}

const classic: ReadonlySet<ServerField> = new Set([
  'name',
  'aeTitle',
  'host',
  'port',
  'listenPort',
  'preferredCompression',
  'description',
  'tls',
  'verifyCertificate',
]);

/** What most servers do without, grouped, behind one line. A problem inside opens it. */
export function MoreFields(props: FormProps & MoreFieldsProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const hasProblem = Object.keys(props.problems).some((field) => !isClassic(field));
  const count = setCount(props.fields);
  return (
    <Disclosure
      title="More"
      summary={count === 0 ? 'Organisation, conversation, TLS, DICOMweb' : `${count} set`}
      isOpen={isOpen || hasProblem}
      onChange={setOpen}
    >
      <RegistryFields {...props} />
      <AbilityFields {...props} />
      <ConversationFields {...props} />
      <TlsFields {...props} />
      <WebFields {...props} />
    </Disclosure>
  );
}

/** How many of them are not as in an empty form. */
export function setCount(fields: ServerFields): number {
  const names = Object.keys(emptyServerFields).filter(isField);
  return names.filter((name) => !classic.has(name) && fields[name] !== emptyServerFields[name]).length;
}

function isField(name: string): name is ServerField {
  return Object.hasOwn(emptyServerFields, name);
}

function isClassic(name: string): boolean {
  return isField(name) && classic.has(name);
}
