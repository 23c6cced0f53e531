export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Puts environment variables in the place of `%NAME%` and a percent sign in that of `%%`. A percent
 * sign alone stays, as in `fe80::1%eth0`. What a variable holds is not expanded again.
 *
 * @returns `null` when one is not defined, after `onUnknown` has been told which
 */
export function expandVariables(
  text: string,
  env: Environment,
  onUnknown: (name: string) => void,
): string | null {
  let known = true;
  const expanded = text.replace(/%([A-Za-z_][A-Za-z0-9_()]*)?%/g, (_, name: string | undefined) => {
    if (name === undefined) return '%';
    const value = valueOf(name, env);
    if (value === undefined && known) {
      known = false;
      onUnknown(name);
    }
    return value ?? '';
  });
  return known ? expanded : null;
}

/** As Windows does it: the exact name first, then without regard to case. */
function valueOf(name: string, env: Environment): string | undefined {
  if (Object.hasOwn(env, name)) return env[name];
  return Object.entries(env).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}
