import type { RefusedPeer } from './settings.ts';

interface Words {
  readonly title: string;
  readonly suggestion: string;
}

/** What came of it, and what to do; one sentence each. */
export function describeRefusedPeer({ remoteAddress, cause }: RefusedPeer): Words {
  const { title, suggestion } = words[cause] ?? otherwise(cause);
  return { title: title.replace('{peer}', remoteAddress === '' ? 'Somebody' : remoteAddress), suggestion };
}

/** Those that one of the two administrators can do something about at once. */
const words: Readonly<Partial<Record<RefusedPeer['cause'], Words>>> = {
  'plain-peer': {
    title: '{peer} spoke plain DICOM at our TLS port, and was refused.',
    suggestion: 'If it is a server of yours, have its administrator turn TLS on for this viewer.',
  },
  'tls-peer': {
    title: '{peer} spoke TLS at our plain port, and was refused.',
    suggestion:
      'If it is a server of yours, have its administrator turn TLS off for this viewer, or listen with TLS.',
  },
  'certificate-refused': {
    title: '{peer} did not accept the certificate that we showed.',
    suggestion: 'Have its administrator trust the authority that signed it, or show another certificate.',
  },
};

function otherwise(cause: string): Words {
  return {
    title: `{peer} began TLS with us and did not get through (${cause}).`,
    suggestion: 'If it is a server of yours, ask its administrator which versions and suites it allows.',
  };
}
