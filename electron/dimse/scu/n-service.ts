import { FailureError, type DimseCommand } from '../../contract/failure.ts';
import { tagOf } from '../../dataset/index.ts';
import type { AcceptedContext, Association } from '../association/association.ts';
import { CommandField, type RequestCommand } from '../commands/command.ts';
import { statusCategory } from '../commands/status.ts';
import { commentOf, statusFailure, statusOf } from './status-failure.ts';

/** The SOP instance that a DIMSE-N service (PS3.7 §10) is about. */
export interface NTarget {
  /** That of `sopClassUid`, or of the meta SOP class that it is part of (PS3.4 §H.3.2). */
  readonly context: AcceptedContext;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

/** What the peer did, or did with a warning. */
export interface NResult {
  /** 0000H, or a warning. */
  readonly status: number;
  /** As the response names it, which for an N-CREATE may be the only one to; '' where it doesn't. */
  readonly sopInstanceUid: string;
  /** In the context's transfer syntax. */
  readonly dataset: Buffer | null;
  readonly comment: string | null;
}

/** Asks for attributes, by keyword or eight hexadecimal digits; none asks for all (N-GET, PS3.7 §10.1.2). */
export async function nGet(
  association: Association,
  target: NTarget,
  attributes: readonly string[],
  signal?: AbortSignal,
): Promise<NResult> {
  const command = {
    ...requested(CommandField.NGetRq, target),
    ...(attributes.length > 0 && { attributeIdentifierList: attributes.map(tagOfKeyword) }),
  };
  return await perform(association, { name: 'N-GET', target, command, dataset: null }, signal);
}

/** Changes attributes (N-SET, PS3.7 §10.1.3). */
export async function nSet(
  association: Association,
  target: NTarget,
  dataset: Uint8Array,
  signal?: AbortSignal,
): Promise<NResult> {
  const command = requested(CommandField.NSetRq, target);
  return await perform(association, { name: 'N-SET', target, command, dataset }, signal);
}

/** Has something done (N-ACTION, PS3.7 §10.1.4). */
export async function nAction(
  association: Association,
  target: NTarget & { readonly actionTypeId: number },
  dataset: Uint8Array | null,
  signal?: AbortSignal,
): Promise<NResult> {
  const command = { ...requested(CommandField.NActionRq, target), actionTypeId: target.actionTypeId };
  return await perform(association, { name: 'N-ACTION', target, command, dataset }, signal);
}

/** Has an instance made; the peer gives it its UID where `sopInstanceUid` is '' (N-CREATE, PS3.7 §10.1.5). */
export async function nCreate(
  association: Association,
  target: NTarget,
  dataset: Uint8Array | null,
  signal?: AbortSignal,
): Promise<NResult> {
  const command = affected(CommandField.NCreateRq, target);
  return await perform(association, { name: 'N-CREATE', target, command, dataset }, signal);
}

/** Has an instance removed (N-DELETE, PS3.7 §10.1.6). */
export async function nDelete(
  association: Association,
  target: NTarget,
  signal?: AbortSignal,
): Promise<NResult> {
  const command = requested(CommandField.NDeleteRq, target);
  return await perform(association, { name: 'N-DELETE', target, command, dataset: null }, signal);
}

/** Tells what has happened, as the SCP of the class (N-EVENT-REPORT, PS3.7 §10.1.1). */
export async function nEventReport(
  association: Association,
  target: NTarget & { readonly eventTypeId: number },
  dataset: Uint8Array | null,
  signal?: AbortSignal,
): Promise<NResult> {
  const command = { ...affected(CommandField.NEventReportRq, target), eventTypeId: target.eventTypeId };
  return await perform(association, { name: 'N-EVENT-REPORT', target, command, dataset }, signal);
}

interface NRequest {
  readonly name: DimseCommand;
  readonly target: NTarget;
  readonly command: RequestCommand;
  readonly dataset: Uint8Array | null;
}

/** @throws FailureError respond (failure statuses included) or cancelled */
async function perform(
  association: Association,
  { name, target, command, dataset }: NRequest,
  signal?: AbortSignal,
): Promise<NResult> {
  const source = dataset === null ? null : ({ kind: 'bytes', bytes: dataset } as const);
  const responses = association.request(target.context, { command, dataset: source }, {}, signal);
  for await (const response of responses) {
    const status = statusOf(response.command);
    switch (statusCategory(status)) {
      case 'success':
      case 'warning':
        return {
          status,
          sopInstanceUid: response.command.affectedSopInstanceUid ?? '',
          dataset: response.dataset,
          comment: commentOf(response.command),
        };
      case 'failure':
        throw statusFailure(name, response.command);
      case 'pending':
      case 'cancel':
        throw new FailureError({ step: 'respond', cause: 'malformed' });
    }
  }
  throw new FailureError({ step: 'respond', cause: 'closed' });
}

/** PS3.7 Tables 10.3-3, 10.3-5, 10.3-7 and 10.3-11 name the instance so … */
function requested(commandField: number, { sopClassUid, sopInstanceUid }: NTarget): RequestCommand {
  return { commandField, requestedSopClassUid: sopClassUid, requestedSopInstanceUid: sopInstanceUid };
}

/** … and Tables 10.3-1 and 10.3-9 so. */
function affected(commandField: number, { sopClassUid, sopInstanceUid }: NTarget): RequestCommand {
  const command = { commandField, affectedSopClassUid: sopClassUid };
  return sopInstanceUid === '' ? command : { ...command, affectedSopInstanceUid: sopInstanceUid };
}

function tagOfKeyword(keyword: string): string {
  const tag = /^[0-9A-Fa-f]{8}$/.test(keyword) ? keyword.toUpperCase() : tagOf(keyword);
  if (tag !== null) return tag;
  throw new FailureError({ step: 'input', field: keyword, problem: 'is not a DICOM keyword' });
}
