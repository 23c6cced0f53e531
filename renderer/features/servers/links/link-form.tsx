import type { ReactElement } from 'react';
import type { LinkFix, LinkProblem } from '../../../../electron/contract/check-links.ts';
import { directions, LinkEnd, ownAe, type LinkDraft } from '../../../../electron/contract/link.ts';
import { lifecycles } from '../../../../electron/contract/server-terms.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { Button, Notice, Select, TextField } from '../../../components/index.ts';
import { FormCell } from '../form/form-group.tsx';
import { lifecycleWords } from '../form/term-words.ts';
import { directionWords, fixWords } from './link-words.ts';

export interface LinkFormProps {
  readonly link: LinkDraft;
  readonly servers: readonly Server[];
  readonly problems: readonly LinkProblem[];
  readonly onChange: (link: LinkDraft) => void;
  readonly onFix: (fix: LinkFix) => void;
}

/** A link as it is written, with what is wrong with it and a button for each way to put it right. */
export function LinkForm(props: LinkFormProps): ReactElement {
  return (
    <div className="link-form">
      <div className="server-form-fields">
        <Ends {...props} />
        <Terms {...props} />
      </div>
      {props.problems.map(({ rule, severity, message, fixes }) => (
        <Notice
          key={rule}
          tone={severity === 'error' ? 'failure' : 'warning'}
          title={message}
          actions={fixes.map((fix) => (
            <Button key={fixWords(fix)} onPress={() => props.onFix(fix)}>
              {fixWords(fix)}
            </Button>
          ))}
        />
      ))}
    </div>
  );
}

function Ends({ link, servers, onChange }: LinkFormProps): ReactElement {
  const ends = [
    { value: ownAe, label: 'This viewer' },
    ...servers.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <>
      <FormCell>
        <Select
          label="From"
          value={link.source}
          options={ends}
          onChange={(source) => onChange({ ...link, source: LinkEnd.parse(source) })}
        />
      </FormCell>
      <FormCell>
        <Select
          label="To"
          value={link.target}
          options={ends}
          onChange={(target) => onChange({ ...link, target: LinkEnd.parse(target) })}
        />
      </FormCell>
    </>
  );
}

function Terms({ link, onChange }: LinkFormProps): ReactElement {
  const change = (changes: Partial<LinkDraft>): void => onChange({ ...link, ...changes });
  return (
    <>
      <FormCell>
        <Select
          label="Direction"
          value={link.direction}
          options={directions.map((value) => ({ value, label: directionWords[value] }))}
          onChange={(direction) => change({ direction })}
        />
      </FormCell>
      <FormCell>
        <Select
          label="Status of the link"
          value={link.status}
          options={lifecycles.map((value) => ({ value, label: lifecycleWords[value] }))}
          onChange={(status) => change({ status })}
        />
      </FormCell>
      <FormCell>
        <TextField
          label="Organisation"
          value={link.organisation}
          onChange={(organisation) => change({ organisation })}
        />
      </FormCell>
      <FormCell>
        <TextField
          label="What it is for"
          value={link.description}
          onChange={(description) => change({ description })}
        />
      </FormCell>
    </>
  );
}
