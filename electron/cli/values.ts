import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { AeTitle } from '../contract/ae-title.ts';
import { Host } from '../contract/host.ts';
import { Port } from '../contract/server.ts';
import { Uid } from '../contract/uid.ts';
import type { QueryTarget } from '../query/index.ts';
import { isSet, optional, required, UsageError, type Arguments } from './arguments.ts';
import { tlsOptionsOf } from './tls-options.ts';

/** Whom to talk to, and as whom. @throws UsageError naming the option that is wrong */
export function targetOf(args: Arguments): QueryTarget {
  return {
    server: {
      host: hostOf(required(args, 'host'), 'host'),
      port: portOf(required(args, 'port'), 'port'),
      aeTitle: checked(AeTitle, required(args, 'called'), 'called'),
      tls: isSet(args, 'tls'),
      verifyCertificate: !isSet(args, 'no-verify'),
      ...tlsOptionsOf(args),
    },
    callingAeTitle: ourAeTitle(args),
  };
}

export function ourAeTitle(args: Arguments): AeTitle {
  return checked(AeTitle, optional(args, 'calling') ?? settingOf(args, 'aeTitle') ?? 'GANTRY', 'calling');
}

export function aeTitleOf(args: Arguments, name: string): AeTitle {
  return checked(AeTitle, required(args, name), name);
}

export function hostOf(text: string, name: string): string {
  return checked(Host, text, name);
}

export function portOf(text: string, name: string): number {
  return checked(Port, /^\d+$/.test(text) ? Number(text) : Number.NaN, name);
}

export function uidOf(text: string, name: string): string {
  return checked(Uid, text, name);
}

/** Port 0 lets the system choose, for whoever reads the line that says which. */
export function listenPortOf(text: string, name: string): number {
  return text === '0' ? 0 : portOf(text, name);
}

/** @throws UsageError naming the option, with what it may be */
export function oneOf<Value>(values: Readonly<Record<string, Value>>, text: string, name: string): Value {
  const value = Object.hasOwn(values, text) ? values[text] : undefined;
  if (value !== undefined) return value;
  throw new UsageError(`--${name} is one of: ${Object.keys(values).join(', ')}, not "${text}".`);
}

export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  name: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--${name}: ${parsed.error.issues[0]?.message ?? 'This is not valid.'}`);
}

/** Where the app keeps its settings, archive and requests; `null`: nobody said. */
export function homeOf(args: Arguments): string | null {
  return optional(args, 'home') ?? process.env.GANTRY_HOME ?? null;
}

/** A value of the settings that the app keeps in the same home folder. */
function settingOf(args: Arguments, name: string): string | null {
  const home = homeOf(args);
  if (home === null) return null;
  try {
    const stored: unknown = JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'));
    const settings: unknown = isRecord(stored) ? stored.settings : null;
    const value = isRecord(settings) ? settings[name] : null;
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
