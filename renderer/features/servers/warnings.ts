import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Server } from '../../../electron/contract/server.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import type { EditorState } from './editor-state.ts';

/** Two servers with one AE title can't be told apart when their images arrive. '' where all is well. */
export function aeTitleWarning({ servers, fields }: EditorState, server: Server | null): string {
  const aeTitle = fields.aeTitle.trim();
  if (aeTitle === '' || server?.origin.kind === 'administrator') return '';
  const other = (servers ?? []).find((each) => each.aeTitle === aeTitle && each.id !== server?.id);
  return other === undefined ? '' : `Also that of ${other.name}`;
}

/** Why the listen port can't be had, and what is done instead. '' where it can. */
export function listenPortWarning(
  failure: Failure | null,
  port: number | null,
  settings: SettingsView | null,
): string {
  if (failure === null || port === null) return '';
  const { title } = describeFailure(failure, { server: '', ourAeTitle: '' });
  const shared = settings === null ? '' : ` (port ${settings.listenPort.value})`;
  return `${title} Retrieves will use the shared listener${shared} instead.`;
}

/** What the server's administrator must enter before images can be sent to us. */
export function tellYourAdministrator(
  serverName: string,
  settings: SettingsView,
  listenPort: number | null,
): string {
  const ports = [...new Set([listenPort, settings.listenPort.value])].filter((port) => port !== null);
  const addresses =
    settings.localAddresses.length === 0 ? '' : `, address ${settings.localAddresses.join(' or ')}`;
  return (
    `An echo does not prove a retrieve. For that, ${serverName} must know this viewer: ` +
    `AE title ${settings.aeTitle.value}${addresses}, port ${ports.join(' or ')}.`
  );
}
