import type { DatasetConsumer, IncomingRequest } from '../association/service.ts';
import { Status } from '../commands/status.ts';

/** A data set of a request that is no object: far above what any report needs. */
const maximumBytes = 16 * 1024 * 1024;

/** Keeps a request's data set whole; one that is too large is answered as a resource limitation. */
export function collectDataset(request: IncomingRequest, whole: (dataset: Buffer) => void): DatasetConsumer {
  let chunks: Buffer[] = [];
  let bytes = 0;
  return {
    write(chunk) {
      bytes += chunk.length;
      if (bytes > maximumBytes) chunks = [];
      else chunks.push(chunk);
    },
    end() {
      if (bytes > maximumBytes) request.respond({ status: Status.ResourceLimitation });
      else whole(Buffer.concat(chunks));
    },
    abort() {
      chunks = [];
    },
  };
}
