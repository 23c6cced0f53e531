import './server-editor.css';
import type { ReactElement, ReactNode } from 'react';
import type { ServerField, ServerFields, ServerProblems } from '../../../electron/contract/check-server.ts';
import { compressions } from '../../../electron/contract/compression.ts';
import { Checkbox, Select, TextField } from '../../components/index.ts';
import { compressionWords } from './compression-words.ts';
import { ListenPortLine } from './listen-port-line.tsx';

export interface ServerFormProps {
  readonly fields: ServerFields;
  readonly problems: ServerProblems;
  readonly isReadOnly: boolean;
  /** What is to be known about the listen port, '' when nothing. */
  readonly listenPortWarning: string;
  /** Another server with the same AE title, '' when there is none. */
  readonly aeTitleWarning: string;
  readonly onChange: (change: Partial<ServerFields>) => void;
  readonly onLeave: (field: ServerField) => void;
}

const aeTitleLength = 16;

/** The fields of one server. Each problem stands at its field, in a place that is always kept. */
export function ServerForm(props: ServerFormProps): ReactElement {
  return (
    <div className="server-form">
      <Identity {...props} />
      <Address {...props} />
      <Retrieve {...props} />
      <Security {...props} />
      <FormGroup title="More">
        <div className="server-form-whole">
          <TextField label="Description" {...bind(props, 'description')} rows={2} />
        </div>
      </FormGroup>
    </div>
  );
}

function Identity(props: ServerFormProps): ReactElement {
  const { aeTitleWarning } = props;
  return (
    <FormGroup title="Identity">
      <div className="server-form-half">
        <TextField label="DICOM server name" {...bind(props, 'name')} hint="What you call it" />
      </div>
      <div className="server-form-half">
        <TextField
          label="AE title"
          {...bind(props, 'aeTitle')}
          mono
          counter={aeTitleLength}
          hint={aeTitleWarning === '' ? 'Exactly as on the server: case matters' : aeTitleWarning}
          hintTone={aeTitleWarning === '' ? 'plain' : 'warning'}
        />
      </div>
    </FormGroup>
  );
}

function Address(props: ServerFormProps): ReactElement {
  const { fields, listenPortWarning } = props;
  return (
    <FormGroup title="Address">
      <div className="server-form-half">
        <TextField
          label="IP address or domain name"
          {...bind(props, 'host')}
          mono
          hint="IPv4, IPv6 or DNS name"
        />
      </div>
      <div className="server-form-narrow">
        <TextField label="Port number" {...bind(props, 'port')} inputMode="numeric" mono />
      </div>
      <div className="server-form-narrow">
        <TextField
          label="Listen port number"
          {...bind(props, 'listenPort')}
          inputMode="numeric"
          mono
          placeholder={fields.port.trim()}
          hint={fields.listenPort.trim() === '' ? 'Same as port number' : 'For what it sends here'}
        />
      </div>
      <ListenPortLine warning={listenPortWarning} />
    </FormGroup>
  );
}

function Retrieve({ fields, problems, isReadOnly, onChange }: ServerFormProps): ReactElement {
  const compression = compressions.find((each) => each === fields.preferredCompression) ?? 'as-stored';
  return (
    <FormGroup title="Retrieve">
      <div className="server-form-half">
        <Select
          label="Preferred compression"
          value={compression}
          options={compressions.map((value) => ({ value, label: compressionWords[value] }))}
          onChange={(preferredCompression) => onChange({ preferredCompression })}
          error={problems.preferredCompression ?? null}
          isReadOnly={isReadOnly}
          hint="Asked for when images arrive; used if the server offers it"
        />
      </div>
    </FormGroup>
  );
}

function Security({ fields, isReadOnly, onChange }: ServerFormProps): ReactElement {
  return (
    <FormGroup title="Security" isSingle>
      <div className="server-form-whole server-form-checks">
        <Checkbox
          label="TLS / secured server"
          isSelected={fields.tls}
          isReadOnly={isReadOnly}
          onChange={(tls) => onChange({ tls })}
        />
        <Checkbox
          label="Verify server certificate"
          isSelected={fields.verifyCertificate}
          isReadOnly={isReadOnly}
          isDisabled={!fields.tls}
          onChange={(verifyCertificate) => onChange({ verifyCertificate })}
        />
      </div>
    </FormGroup>
  );
}

interface TextBinding {
  readonly value: string;
  readonly error: string | null;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

function bind(
  { fields, problems, isReadOnly, onChange, onLeave }: ServerFormProps,
  field: 'name' | 'aeTitle' | 'host' | 'port' | 'listenPort' | 'description',
): TextBinding {
  return {
    value: fields[field],
    error: problems[field] ?? null,
    isReadOnly,
    onChange: (value) => onChange({ [field]: value }),
    onBlur: () => onLeave(field),
  };
}

function FormGroup({
  title,
  isSingle,
  children,
}: {
  readonly title: string;
  /** One line of controls without labels above them. */
  readonly isSingle?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="server-form-group" data-single={isSingle || undefined}>
      <legend className="overline">{title}</legend>
      <div className="server-form-fields">{children}</div>
    </fieldset>
  );
}
