import type {
  EffectiveConfiguration,
  EffectiveFile,
  EffectiveValue,
} from '../contract/effective-configuration.ts';
import { policyNames } from '../contract/policy.ts';
import { emptyServerFields, fieldNames, fieldsOf } from '../contract/server-fields.ts';
import { draftOf, type Server, type ServerList } from '../contract/server.ts';
import type { Setting, SettingOrigin } from '../contract/settings.ts';
import type { SettingsOnRecord } from '../settings/index.ts';
import type { AdminRecord } from './admin-file.ts';
import { serverKeys } from './server-keys.ts';
import { serverTexts } from './server-texts.ts';

/** Everything that counts now: what no file and no person said is ours, and is told too. */
export function effectiveConfiguration(
  admin: AdminRecord,
  settings: SettingsOnRecord,
  list: ServerList,
): EffectiveConfiguration {
  return {
    files: admin.files.map((file) => fileOf(file, admin)),
    values: [
      ...policyValues(list),
      ...localValues(settings),
      ...list.servers.flatMap((server) => serverValues(server, admin)),
      ...linkValues(list),
    ],
  };
}

function fileOf(source: AdminRecord['files'][number], admin: AdminRecord): EffectiveFile {
  const problems = admin.problems.filter(({ file }) => file === source.file);
  const count = (severity: 'error' | 'warning'): number =>
    problems.filter((problem) => problem.severity === severity).length;
  return { ...source, errors: count('error'), warnings: count('warning'), problems };
}

function policyValues({ policies }: ServerList): readonly EffectiveValue[] {
  return policyNames.map((name) => {
    const { value, place } = policies[name];
    const origin: SettingOrigin = place === null ? { kind: 'default' } : { kind: 'administrator', ...place };
    return { section: 'policy', key: name, value: yesNo(value), origin, locked: true };
  });
}

function localValues(settings: SettingsOnRecord): readonly EffectiveValue[] {
  const { aeTitle, listenPort, listenAddress, listenTls, listenCertificate } = settings;
  const { unknownClasses, archiveFolder } = settings;
  const named: readonly (readonly [key: string, setting: Setting<string | number | boolean | null>])[] = [
    ['ae_title', aeTitle],
    ['listen_port', listenPort],
    ['listen_address', listenAddress],
    ['listen_tls', listenTls],
    ['listen_cert', listenCertificate],
    ['unknown_classes', unknownClasses],
    ['archive_folder', archiveFolder],
  ];
  return named.map(([key, { value, origin, locked }]) => ({
    section: 'local',
    key,
    value: typeof value === 'boolean' ? yesNo(value) : String(value ?? ''),
    origin,
    locked,
  }));
}

/** Fields that nobody filled in are as in any server, and left out. */
function serverValues(server: Server, admin: AdminRecord): readonly EffectiveValue[] {
  const { id, origin } = server;
  const draft = draftOf(server);
  const texts = serverTexts(draft);
  const fields = fieldsOf(draft);
  const lines = admin.servers.find((each) => each.id === id)?.lines ?? {};
  const isManaged = origin.kind === 'administrator';
  return fieldNames
    .filter((field) => lines[field] !== undefined || fields[field] !== emptyServerFields[field])
    .map((field) => ({
      section: `server:${id}`,
      key: serverKeys[field],
      value: texts[field],
      origin: isManaged
        ? { kind: 'administrator', file: origin.file, line: lines[field] ?? origin.line }
        : { kind: 'user' },
      locked: isManaged,
    }));
}

function linkValues({ links }: ServerList): readonly EffectiveValue[] {
  return links.map(({ id, source, target, direction, status, origin }) => ({
    section: `link:${id.replace(/^admin:/, '')}`,
    key: direction,
    value: `${source} → ${target}, ${status}`,
    origin: origin.kind === 'administrator' ? origin : { kind: 'user' },
    locked: origin.kind === 'administrator',
  }));
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
