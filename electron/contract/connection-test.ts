import type { CertificateFacts } from './certificate.ts';
import type { Failure, TlsCause } from './failure.ts';
import type { ServerId } from './server.ts';
import type { Ability } from './server-terms.ts';

/** The steps of a connection test by DICOM, in order. */
export const testStepNames = [
  'name',
  'tcp',
  'tls',
  'association',
  'echo',
  'services',
  'query',
  'our-side',
  'return-path',
] as const;

/** Those by DICOMweb. */
export const webStepNames = ['web-name', 'web-tcp', 'web-tls', 'qido', 'wado', 'stow', 'web-image'] as const;

export type TestStepName = (typeof testStepNames)[number] | (typeof webStepNames)[number];

/** One line of the test: begun, or how it came out; `ms` are milliseconds. */
export type TestStep =
  | { readonly kind: 'running'; readonly step: TestStepName }
  | {
      readonly kind: 'passed';
      readonly step: TestStepName;
      readonly ms: number;
      readonly facts: TestFacts;
    }
  /** It works, and somebody should still look at it. */
  | {
      readonly kind: 'warned';
      readonly step: TestStepName;
      readonly ms: number;
      readonly facts: TestFacts;
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'failed';
      readonly step: TestStepName;
      readonly ms: number;
      readonly fault: TestFault;
      /** What was found out before it failed. */
      readonly facts: TestFacts | null;
    }
  | { readonly kind: 'skipped'; readonly step: TestStepName; readonly reason: SkipReason };

/** What failed, and what looking closer has brought to light. */
export interface TestFault {
  readonly failure: Failure;
  readonly findings: readonly Finding[];
}

export type SkipReason =
  /** An earlier step failed that this one needs. */
  | { readonly kind: 'earlier'; readonly step: TestStepName }
  /** TLS is not ticked. */
  | { readonly kind: 'not-ticked' }
  /** The server itself could not tell, or took the order: only an image that arrives proves it. */
  | { readonly kind: 'needs-one-image'; readonly order: MoveOrder }
  /** No way back is needed where images come by C-GET on our own association. */
  | { readonly kind: 'by-get' }
  /** As by WADO-RS. */
  | { readonly kind: 'by-web' }
  /** It shows no image that could be sent. */
  | { readonly kind: 'nothing-there' }
  /** A retrieve is under way, and what comes in is for the archive. */
  | { readonly kind: 'retrieving' };

/** The answer to a C-MOVE of a study that nobody has. `status` 0000H says only that the order was taken. */
export interface MoveOrder {
  readonly status: number;
}

export interface AddressTry {
  readonly address: string;
  readonly ms: number;
  /** `slower`: another address had answered, so this one was not waited for. */
  readonly outcome: 'open' | 'refused' | 'unreachable' | 'timed-out' | 'slower';
}

export interface NameFacts {
  readonly step: 'name';
  readonly host: string;
  /** One entry for each kind of record that was asked for; of an address itself, that address alone. */
  readonly lookups: readonly {
    readonly record: 'A' | 'AAAA' | 'address';
    readonly addresses: readonly string[];
    readonly ms: number;
  }[];
}

export interface TcpFacts {
  readonly step: 'tcp';
  readonly port: number;
  /** Every address once, all at the same time. */
  readonly race: readonly AddressTry[];
  /** The address that won is tried again, one try after the other. */
  readonly again: readonly AddressTry[];
  readonly address: string;
  /** Ours on the way there. */
  readonly localAddress: string;
}

export interface TlsFacts {
  readonly step: 'tls';
  /** As Node names it: TLSv1.2 or TLSv1.3. */
  readonly protocol: string;
  readonly cipher: string;
  /** The server's own first. */
  readonly chain: readonly CertificateFacts[];
  /** What the certificate has to be made out to, and whether it is. */
  readonly name: { readonly expected: string; readonly matches: boolean };
  /** The chain leads to an authority that is trusted for this server. */
  readonly trusted: boolean;
  /** Both were asked for, or it is the very one that was pinned. */
  readonly verified: boolean;
  /** `unknown`: it may have asked; this build of TLS can't tell. */
  readonly ourCertificate: 'presented' | 'asked-for' | 'not-asked-for' | 'unknown';
}

export interface AssociationFacts {
  readonly step: 'association';
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  /** The peer's Maximum Length in bytes; 0 means no limit (PS3.8 §D.1). */
  readonly maximumLengthBytes: number;
}

export const serviceNames = [
  'find',
  'find-patient-root',
  'move',
  'move-patient-root',
  'get',
  'get-patient-root',
  'worklist',
  'commitment',
  'print',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export type DeclaredRole = 'scp' | 'scu' | 'both';

export interface ServicesFacts {
  readonly step: 'services';
  /** Which it accepts for us, by presentation context. */
  readonly services: Readonly<Record<ServiceName, boolean>>;
  /** Storage SOP classes it accepts from us; `null`: it refused the association that asked. */
  readonly storage: { readonly accepted: number; readonly offered: number } | null;
  /** `null`: none is written down. */
  readonly declaredRole: DeclaredRole | null;
  /** What it acts as, by what it accepts: it provides, and it sends (by C-MOVE). */
  readonly measured: { readonly scp: boolean; readonly scu: boolean };
}

export interface QueryFacts {
  readonly step: 'query';
  readonly model: 'study-root' | 'patient-root';
  /** None, unless the server ignores what it is asked for. */
  readonly matches: number;
  /** `null`: the record says nothing of letters, so no name was asked for. */
  readonly letters: LettersFacts | null;
}

/** A name in the letters that the record wants. */
export interface LettersFacts {
  /** What (0008,0005) of the questions said; `null`: what they needed. */
  readonly asked: string | null;
  /** What the answers were read in; `null`: in what they say themselves. */
  readonly decodeAs: string | null;
  /** (0008,0005) of the answer with the name; '' where it says none. */
  readonly told: string;
  /** For the person at the screen, and for nothing that is kept or sent; `null`: the server shows none. */
  readonly name: string | null;
}

export interface FirewallFacts {
  /** `off`: there is one, and it is not at work. `unknown`: it can't be seen from here. */
  readonly state: 'allowed' | 'blocked' | 'off' | 'unknown' | 'not-needed';
  /** Who was asked: nft, ufw, Windows Defender Firewall, … */
  readonly tool: string | null;
  /** What decides it, in that tool's words; `null`: nothing that could be named. */
  readonly rule: string | null;
  /** Those that are shut, or of which it can't be told. */
  readonly ports: readonly number[];
  /** For whoever may: opens them. */
  readonly command: string | null;
}

export interface OurSideFacts {
  readonly step: 'our-side';
  /** The shared listener; `null`: it is not bound. */
  readonly listener: { readonly address: string; readonly port: number } | null;
  /** The server's own listen port; `null`: it has none besides the shared one. */
  readonly listenPort: number | null;
  /** Ours on the way to the server; `null`: not known. */
  readonly localAddress: string | null;
  /** The same at the last test that worked; `null`: there was none. */
  readonly lastLocalAddress: string | null;
  readonly firewall: FirewallFacts;
}

/** The one image that proves the way back; nothing of it is kept. */
export interface ReturnPathFacts {
  readonly step: 'return-path';
  readonly method: 'C-MOVE' | 'C-GET' | 'WADO-RS';
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly remoteAddress: string;
  /** Of ours; `null`: it came on the connection that asked (C-GET, WADO-RS). */
  readonly port: number | null;
  readonly bytes: number;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
}

export interface WebFacts {
  readonly step: 'qido' | 'wado' | 'stow';
  /** HTTP's. */
  readonly status: number;
  readonly isOffered: boolean;
}

export type TestFacts =
  | NameFacts
  | TcpFacts
  | TlsFacts
  | AssociationFacts
  | { readonly step: 'echo'; readonly status: number }
  | ServicesFacts
  | QueryFacts
  | OurSideFacts
  | ReturnPathFacts
  | WebFacts;

/** What a closer look has shown. Facts only; words are in `describe-finding.ts`. */
export type Finding =
  /** TLS is not ticked, and the port answers a TLS greeting. */
  | { readonly kind: 'speaks-tls'; readonly protocol: string; readonly subject: string }
  /** TLS is ticked, and the port answers plain DICOM. */
  | { readonly kind: 'speaks-plain' }
  | { readonly kind: 'speaks-http'; readonly server: string }
  /** The same AE title in other letters is accepted. */
  | { readonly kind: 'answers-to'; readonly whose: 'called' | 'calling'; readonly aeTitle: string }
  | { readonly kind: 'some-tries-failed'; readonly failed: number; readonly of: number }
  | { readonly kind: 'addresses-failed'; readonly addresses: readonly string[] }
  | { readonly kind: 'certificate-ends'; readonly subject: string; readonly daysLeft: number }
  | { readonly kind: 'not-verified'; readonly reason: 'untrusted' | 'other-name' | 'not-asked' }
  | {
      readonly kind: 'role-differs';
      readonly declared: DeclaredRole;
      readonly measured: { readonly scp: boolean; readonly scu: boolean };
    }
  /** It is entered as used for these, and does not offer them to us. */
  | { readonly kind: 'abilities-missing'; readonly abilities: readonly Ability[] }
  | { readonly kind: 'storage-not-told'; readonly failure: Failure }
  | { readonly kind: 'keys-ignored'; readonly matches: number }
  /** Some letters of a name mean nothing in the character set that it is read in. */
  | { readonly kind: 'name-unreadable'; readonly told: string; readonly decodeAs: string | null }
  | { readonly kind: 'address-changed'; readonly before: string; readonly now: string }
  /** The shared port can't be had; the server's own one can. */
  | { readonly kind: 'shared-port-missing'; readonly failure: Failure }
  | { readonly kind: 'listens-here-only'; readonly address: string; readonly localAddress: string }
  | {
      readonly kind: 'listens-elsewhere';
      readonly address: string;
      readonly localAddress: string;
    }
  | {
      readonly kind: 'firewall-blocks';
      readonly ports: readonly number[];
      readonly tool: string;
      readonly rule: string | null;
      readonly command: string | null;
    }
  /** Somebody else calls himself as we do. */
  | { readonly kind: 'ae-title-in-use'; readonly address: string; readonly at: string }
  /** The server could not bring the image to the place its table has for us. */
  | { readonly kind: 'not-delivered'; readonly status: number | null; readonly failed: number }
  /** It says that it was delivered, and it did not come here. */
  | { readonly kind: 'delivered-elsewhere'; readonly completed: number }
  | {
      readonly kind: 'came-to-other-port';
      readonly port: number;
      readonly expected: readonly number[];
      readonly remoteAddress: string;
    }
  | {
      readonly kind: 'called-other-ae-title';
      readonly calledAeTitle: string;
      readonly remoteAddress: string;
      readonly port: number;
    }
  /** It came, and was not let in: it spoke plain DICOM where we speak TLS, or the other way round. */
  | {
      readonly kind: 'turned-away';
      readonly remoteAddress: string;
      readonly cause: TlsCause | 'tls-peer';
    }
  /** It called us rightly, and the object did not get through. */
  | {
      readonly kind: 'came-without-image';
      readonly callingAeTitle: string;
      readonly remoteAddress: string;
      readonly port: number;
    };

/** Whether something has been shown to work. */
export type Proof =
  | { readonly kind: 'proven'; readonly at: string }
  | { readonly kind: 'failed'; readonly at: string; readonly fault: TestFault }
  | { readonly kind: 'not-tested' };

/** Three things that are true or not of a server, each by itself. */
export interface ConnectionStates {
  readonly reachable: Proof;
  readonly queryable: Proof;
  readonly retrieve: Proof;
}

/** What a test has found out of a server as it is saved. */
export interface TestResult {
  readonly id: ServerId;
  /** ISO 8601; `null`: never. */
  readonly at: string | null;
  readonly states: ConnectionStates;
  /** Ours on the way there when it last worked. */
  readonly localAddress: string | null;
}

/** Of a test of many servers. */
export type TestAllStep =
  | { readonly kind: 'begun'; readonly id: ServerId }
  | { readonly kind: 'step'; readonly id: ServerId; readonly step: TestStep }
  | {
      readonly kind: 'done';
      readonly id: ServerId;
      readonly steps: readonly TestStep[];
      readonly states: ConnectionStates;
      /** How many are done of how many, this one included. */
      readonly done: number;
      readonly of: number;
    };
