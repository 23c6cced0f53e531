import './server-form.css';
import type { ReactElement } from 'react';
import { compressions } from '../../../../electron/contract/compression.ts';
import type { SeenObjects } from '../../../../electron/contract/observations.ts';
import { Checkbox, Select, TextField } from '../../../components/index.ts';
import { compressionWords } from './compression-words.ts';
import { FormCell, FormGroup } from './form-group.tsx';
import { bindChoice, bindText, type FormProps } from './form-props.ts';
import { AddressNotes } from './address-notes.tsx';
import { MoreFields, type MoreFieldsProps } from './more-fields.tsx';
import { NegotiatedLast } from './negotiated-last.tsx';
import { listenPortHint, portHint } from './port-hints.ts';

export interface ServerFormProps extends FormProps, MoreFieldsProps {
  /** What is to be known about the listen port. */
  readonly listenPortWarnings: readonly string[];
  /** What the name in the form stands for; '' while it is an address, or not known. */
  readonly resolved: string;
  /** What really came from it, or went to it, the last time. */
  readonly seenObjects: readonly SeenObjects[];
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
      <FormGroup title="Notes">
        <FormCell width="whole">
          <TextField label="Description" {...bindText(props, 'description')} rows={2} />
        </FormCell>
      </FormGroup>
      <MoreFields {...props} />
    </div>
  );
}

function Identity(props: ServerFormProps): ReactElement {
  return (
    <FormGroup title="Identity">
      <FormCell width="roomy">
        <TextField label="DICOM server name" {...bindText(props, 'name', 'What you call it')} />
      </FormCell>
      <FormCell width="roomy">
        <TextField
          label="AE title"
          {...bindText(props, 'aeTitle', 'Exactly as on the server: case matters')}
          mono
          counter={aeTitleLength}
        />
      </FormCell>
    </FormGroup>
  );
}

function Address(props: ServerFormProps): ReactElement {
  const { fields, notes, listenPortWarnings, resolved } = props;
  // Its column is too narrow for a note: that goes into the line below.
  const { port: portNote, ...others } = notes;
  return (
    <FormGroup title="Address">
      <FormCell>
        <TextField
          label="IP address or domain name"
          {...bindText(props, 'host', resolved || 'IPv4, IPv6 or DNS name')}
          mono
        />
      </FormCell>
      <FormCell width="narrow">
        <TextField
          label="Port number"
          {...bindText({ ...props, notes: others }, 'port', portHint(fields.port))}
          inputMode="numeric"
          mono
        />
      </FormCell>
      <FormCell width="narrow">
        <TextField
          label="Listen port number"
          {...bindText(props, 'listenPort', listenPortHint(fields.listenPort, fields.port))}
          inputMode="numeric"
          mono
          placeholder={fields.port.trim()}
        />
      </FormCell>
      <AddressNotes warnings={[portNote?.message ?? '', ...listenPortWarnings]} />
    </FormGroup>
  );
}

function Retrieve(props: ServerFormProps): ReactElement {
  return (
    <FormGroup title="Retrieve">
      <FormCell>
        <Select
          label="Preferred compression"
          {...bindChoice(
            props,
            'preferredCompression',
            'Asked for when images arrive; used if the server offers it',
          )}
          options={compressions.map((value) => ({ value, label: compressionWords[value] }))}
        />
      </FormCell>
      <FormCell>
        <NegotiatedLast objects={props.seenObjects} />
      </FormCell>
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
