import type { ServerFields } from '../../../../electron/contract/server-fields.ts';
import type { SettingsView } from '../../../../electron/contract/settings.ts';
import type { TestParties } from '../../../../electron/contract/test-parties.ts';
import { effectiveListenPort } from '../server-fields.ts';

/** Between whom the test is, as the form stands. `settings: null`: not heard yet. */
export function partiesOf(fields: ServerFields, settings: SettingsView | null): TestParties {
  const { aeTitle, callingAeTitle, contact, host, name, port, tls, webUrl } = fields;
  const ports = [effectiveListenPort(fields), settings?.listenPort.value ?? null];
  return {
    server: name.trim() || 'The server',
    ourAeTitle: callingAeTitle.trim() || (settings?.aeTitle.value ?? ''),
    contact: contact.trim(),
    serverAeTitle: aeTitle.trim(),
    host: host.trim() || webUrl.trim(),
    port: Number(port),
    tls,
    ourAddress: null,
    listenPorts: [...new Set(ports.filter((each) => each !== null))],
  };
}
