import { useRef, type ReactElement } from 'react';
import { focusFirstProblem, Panel, SaveLine, useKeys } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { SettingsSections } from './settings-sections.tsx';
import { checkSettings, isDirty } from './settings-state.ts';
import type { Settings } from './use-settings.ts';

/** What can be set here, Save and Revert always in sight. */
export function SettingsForm({ settings }: { readonly settings: Settings }): ReactElement {
  const { kept, state, save, revert } = settings;
  const checked = checkSettings(state.fields);
  const problems = 'problems' in checked ? checked.problems : {};
  const isUnsaved = isDirty(state);
  const failure =
    kept.kind === 'failed' ? kept.failure : state.saving.kind === 'failed' ? state.saving.failure : null;
  const form = useRef<HTMLDivElement>(null);
  const saveOrPointOut = (): void => {
    save();
    focusFirstProblem(form.current);
  };

  useKeys({
    'Ctrl+s': () => {
      if (isUnsaved) saveOrPointOut();
    },
  });

  return (
    <Panel
      title="General"
      foot={
        <SaveLine
          isUnsaved={isUnsaved}
          canRevert={isUnsaved}
          problemCount={state.isAttempted ? Object.keys(problems).length : 0}
          saving={state.saving.kind}
          onSave={saveOrPointOut}
          onRevert={revert}
        />
      }
    >
      <div ref={form} className="settings">
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
