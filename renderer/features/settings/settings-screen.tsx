import './settings-screen.css';
import type { ReactElement } from 'react';
import { Panel, SaveLine, useKeys } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { SettingsSections } from './settings-sections.tsx';
import { checkSettings, isDirty } from './settings-state.ts';
import { useSettings, type Settings } from './use-settings.ts';

/** What this viewer is called, where it listens, and where studies are kept. Out of sight only its form is kept. */
export function SettingsScreen({ isShown }: { readonly isShown: boolean }): ReactElement | null {
  const settings = useSettings();
  return isShown ? <SettingsForm settings={settings} /> : null;
}

function SettingsForm({ settings }: { readonly settings: Settings }): ReactElement {
  const { kept, state, save, revert } = settings;
  const checked = checkSettings(state.fields);
  const problems = 'problems' in checked ? checked.problems : {};
  const isUnsaved = isDirty(state);
  const failure =
    kept.kind === 'failed' ? kept.failure : state.saving.kind === 'failed' ? state.saving.failure : null;

  useKeys({
    'Ctrl+s': () => {
      if (isUnsaved) save();
    },
  });

  return (
    <Panel
      title="Settings"
      level={1}
      foot={
        <SaveLine
          isUnsaved={isUnsaved}
          canRevert={isUnsaved}
          problemCount={state.isAttempted ? Object.keys(problems).length : 0}
          saving={state.saving.kind}
          onSave={save}
          onRevert={revert}
        />
      }
    >
      <div className="settings">
        {failure === null ? null : (
          <FailureNotice
            failure={failure}
            who={{ server: 'the server', ourAeTitle: state.fields.aeTitle }}
            isNew
          />
        )}
        {state.view === null ? null : (
          <SettingsSections
            settings={settings}
            view={state.view}
            problems={state.isAttempted ? problems : {}}
          />
        )}
      </div>
    </Panel>
  );
}
