import type { SettingsDraft } from '../contract/settings.ts';
import type { Settings } from '../settings/index.ts';
import type { Listening } from './listen-as-set.ts';

/** Saves what a person set, and has our listener follow where that says so. @throws FailureError */
export async function saveSettings(
  settings: Settings,
  draft: SettingsDraft,
  listening: Listening,
): Promise<void> {
  settings.save(draft);
  if (!listening.isAsSet()) await listening.start();
}
