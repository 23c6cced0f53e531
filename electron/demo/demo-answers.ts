import dimse from 'dcmjs-dimse';
import type { requests as asked, responses as answers } from 'dcmjs-dimse';
import { deliver, type Delivery } from './deliver.ts';
import type { NaturalDataset } from './demo-instance.ts';
import type { DemoShelf } from './demo-shelf.ts';
import { matchIdentifier, textsOf, type Level } from './match-identifier.ts';

const { Status, TransferSyntax } = dimse.constants;
const { CEchoResponse, CFindResponse, CMoveResponse, CStoreResponse } = dimse.responses;

export function answerEcho(request: asked.CEchoRequest): answers.CEchoResponse {
  const response = CEchoResponse.fromRequest(request);
  response.setStatus(Status.Success);
  return response;
}

/** A pending response for each match, then the final one (PS3.4 §C.4.1). */
export function answerFind(request: asked.CFindRequest, shelf: DemoShelf): answers.CFindResponse[] {
  const identifier = identifierOf(request);
  const level = levelOf(identifier);
  const last = CFindResponse.fromRequest(request);
  last.setStatus(level === null ? Status.InvalidAttributeValue : Status.Success);
  if (level === null) return [last];
  const pending = matchIdentifier(shelf.attributes, level, identifier).map((match) => {
    const response = CFindResponse.fromRequest(request);
    response.setStatus(Status.Pending);
    response.setDataset(new dimse.Dataset(match, TransferSyntax.ExplicitVRLittleEndian));
    return response;
  });
  return [...pending, last];
}

export interface MoveContext {
  readonly port: number;
  readonly callingAeTitle: string;
  readonly pending: (response: answers.CMoveResponse) => void;
  readonly last: (response: answers.CMoveResponse) => void;
}

/** Delivers to whoever asks, and to nobody else: only its address is known. `null`: refused. */
export function answerMove(
  request: asked.CMoveRequest,
  shelf: DemoShelf,
  { port, callingAeTitle, pending, last }: MoveContext,
): Delivery | null {
  const destination = textsOf(request.getCommandDataset().getElement('MoveDestination'))[0] ?? '';
  if (destination !== callingAeTitle) {
    const refused = CMoveResponse.fromRequest(request);
    refused.setStatus(Status.MoveDestinationUnknown);
    last(refused);
    return null;
  }
  const { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID } = identifierOf(request);
  const wanted = matchIdentifier(shelf.attributes, 'IMAGE', {
    StudyInstanceUID,
    SeriesInstanceUID,
    SOPInstanceUID,
  });
  return deliver({
    instances: wanted.flatMap((match) => shelf.get(String(match['SOPInstanceUID'])) ?? []),
    port,
    destination,
    messageId: request.getMessageId(),
    onProgress: (counts, status) => {
      const response = CMoveResponse.fromRequest(request);
      response.setStatus(status);
      response.setRemaining(counts.remaining);
      response.setCompleted(counts.completed);
      response.setFailures(counts.failed);
      response.setWarnings(counts.warning);
      if (status === Status.Pending) pending(response);
      else last(response);
    },
  });
}

export function answerStore(request: asked.CStoreRequest, shelf: DemoShelf): answers.CStoreResponse {
  const response = CStoreResponse.fromRequest(request);
  const dataset = request.getDataset();
  const isKept = dataset !== undefined && shelf.put(dataset.getElements());
  response.setStatus(isKept ? Status.Success : Status.ResourceLimitation);
  return response;
}

function identifierOf(request: asked.Request): NaturalDataset {
  return request.getDataset()?.getElements() ?? {};
}

function levelOf(identifier: NaturalDataset): Level | null {
  const [level] = textsOf(identifier['QueryRetrieveLevel']);
  return level === 'STUDY' || level === 'SERIES' || level === 'IMAGE' ? level : null;
}
