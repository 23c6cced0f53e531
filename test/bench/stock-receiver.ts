import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import dcmjsDimse from 'dcmjs-dimse';

/** A stock dcmjs-dimse server that streams to files: `stock-receiver.ts FOLDER PORT`. */
const [folder, port] = process.argv.slice(2);
const { Dataset, Scp, Server, constants, responses, log } = dcmjsDimse;

let files = 0;

class FileScp extends Scp {
  association: { getPresentationContexts(): { id: number }[] } | undefined;

  override associationRequested(association: InstanceType<typeof dcmjsDimse.association.Association>): void {
    this.association = association;
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      context.setResult(constants.PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
    }
    this.sendAssociationAccept();
  }

  override createStoreWritableStream(): WriteStream {
    files += 1;
    return createWriteStream(join(folder!, `${files}.dcm`));
  }

  override createDatasetFromStoreWritableStream(
    writable: WriteStream,
    _context: unknown,
    callback: (dataset: InstanceType<typeof Dataset>) => void,
  ): void {
    writable.once('finish', () => callback(new Dataset()));
  }

  override cStoreRequest(
    request: InstanceType<typeof dcmjsDimse.requests.CStoreRequest>,
    callback: (response: InstanceType<typeof responses.CStoreResponse>) => void,
  ): void {
    const response = responses.CStoreResponse.fromRequest(request);
    response.setStatus(constants.Status.Success);
    callback(response);
  }

  override associationReleaseRequested(): void {
    this.sendAssociationReleaseResponse();
  }
}

log.setLevel('error');
new Server(FileScp).listen(Number(port));
