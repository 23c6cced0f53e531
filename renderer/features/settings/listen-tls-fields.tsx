import type { ReactElement } from 'react';
import type { CertificateList, KeptCertificate } from '../../../electron/contract/certificate.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useKept, useViewer } from '../../bridge/index.ts';
import { Checkbox, Select, type SelectOption } from '../../components/index.ts';
import { SettingHint } from './setting-hint.tsx';
import type { SettingsFields } from './settings-state.ts';

/** Whether we listen in TLS, and what we show to those who connect. */
export function ListenTlsFields({
  fields: { listenTls, listenCertificate },
  view,
  onChange,
}: {
  readonly fields: SettingsFields;
  readonly view: SettingsView;
  readonly onChange: (change: Partial<SettingsFields>) => void;
}): ReactElement {
  const { certificates } = useViewer();
  const [kept] = useKept(certificates.list, certificates.changed);
  const list = kept.kind === 'answered' ? kept.value : null;
  const isMissing = listenTls && listenCertificate === '';
  return (
    <div className="settings-pair">
      <Checkbox
        label="Listen with TLS"
        isSelected={listenTls}
        isReadOnly={view.listenTls.locked}
        onChange={(isOn) => onChange({ listenTls: isOn })}
        hint={
          <SettingHint setting={view.listenTls}>
            At every listen port; whoever speaks plain DICOM is refused
          </SettingHint>
        }
      />
      <Select
        label="Certificate to show"
        value={listenCertificate}
        options={optionsOf(list, listenCertificate)}
        onChange={(id) => onChange({ listenCertificate: id })}
        isReadOnly={view.listenCertificate.locked}
        isDisabled={!listenTls}
        hintTone={isMissing ? 'warning' : 'plain'}
        hint={
          <SettingHint setting={view.listenCertificate}>
            {isMissing ? 'Without one nothing listens' : 'One of ours, imported in Certificates'}
          </SettingHint>
        }
      />
    </div>
  );
}

/** Those that may be shown by a server (RFC 5280 §4.2.1.12). */
function optionsOf(list: CertificateList | null, chosen: string): readonly SelectOption<string>[] {
  const options = (list?.certificates ?? [])
    .filter(isForServers)
    .map(({ id, certificates }) => ({ value: String(id), label: certificates[0]?.subject ?? '' }));
  const isKnown = chosen === '' || list === null || options.some(({ value }) => value === chosen);
  return [
    { value: '', label: 'None is chosen' },
    ...options,
    ...(isKnown ? [] : [{ value: chosen, label: `${chosen} (not here)` }]),
  ];
}

function isForServers({ kind, certificates }: KeptCertificate): boolean {
  const purposes = certificates[0]?.purposes ?? null;
  return kind === 'identity' && (purposes === null || purposes.includes('server'));
}
