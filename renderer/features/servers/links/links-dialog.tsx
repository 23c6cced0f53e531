import './links.css';
import { ArrowLeftRight } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Link, LinkId } from '../../../../electron/contract/link.ts';
import { linkWords } from '../../../../electron/contract/link-words.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { Badge, Button, Dialog, EmptyState, type DialogAction } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { fileName } from '../file-name.ts';
import { LinkForm } from './link-form.tsx';
import { LinkReportView } from './link-report-view.tsx';
import { useLinkEditor, type LinkEditor } from './use-link-editor.ts';
import { useLinkReport, type LinkReporting } from './use-link-report.ts';

export interface LinksDialogProps {
  readonly isOpen: boolean;
  readonly links: readonly Link[];
  readonly servers: readonly Server[];
  readonly onClose: () => void;
}

/** Who may exchange what with whom: where links of ours are written down, the app offers no more than they say. */
export function LinksDialog({ isOpen, links, servers, onClose }: LinksDialogProps): ReactElement {
  const editor = useLinkEditor(links, servers);
  const report = useLinkReport(links, servers);
  const close = (): void => {
    editor.stop();
    report.show(false);
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      isWide
      title={titleOf(editor, report)}
      actions={actionsOf({ editor, report, close, canAdd: servers.length > 0 })}
      onClose={close}
    >
      {editor.failure === null ? null : (
        <FailureNotice failure={editor.failure} who={{ server: 'the server', ourAeTitle: '' }} isNew />
      )}
      <Body links={links} servers={servers} editor={editor} report={report} />
    </Dialog>
  );
}

function titleOf({ editing }: LinkEditor, report: LinkReporting): string {
  if (report.isShown) return 'Links: declared and seen';
  if (editing === null) return 'Links';
  return editing.id === null ? 'New link' : 'Link';
}

function actionsOf({
  editor,
  report,
  close,
  canAdd,
}: {
  readonly editor: LinkEditor;
  readonly report: LinkReporting;
  readonly close: () => void;
  readonly canAdd: boolean;
}): readonly DialogAction[] {
  if (report.isShown) {
    const isEmpty = report.rows.length === 0;
    return [
      { label: 'Save report as CSV…', kind: 'quiet', onPress: report.save, isDisabled: isEmpty },
      { label: 'Back to the links', onPress: () => report.show(false) },
      { label: 'Close', onPress: close },
    ];
  }
  if (editor.editing === null) {
    return [
      { label: 'Declared and seen…', kind: 'quiet', onPress: () => report.show(true) },
      { label: 'New link', onPress: editor.startNew, isDisabled: !canAdd },
      { label: 'Close', onPress: close },
    ];
  }
  return [
    { label: 'Cancel', kind: 'quiet', onPress: editor.stop },
    { label: 'Save link', kind: 'primary', isDisabled: editor.isRefused, onPress: editor.save },
  ];
}

function Body({
  links,
  servers,
  editor,
  report,
}: Pick<LinksDialogProps, 'links' | 'servers'> & {
  readonly editor: LinkEditor;
  readonly report: LinkReporting;
}): ReactElement {
  if (report.isShown) {
    return <LinkReportView rows={report.rows} nameOf={report.nameOf} said={report.said} />;
  }
  if (editor.editing === null) {
    return <LinkList links={links} servers={servers} onEdit={editor.edit} onRemove={editor.remove} />;
  }
  return (
    <LinkForm
      link={editor.editing.link}
      servers={servers}
      problems={editor.problems}
      onChange={editor.change}
      onFix={editor.fix}
    />
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
