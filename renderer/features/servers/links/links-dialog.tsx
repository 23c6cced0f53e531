import './links.css';
import { ArrowLeftRight } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Link, LinkId } from '../../../../electron/contract/link.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { Badge, Button, Dialog, EmptyState } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { fileName } from '../file-name.ts';
import { LinkForm } from './link-form.tsx';
import { linkWords } from './link-words.ts';
import { useLinkEditor } from './use-link-editor.ts';

export interface LinksDialogProps {
  readonly isOpen: boolean;
  readonly links: readonly Link[];
  readonly servers: readonly Server[];
  readonly onClose: () => void;
}

/** Who may exchange what with whom: where links of ours are written down, the app offers no more than they say. */
export function LinksDialog({ isOpen, links, servers, onClose }: LinksDialogProps): ReactElement {
  const editor = useLinkEditor(links, servers);
  const { editing, problems } = editor;
  const close = (): void => {
    editor.stop();
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      isWide
      title={editing === null ? 'Links' : editing.id === null ? 'New link' : 'Link'}
      actions={
        editing === null
          ? [
              { label: 'New link', onPress: editor.startNew, isDisabled: servers.length === 0 },
              { label: 'Close', onPress: close },
            ]
          : [
              { label: 'Cancel', kind: 'quiet', onPress: editor.stop },
              { label: 'Save link', kind: 'primary', isDisabled: editor.isRefused, onPress: editor.save },
            ]
      }
      onClose={close}
    >
      {editor.failure === null ? null : (
        <FailureNotice failure={editor.failure} who={{ server: 'the server', ourAeTitle: '' }} isNew />
      )}
      {editing === null ? (
        <LinkList links={links} servers={servers} onEdit={editor.edit} onRemove={editor.remove} />
      ) : (
        <LinkForm
          link={editing.link}
          servers={servers}
          problems={problems}
          onChange={editor.change}
          onFix={editor.fix}
        />
      )}
    </Dialog>
  );
}

function LinkList({
  links,
  servers,
  onEdit,
  onRemove,
}: {
  readonly links: readonly Link[];
  readonly servers: readonly Server[];
  readonly onEdit: (link: Link) => void;
  readonly onRemove: (id: LinkId) => void;
}): ReactElement {
  const nameOf = (id: string): string | null => servers.find((server) => server.id === id)?.name ?? null;
  if (links.length === 0) {
    return (
      <EmptyState icon={<ArrowLeftRight />} title="No links are written down">
        Then everything is offered that a server can do. With a link between this viewer and a server, only
        what the link is for: a PUSH-only link has no Retrieve.
      </EmptyState>
    );
  }
  return (
    <ul className="links" aria-label="Links">
      {links.map((link) => {
        const words = linkWords(link, nameOf);
        const { origin } = link;
        const isOwn = origin.kind === 'user';
        return (
          <li key={link.id} className="link">
            <span className="link-words">
              {words} <span className="muted">{link.description}</span>
            </span>
            <Badge tone={link.status === 'production' ? 'plain' : 'warning'}>{link.status}</Badge>
            <Badge>{origin.kind === 'user' ? 'user' : `${fileName(origin.file)}:${origin.line}`}</Badge>
            <Button kind="quiet" label={`Edit ${words}`} isDisabled={!isOwn} onPress={() => onEdit(link)}>
              Edit
            </Button>
            <Button
              kind="quiet"
              label={`Remove ${words}`}
              isDisabled={!isOwn}
              onPress={() => onRemove(link.id)}
            >
              Remove
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
