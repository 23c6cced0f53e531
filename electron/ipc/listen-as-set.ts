import { FailureError } from '../contract/failure.ts';
import type { CertificateSource } from '../security/index.ts';
import type { Settings } from '../settings/index.ts';
import type { ListenTlsSource, Receiver } from '../transfers/index.ts';

/** Our listener, where and how the settings want it. */
export interface Listening {
  /** Whether it was last started as the settings and the certificates are now. */
  isAsSet(): boolean;
  /** Resolves after the first try. */
  start(): Promise<void>;
}

export function listeningAsSet(
  receiver: Pick<Receiver, 'start'>,
  settings: Settings,
  certificates: CertificateSource,
): Listening {
  const tls: ListenTlsSource = () => tlsAsSet(settings, certificates);
  let started: string | null = null;
  return {
    isAsSet: () => stateOf(settings, tls) === started,
    start() {
      const { listenAddress, listenPort } = settings.current();
      started = stateOf(settings, tls);
      return receiver.start(listenAddress, listenPort, tls);
    },
  };
}

/** Anyone who speaks TLS may connect: by the AE title it is decided who may stay. */
function tlsAsSet(settings: Settings, certificates: CertificateSource): ReturnType<ListenTlsSource> {
  const { listenTls, listenCertificate, listenAddress: address, listenPort: port } = settings.current();
  if (!listenTls) return null;
  const missing = { step: 'listen', address, port, cause: 'certificate' } as const;
  if (listenCertificate === null) throw new FailureError({ ...missing, why: 'none-chosen' });
  try {
    return { identity: certificates.identityFor(listenCertificate, 'server'), clientCa: null };
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step !== 'certificate') throw thrown;
    throw new FailureError({ ...missing, why: thrown.failure.cause }, { cause: thrown });
  }
}

/** What differs when the listener must be opened anew; without the key. */
function stateOf(settings: Settings, tls: ListenTlsSource): string {
  const { listenAddress, listenPort } = settings.current();
  return JSON.stringify([listenAddress, listenPort, shownBy(tls)]);
}

function shownBy(tls: ListenTlsSource): unknown {
  try {
    return tls()?.identity.cert ?? 'plain';
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure;
    throw thrown;
  }
}
