import type { ReactElement } from 'react';
import { DicomwebAuthentication } from '../../../../electron/contract/dicomweb-endpoint.ts';
import { protocols } from '../../../../electron/contract/server-terms.ts';
import { Select, TextField } from '../../../components/index.ts';
import { FormCell, FormGroup } from './form-group.tsx';
import { bindChoice, bindText, type FormProps } from './form-props.ts';
import type { MoreFieldsProps } from './more-fields.tsx';
import { SecretField } from './secret-field.tsx';
import { authenticationWords, protocolWords } from './term-words.ts';

/** By which protocol it is asked, and where and as whom by DICOMweb. */
export function WebFields(props: FormProps & MoreFieldsProps): ReactElement {
  return (
    <FormGroup title="DICOMweb">
      <FormCell>
        <Select
          label="Protocol"
          {...bindChoice(props, 'protocol')}
          options={protocols.map((value) => ({ value, label: protocolWords[value] }))}
        />
      </FormCell>
      <FormCell>
        <TextField
          label="Web address"
          {...bindText(props, 'webUrl', 'Only for DICOMweb')}
          mono
          placeholder="https://pacs.example/dicom-web"
        />
      </FormCell>
      {props.fields.protocol === 'dicom' ? null : <Access {...props} />}
    </FormGroup>
  );
}

function Access(props: FormProps & MoreFieldsProps): ReactElement {
  const how = props.fields.webAuthentication;
  return (
    <>
      <div className="server-form-whole server-form-thirds">
        <TextField label="QIDO-RS path" {...bindText(props, 'webQidoPath', 'Mostly empty')} mono />
        <TextField label="WADO-RS path" {...bindText(props, 'webWadoPath', 'Mostly empty')} mono />
        <TextField label="STOW-RS path" {...bindText(props, 'webStowPath', 'Mostly empty')} mono />
      </div>
      <FormCell>
        <Select
          label="Sign in by"
          {...bindChoice(props, 'webAuthentication')}
          options={DicomwebAuthentication.options.map((value) => ({
            value,
            label: authenticationWords[value],
          }))}
        />
      </FormCell>
      {how === 'basic' ? (
        <FormCell>
          <TextField label="User name" {...bindText(props, 'webUsername')} />
        </FormCell>
      ) : null}
      {how === 'none' ? null : (
        <SecretField
          // What is typed belongs to one server.
          key={props.serverId}
          label={how === 'bearer' ? 'Token' : 'Password'}
          serverId={props.serverId}
        />
      )}
    </>
  );
}
