import './reply.css';
import { useEffect, useState, type ReactElement } from 'react';
import type { ReadReply } from '../../../../electron/contract/read-reply.ts';
import type { ServerFields } from '../../../../electron/contract/server-fields.ts';
import { Dialog, Notice, StatusDot, TextField } from '../../../components/index.ts';
import { fieldLabels, fieldsOfReply } from './reply-fields.ts';

export interface ReplyDialogProps {
  readonly isOpen: boolean;
  /** What was understood of a text; `null`: it could not be asked. */
  readonly read: (text: string) => Promise<ReadReply | null>;
  readonly onFill: (fields: Partial<ServerFields>) => void;
  readonly onClose: () => void;
}

const typingPauseMs = 150;

/** A mail or table from a server's administrator: what was understood of it, and from which words, before it fills a form. */
export function ReplyDialog({ isOpen, read, onFill, onClose }: ReplyDialogProps): ReactElement {
  const [text, setText] = useState('');
  const reply = useReply(text, read);
  const close = (): void => {
    setText('');
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      isWide
      opensInside
      title="Paste the administrator’s reply"
      actions={[
        { label: 'Cancel', kind: 'quiet', onPress: close },
        {
          label: 'Fill a new server’s form',
          kind: 'primary',
          isDisabled: reply === null || reply.found.length === 0,
          onPress: () => {
            if (reply !== null) onFill(fieldsOfReply(reply));
            close();
          },
        },
      ]}
      onClose={close}
    >
      <TextField
        label="Mail, table or line"
        rows={6}
        value={text}
        onChange={setText}
        placeholder={'AE title: PACS1\nIP: 10.0.4.12\nPort: 104'}
        reserveMessage={false}
      />
      <div className="reply-found" aria-live="polite">
        {reply === null ? (
          <p className="muted">What is found in it is listed here. Nothing is saved yet.</p>
        ) : (
          <Found reply={reply} />
        )}
      </div>
    </Dialog>
  );
}

function Found({ reply }: { readonly reply: ReadReply }): ReactElement {
  return (
    <>
      {reply.found.length === 0 ? (
        <p className="muted">Nothing that belongs into the form was found.</p>
      ) : null}
      <ul aria-label="Found in the reply">
        {reply.found.map(({ field, value, from, isCertain, why }) => (
          <li key={field} className="reply-field">
            <StatusDot state={isCertain ? 'ok' : 'warning'}>{fieldLabels[field]}</StatusDot>
            <span className="mono">{value}</span>
            <span className="muted">{[`from “${from.trim()}”`, why ?? ''].filter(Boolean).join('. ')}</span>
          </li>
        ))}
      </ul>
      {reply.remarks.length === 0 ? null : (
        <Notice tone="warning" title="To be looked at">
          <ul>
            {reply.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** Read a moment after the last key; `null`: there is nothing to read. */
function useReply(text: string, read: ReplyDialogProps['read']): ReadReply | null {
  const [understood, setUnderstood] = useState<{ readonly text: string; readonly reply: ReadReply | null }>({
    text: '',
    reply: null,
  });
  useEffect(() => {
    if (text.trim() === '') return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const reply = await read(text);
      if (isCurrent) setUnderstood({ text, reply });
    }, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, read]);
  return text.trim() === '' ? null : understood.reply;
}
