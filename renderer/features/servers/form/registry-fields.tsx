import type { ReactElement } from 'react';
import { lifecycles, roles } from '../../../../electron/contract/server-terms.ts';
import { Select, TextField } from '../../../components/index.ts';
import { FormCell, FormGroup } from './form-group.tsx';
import { bindChoice, bindText, type FormProps } from './form-props.ts';
import type { MoreFieldsProps } from './more-fields.tsx';
import { lifecycleWords, roleWords } from './term-words.ts';

/** What a registry of AE titles keeps: whose it is, where it stands, what it is for, whether it is in use. */
export function RegistryFields(props: FormProps & MoreFieldsProps): ReactElement {
  return (
    <FormGroup title="Registry">
      <FormCell>
        <TextField
          label="Group or location"
          {...bindText(props, 'group', 'Servers of one group stand together in the list')}
        />
      </FormCell>
      <FormCell>
        <TextField label="Organisation" {...bindText(props, 'organisation')} />
      </FormCell>
      <FormCell>
        <TextField label="Contact" {...bindText(props, 'contact', 'Whom to ask when it does not work')} />
      </FormCell>
      <FormCell>
        <TextField label="Modalities" {...bindText(props, 'modalities', 'Codes such as CT, MR')} mono />
      </FormCell>
      <FormCell>
        <Select
          label="Role"
          {...bindChoice(props, 'role')}
          options={[
            { value: '', label: 'Not said' },
            ...roles.map((value) => ({ value, label: roleWords[value] })),
          ]}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Status"
          {...bindChoice(props, 'lifecycle')}
          options={lifecycles.map((value) => ({ value, label: lifecycleWords[value] }))}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Replaced by"
          {...bindChoice(props, 'replacedBy', 'Named in the warning once this one is deprecated')}
          options={[
            { value: '', label: 'No other server' },
            ...props.others.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      </FormCell>
    </FormGroup>
  );
}
