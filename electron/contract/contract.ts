import { z } from 'zod';
import type { ArchiveSeries, ArchiveStudy } from './archive.ts';
import { news, request, stream } from './define.ts';
import type { EchoStep } from './echo-step.ts';
import type { Failure } from './failure.ts';
import { FileGrantId, SendItemId, type FileGrant, type SendItem } from './send.ts';
import { Port, ServerDraft, ServerId, type Server, type ServerList } from './server.ts';
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
    /** `id`: whose last echo to remember, if the draft is a saved server as it stands. */
    testEcho: stream<EchoStep>()(z.object({ id: ServerId.nullable(), draft: ServerDraft })),
    /** Whether we could listen there; `null`: yes. */
    tryListenPort: request<Failure | null>()(Port),
    /** Starts the demonstration archive and adds it to the list. */
    addDemo: request<Server>()(z.void()),
    changed: news<ServerList>(),
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
  settings: {
    get: request<SettingsView>()(z.void()),
    save: request<SettingsView>()(SettingsDraft),
    /** Opens the folder dialog; answers the settings as they stand afterwards. */
    chooseArchiveFolder: request<SettingsView>()(z.void()),
    changed: news<SettingsView>(),
  },
} as const;
export type Contract = typeof contract;
