import { lookAtFirewall } from './check-firewall.ts';
import { findProgram } from './find-program.ts';
import type { FirewallTools } from './open-ports.ts';
import { runCommand } from './run-command.ts';

/** This computer's own. */
export function systemFirewall(): FirewallTools {
  return {
    look: lookAtFirewall,
    rights: {
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      find: findProgram,
    },
    run: runCommand,
  };
}
