import type { ReactElement } from 'react';
import { retrieveMethods } from '../../../../electron/contract/server-terms.ts';
import { Select, TextField } from '../../../components/index.ts';
import { FormCell, FormGroup } from './form-group.tsx';
import { bindChoice, bindText, type FormProps } from './form-props.ts';
import { decodeCharacterSets, queryCharacterSets } from './character-set-options.ts';
import { retrieveWords } from './term-words.ts';

const aeTitleLength = 16;

/** How it is talked to: as whom, by which method, how much at once, how long is waited, in which letters. */
export function ConversationFields(props: FormProps): ReactElement {
  return (
    <FormGroup title="Conversation">
      <FormCell>
        <TextField
          label="Calling AE title"
          {...bindText(props, 'callingAeTitle', 'What it knows us by; empty: our own AE title')}
          mono
          counter={aeTitleLength}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Retrieve method"
          {...bindChoice(props, 'retrieveMethod')}
          options={retrieveMethods.map((value) => ({ value, label: retrieveWords[value] }))}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Query character set"
          {...bindChoice(props, 'queryCharacterSet')}
          options={queryCharacterSets(props.fields.queryCharacterSet)}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Read its text as"
          {...bindChoice(props, 'decodeAs', 'For a server that says nothing, or says it wrongly')}
          options={decodeCharacterSets(props.fields.decodeAs)}
        />
      </FormCell>
      <FormCell width="narrow">
        <TextField
          label="Most associations"
          {...bindText(props, 'maxAssociations', 'At one time, 1 to 16')}
          inputMode="numeric"
          mono
        />
      </FormCell>
      <FormCell width="narrow">
        <TextField
          label="Of them for sending"
          {...bindText(props, 'sendAssociations', 'Empty: as many as it may have')}
          inputMode="numeric"
          mono
        />
      </FormCell>
      <FormCell width="half">
        <Timeouts {...props} />
      </FormCell>
    </FormGroup>
  );
}

function Timeouts(props: FormProps): ReactElement {
  return (
    <div className="server-form-thirds">
      <TextField
        label="Connect, s"
        {...bindText(props, 'connectSeconds')}
        inputMode="numeric"
        mono
        placeholder="usual"
      />
      <TextField
        label="Associate, s"
        {...bindText(props, 'associateSeconds')}
        inputMode="numeric"
        mono
        placeholder="usual"
      />
      <TextField
        label="Answer, s"
        {...bindText(props, 'responseSeconds')}
        inputMode="numeric"
        mono
        placeholder="usual"
      />
    </div>
  );
}
