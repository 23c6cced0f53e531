import type { SettingsDraft } from '../contract/settings.ts';
import type { Settings } from '../settings/index.ts';

/** Saves what a person set, and has our listener move where that says so. @throws FailureError */
export async function saveSettings(
  settings: Settings,
  draft: SettingsDraft,
  listenAsSet: () => Promise<void>,
): Promise<void> {
  const before = settings.current();
  settings.save(draft);
  const after = settings.current();
  const moved = before.listenAddress !== after.listenAddress || before.listenPort !== after.listenPort;
  if (moved) await listenAsSet();
}
