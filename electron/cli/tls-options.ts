import { readFileSync } from 'node:fs';
import { describeFailure } from '../contract/describe-failure.ts';
import { FailureError } from '../contract/failure.ts';
import { Host } from '../contract/host.ts';
import { loadAuthorities, loadIdentity, type IdentityFiles } from '../security/index.ts';
import type { PeerAddress } from '../servers/index.ts';
import { all, isSet, optional, UsageError, type Arguments } from './arguments.ts';

type TlsOptions = NonNullable<PeerAddress['tlsOptions']>;

/**
 * Whom to trust and what to show, out of the files that the command line names.
 *
 * @throws UsageError naming the option that is wrong
 */
export function tlsOptionsOf(args: Arguments): { readonly tlsOptions?: TlsOptions } {
  const ca = all(args, 'ca').flatMap((file) => using('ca', () => loadAuthorities(contentOf('ca', file))));
  const expectedName = optional(args, 'expected-name');
  const identity = identityOf(args);
  const tlsOptions = {
    ...(ca.length === 0 ? {} : { ca }),
    ...(expectedName === null ? {} : { expectedName: nameOf(expectedName) }),
    ...(identity === null ? {} : { identity }),
  };
  if (Object.keys(tlsOptions).length === 0) return {};
  if (!isSet(args, 'tls')) throw new UsageError('--ca, --cert, --pfx and --expected-name are for --tls.');
  return { tlsOptions };
}

function identityOf(args: Arguments): TlsOptions['identity'] | null {
  const cert = optional(args, 'cert');
  const pfx = optional(args, 'pfx');
  const key = optional(args, 'key');
  if (cert !== null && pfx !== null) throw new UsageError('--cert and --pfx: give one of them.');
  if (key !== null && cert === null) throw new UsageError('--key needs --cert.');
  if (pfx !== null) return loaded(args, 'pfx', { certificate: contentOf('pfx', pfx) });
  if (cert === null) return null;
  const certificate = contentOf('cert', cert);
  return loaded(args, 'cert', key === null ? { certificate } : { certificate, key: contentOf('key', key) });
}

function loaded(args: Arguments, option: string, files: IdentityFiles): TlsOptions['identity'] {
  const passphrase = passphraseOf(args);
  return using(option, () => {
    const { identity } = loadIdentity({ ...files, passphrase }, { purpose: 'client', now: new Date() });
    return identity;
  });
}

/** By way of the environment, since a command line is for all to see. */
function passphraseOf(args: Arguments): string {
  const name = optional(args, 'passphrase-env');
  if (name === null) return '';
  const value = process.env[name];
  if (value === undefined) throw new UsageError(`--passphrase-env: there is no variable ${name}.`);
  return value;
}

function nameOf(text: string): string {
  const parsed = Host.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--expected-name: ${parsed.error.issues[0]?.message ?? 'This is not valid.'}`);
}

function contentOf(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new UsageError(`--${option}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function using<Value>(option: string, read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { title, explanation } = describeFailure(thrown.failure, { server: '', ourAeTitle: '' });
    throw new UsageError(`--${option}: ${title} ${explanation}`);
  }
}
