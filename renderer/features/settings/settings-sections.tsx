import { FolderOpen } from 'lucide-react';
import { useId, type ReactElement, type ReactNode } from 'react';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { Button, Checkbox, Notice, TextField } from '../../components/index.ts';
import { ListenTlsFields } from './listen-tls-fields.tsx';
import { ListenerLines } from './listener-lines.tsx';
import { SettingHint } from './setting-hint.tsx';
import { isLoopback, type SettingsProblems } from './settings-state.ts';
import type { Settings } from './use-settings.ts';

interface SectionProps {
  readonly settings: Settings;
  readonly view: SettingsView;
  readonly problems: SettingsProblems;
}

/** Everything that can be set, in sections. `problems`: those to be problems. */
export function SettingsSections({ settings, view, problems }: SectionProps): ReactElement {
  return (
    <>
      {view.brokenSettingsKeptAs === null ? null : (
        <Notice tone="warning" title="The settings file could not be read, so the settings start anew.">
          <p className="muted">{`The old file is kept, unchanged, as ${view.brokenSettingsKeptAs}.`}</p>
        </Notice>
      )}
      <ThisViewer settings={settings} view={view} problems={problems} />
      <Archive settings={settings} view={view} />
      <Section title="About">
        <p className="muted">{`Gantry ${view.version}. Not a medical device: not for diagnosis.`}</p>
      </Section>
    </>
  );
}

function ThisViewer({ settings, view, problems }: SectionProps): ReactElement {
  const { state, change } = settings;
  return (
    <>
      <Section title="This viewer">
        <TextField
          label="AE title"
          mono
          counter={16}
          value={state.fields.aeTitle}
          onChange={(aeTitle) => change({ aeTitle })}
          error={problems.aeTitle ?? null}
          isReadOnly={view.aeTitle.locked}
          hint={
            <SettingHint setting={view.aeTitle}>What servers know this viewer by. Case matters.</SettingHint>
          }
        />
        <WhatToTell view={view} />
      </Section>
      <Receiving settings={settings} view={view} problems={problems} />
    </>
  );
}

function Receiving({ settings: { state, change }, view, problems }: SectionProps): ReactElement {
  const { fields } = state;
  const isOpenToNetwork = fields.listenAddress.trim() !== '' && !isLoopback(fields.listenAddress);
  return (
    <Section title="Receiving">
      <ListenerLines
        listener={view.listener}
        refusedPeer={view.refusedPeer}
        ourAeTitle={view.aeTitle.value}
      />
      <div className="settings-pair">
        <TextField
          label="Listen address"
          mono
          value={fields.listenAddress}
          onChange={(listenAddress) => change({ listenAddress })}
          error={problems.listenAddress ?? null}
          isReadOnly={view.listenAddress.locked}
          hint={<SettingHint setting={view.listenAddress} />}
        />
        <TextField
          label="Listen port"
          inputMode="numeric"
          mono
          value={fields.listenPort}
          onChange={(listenPort) => change({ listenPort })}
          error={problems.listenPort ?? null}
          isReadOnly={view.listenPort.locked}
          hint={<SettingHint setting={view.listenPort} />}
        />
      </div>
      <ListenTlsFields fields={fields} view={view} onChange={change} />
      <Checkbox
        label="Keep manufacturers’ own kinds of object"
        isSelected={fields.unknownClasses}
        isReadOnly={view.unknownClasses.locked}
        onChange={(unknownClasses) => change({ unknownClasses })}
        hint={
          <SettingHint setting={view.unknownClasses}>
            Private SOP classes; otherwise a sender is told that they are not taken
          </SettingHint>
        }
      />
      <ReachNotice isOpenToNetwork={isOpenToNetwork} />
    </Section>
  );
}

function ReachNotice({ isOpenToNetwork }: { readonly isOpenToNetwork: boolean }): ReactElement {
  return isOpenToNetwork ? (
    <Notice tone="warning" title="Other computers can reach this listener.">
      <p className="muted">
        Whoever reaches it can store images here. Open it only in a network you trust, and let the firewall
        admit only your servers.
      </p>
    </Notice>
  ) : (
    <Notice tone="info" title="Only programs on this computer can send to this viewer.">
      <p className="muted">
        A server elsewhere can’t deliver retrieved images until the listen address is 0.0.0.0 (every address
        of this computer) or one of the addresses above.
      </p>
    </Notice>
  );
}

function WhatToTell({ view }: { readonly view: SettingsView }): ReactElement {
  return (
    <>
      <p className="overline">What the administrator of a server must enter for this viewer</p>
      <dl className="settings-card">
        <dt>AE title</dt>
        <dd className="mono">{view.aeTitle.value}</dd>
        <dt>Address</dt>
        <dd className="mono">
          {view.localAddresses.length === 0
            ? 'This computer is on no network'
            : view.localAddresses.join(' or ')}
        </dd>
        <dt>Port</dt>
        <dd className="mono">{view.listenPort.value}</dd>
        <dt>TLS</dt>
        <dd>{view.listenTls.value ? 'Yes, and nothing else' : 'No'}</dd>
      </dl>
    </>
  );
}

function Archive({
  settings,
  view,
}: {
  readonly settings: Settings;
  readonly view: SettingsView;
}): ReactElement {
  return (
    <Section title="Archive">
      <div className="settings-with-button">
        <TextField
          label="Archive folder"
          value={view.archiveFolder.value}
          isReadOnly
          hint={
            <SettingHint setting={view.archiveFolder}>
              Where retrieved and received studies are kept
            </SettingHint>
          }
        />
        <Button icon={<FolderOpen />} onPress={settings.chooseFolder} isDisabled={view.archiveFolder.locked}>
          Choose folder…
        </Button>
      </div>
    </Section>
  );
}

function Section({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const titleId = useId();
  return (
    <section className="settings-section" aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <div className="settings-section-body">{children}</div>
    </section>
  );
}
