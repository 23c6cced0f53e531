import { z } from 'zod';
import type { ArchiveSeries, ArchiveStudy } from './archive.ts';
import {
  FetchPeerCertificates,
  ImportCertificate,
  type CertificateList,
  type KeptCertificate,
  type PeerCertificates,
} from './certificate.ts';
import { CertificateId } from './certificate-id.ts';
import type { NameFacts, TestAllStep, TestResult, TestStep } from './connection-test.ts';
import type { ConnectionCard } from './connection-card.ts';
import { news, request, stream } from './define.ts';
import { ServerSecret, type SecretState } from './dicomweb.ts';
import type { EffectiveConfiguration } from './effective-configuration.ts';
import { AllowPorts, ListenPorts, type FirewallOffer, type FirewallOpened } from './firewall.ts';
import { ApplyImport, ImportServers, type ImportDone, type ImportPreview } from './import-servers.ts';
import { LinkDraft, LinkId, type Link } from './link.ts';
import { AskedPort, type PortClash } from './port-clash.ts';
import type { Observations } from './observations.ts';
import type { ReadReply } from './read-reply.ts';
import { FileGrantId, SendItemId, type FileGrant, type SendItem } from './send.ts';
import { Host } from './host.ts';
import { RunTest } from './run-test.ts';
import { ServerDraft, ServerId, type Server, type ServerList } from './server.ts';
import { SaveText } from './save-text.ts';
import { SettingsDraft, type SettingsView } from './settings.ts';
import { FindSeries, FindStudies, type FoundStudies, type SeriesMatch } from './study.ts';
import { RetrieveStudy, TransferId, type InstanceReport, type Transfer } from './transfer.ts';
import { Uid } from './uid.ts';

/** Everything the two processes say to each other. Plain JSON both ways; pixels go by URL. */
export const contract = {
  servers: {
    list: request<ServerList>()(z.void()),
    /** `id: null` makes a new server. An administrator's server is refused with step `managed`. */
    save: request<Server>()(z.object({ id: ServerId.nullable(), draft: ServerDraft })),
    delete: request<null>()(ServerId),
    /** Starts the demonstration archive and adds it to the list. */
    addDemo: request<Server>()(z.void()),
    /** Every id in the order that is wanted, the administrator's among them; kept for this person. */
    reorder: request<ServerList>()(z.array(ServerId)),
    /** `id: null` makes a new link. */
    saveLink: request<Link>()(z.object({ id: LinkId.nullable(), draft: LinkDraft })),
    deleteLink: request<null>()(LinkId),
    /** What a list (CSV) would change. Changes nothing. */
    previewImport: request<ImportPreview>()(ImportServers),
    applyImport: request<ImportDone>()(ApplyImport),
    /** Takes the last import back; what was changed by hand since stays. */
    undoImport: request<ServerList>()(z.void()),
    /** All servers as CSV, every field a column. */
    exportCsv: request<string>()(z.void()),
    /** The person's own servers as an administrator's file. */
    exportIni: request<string>()(z.void()),
    /** Finds a server in what its administrator wrote. */
    readReply: request<ReadReply>()(z.string().max(200_000)),
    /** What the administrator of that server, or of any, must enter to know this viewer. */
    connectionCard: request<ConnectionCard>()(ServerId.nullable()),
    /** Who else uses a listen port. */
    portClashes: request<readonly PortClash[]>()(AskedPort),
    changed: news<ServerList>(),
  },
  connectionTest: {
    /** Tests the draft as it stands; `id`: whose result to remember, if it is a saved server as it stands. */
    run: stream<TestStep>()(RunTest),
    /** Tests saved servers, some at a time; never has an image sent. */
    runAll: stream<TestAllStep>()(z.array(ServerId).min(1)),
    /** What is known of each server from its tests. */
    results: request<readonly TestResult[]>()(z.void()),
    /** Looks a name up, for the form. */
    resolveName: request<NameFacts>()(Host),
    changed: news<TestResult>(),
  },
  /** This computer's own. Every step of it shows what it will do before it does it. */
  firewall: {
    /** What opening ports that we listen on would take. Changes nothing. */
    offer: request<FirewallOffer>()(ListenPorts),
    /** Does what was offered, and looks again. The system asks for the rights of an administrator. */
    allow: request<FirewallOpened>()(AllowPorts),
  },
  /** What was really seen of each server. */
  observations: {
    list: request<readonly Observations[]>()(z.void()),
    changed: news<Observations>(),
  },
  query: {
    findStudies: stream<FoundStudies>()(FindStudies),
    findSeries: request<readonly SeriesMatch[]>()(FindSeries),
  },
  transfers: {
    list: request<readonly Transfer[]>()(z.void()),
    retrieve: request<TransferId>()(RetrieveStudy),
    send: request<TransferId>()(z.object({ serverId: ServerId, items: z.array(SendItemId).min(1) })),
    /** Every instance that has an outcome so far; of a retrieve, only those that did not simply arrive. */
    reports: request<readonly InstanceReport[]>()(TransferId),
    /** A new transfer of only what failed. */
    retryFailed: request<TransferId>()(TransferId),
    cancel: request<null>()(TransferId),
    clearEnded: request<null>()(z.void()),
    changed: news<Transfer>(),
    cleared: news<readonly TransferId[]>(),
  },
  send: {
    chooseFiles: request<readonly FileGrant[]>()(z.void()),
    chooseFolder: request<readonly FileGrant[]>()(z.void()),
    /** Looks below the grants and says of each file what it is. */
    inspect: stream<readonly SendItem[]>()(z.array(FileGrantId).min(1)),
    forget: request<null>()(z.array(SendItemId)),
  },
  archive: {
    studies: request<readonly ArchiveStudy[]>()(z.void()),
    series: request<readonly ArchiveSeries[]>()(Uid),
    /** The study that gained or lost an instance, thinned to a few a second. */
    changed: news<ArchiveStudy>(),
    /** A study that the person asked to see by other means than the window, by its UID. */
    show: news<string>(),
  },
  files: {
    /** Opens the save dialog and writes the text as UTF-8. The file's name; `null`: the person thought better. */
    saveText: request<string | null>()(SaveText),
  },
  certificates: {
    list: request<CertificateList>()(z.void()),
    /** Opens the file dialog. */
    chooseFiles: request<readonly FileGrant[]>()(z.void()),
    importFile: request<KeptCertificate>()(ImportCertificate),
    /** Refused with step `certificate`, cause `in-use`, while a server refers to it. */
    remove: request<null>()(CertificateId),
    /** What a server shows, for a person to compare; nothing is trusted by asking. */
    fetchPeer: request<PeerCertificates>()(FetchPeerCertificates),
    changed: news<CertificateList>(),
  },
  /** Passwords and tokens for servers; they never come back. */
  credentials: {
    state: request<SecretState>()(ServerId),
    save: request<SecretState>()(ServerSecret),
    forget: request<null>()(ServerId),
  },
  settings: {
    get: request<SettingsView>()(z.void()),
    save: request<SettingsView>()(SettingsDraft),
    /** Opens the folder dialog; answers the settings as they stand afterwards. */
    chooseArchiveFolder: request<SettingsView>()(z.void()),
    /** Every value that counts, and where it comes from. */
    effective: request<EffectiveConfiguration>()(z.void()),
    changed: news<SettingsView>(),
  },
} as const;
export type Contract = typeof contract;
