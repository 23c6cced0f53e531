import type { Command } from './look.ts';

/** The commands as a person would type them; they are never handed to a shell as such. */
export function commandWords(commands: readonly Command[], platform: NodeJS.Platform): string {
  const quote = platform === 'win32' ? '"' : "'";
  const word = (text: string): string =>
    /^[\w@%+=:,./\\-]+$/.test(text)
      ? text
      : `${quote}${quote === "'" ? text.replaceAll("'", "'\\''") : text}${quote}`;
  return commands
    .map(({ program, args }) => [program, ...args].map(word).join(' '))
    .join(platform === 'win32' ? ' & ' : ' && ');
}
