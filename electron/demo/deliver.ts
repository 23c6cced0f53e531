import dimse from 'dcmjs-dimse';
import type { responses } from 'dcmjs-dimse';
import type { DemoInstance } from './demo-instance.ts';
import { demoAeTitle, demoHost } from './demo-message.ts';

const { Status, TransferSyntax } = dimse.constants;

export interface Counts {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

export interface DeliverOptions {
  readonly instances: readonly DemoInstance[];
  readonly port: number;
  readonly destination: string;
  readonly messageId: number;
  /** Pending after each instance; the last call has the final status of the C-MOVE (PS3.4 §C.4.2.1.5). */
  readonly onProgress: (counts: Counts, status: number) => void;
}

export interface Delivery {
  cancel(): void;
}

/** Sends the instances of a C-MOVE to whoever asked, one C-STORE after the other on one association. */
export function deliver(options: DeliverOptions): Delivery {
  const { instances, port, destination, onProgress } = options;
  const tally = { completed: 0, failed: 0, warning: 0 };
  let cancelled = false;
  let ended = false;
  const counts = (): Counts => ({
    remaining: instances.length - tally.completed - tally.failed - tally.warning,
    ...tally,
  });
  const end = (): void => {
    if (ended) return;
    ended = true;
    if (!cancelled) tally.failed += counts().remaining;
    onProgress(counts(), finalStatus(tally.failed + tally.warning, cancelled));
  };
  if (instances.length === 0) {
    queueMicrotask(end);
    return { cancel: end };
  }

  const client = new dimse.Client();
  for (const instance of instances) {
    const request = storeRequest(instance, options);
    request.on('response', (response: responses.Response) => {
      if (ended) return;
      tally[outcomeOf(response.getStatus())] += 1;
      if (counts().remaining > 0) onProgress(counts(), Status.Pending);
    });
    client.addRequest(request);
  }
  client.on('associationReleased', end);
  client.on('associationRejected', end);
  client.on('networkError', end);
  client.on('closed', end);
  client.send(demoHost, port, demoAeTitle, destination);
  return {
    cancel: () => {
      if (ended) return;
      cancelled = true;
      client.abort();
      end();
    },
  };
}

function storeRequest(
  instance: DemoInstance,
  { destination, messageId }: DeliverOptions,
): InstanceType<typeof dimse.requests.CStoreRequest> {
  const dataset = new dimse.Dataset(instance.dataset(), TransferSyntax.ExplicitVRLittleEndian);
  const request = new dimse.requests.CStoreRequest(dataset);
  const command = request.getCommandDataset();
  command.setElement('MoveOriginatorApplicationEntityTitle', destination);
  // The declared type is text only; the library writes US from a number.
  command.setElement('MoveOriginatorMessageID', messageId as unknown as string);
  return request;
}

function outcomeOf(status: number): 'completed' | 'warning' | 'failed' {
  if (status === Status.Success) return 'completed';
  return status >= 0xb000 && status <= 0xbfff ? 'warning' : 'failed';
}

function finalStatus(notCompleted: number, cancelled: boolean): number {
  if (cancelled) return Status.Cancel;
  // Warning: one or more sub-operations failed (PS3.4 Table C.4-2).
  return notCompleted > 0 ? 0xb000 : Status.Success;
}
