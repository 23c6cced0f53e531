import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Setting } from '../../../electron/contract/settings.ts';

/** Below a setting: who set it, when that was the administrator. Else the hint that is handed in. */
export function SettingHint({
  setting: { origin, locked },
  children,
}: {
  readonly setting: Setting<unknown>;
  readonly children?: string;
}): ReactElement | null {
  if (origin.kind !== 'administrator') return children === undefined ? null : <>{children}</>;
  const place = `${origin.file}:${origin.line}`;
  return (
    <span className="settings-locked selectable">
      {locked ? <Lock /> : null}
      {locked ? `Set by ${place}` : `Set by ${place}; you may change it`}
    </span>
  );
}
