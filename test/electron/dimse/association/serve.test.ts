import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CommandField,
  echo,
  requestAssociation,
  SopClass,
  Status,
  store,
  TransferSyntax,
  type IncomingRequest,
  type Responder,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { startScriptedScp, type Conversation } from '../../../support/scripted-scp.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const contexts = [SopClass.Verification, SopClass.StorageCommitmentPushModel, SopClass.CtImageStorage].map(
  (abstractSyntaxUid) => ({
    abstractSyntaxUid,
    transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian],
  }),
);

const report = {
  0x2: SopClass.StorageCommitmentPushModel,
  0x100: CommandField.NEventReportRq,
  0x110: 77,
  0x800: 0x0101,
  0x1000: '1.2.840.10008.1.20.1.1',
  0x1002: 1,
};

const reportContext = ({ requested }: Conversation): number => requested.contexts[1]!.id;

function responder(onRequest: (request: IncomingRequest) => void): Responder {
  return {
    serves: (uid) => uid === SopClass.StorageCommitmentPushModel,
    onRequest(request) {
      onRequest(request);
      return null;
    },
  };
}

describe('serving on an association of ours', () => {
  it('answers what the peer asks, between requests of our own', async () => {
    const answers: unknown[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        // A response of ours to the report is no request to answer.
        if (Number(message.command[0x100]) > 0x8000) return void answers.push(message.command);
        await conversation.connection.send(reportContext(conversation), { command: report }, 16_384);
        await conversation.respond(message, {});
      },
    });
    await using association = await associateWith(scp, contexts);
    const seen: IncomingRequest[] = [];
    using _ = association.serve(
      responder((request) => {
        seen.push(request);
        request.respond({ status: Status.Success });
      }),
    );

    expect(await echo(association)).toBe(0);
    expect(await echo(association)).toBe(0);
    await expect.poll(() => answers.length).toBe(2);
    expect(answers[0]).toMatchObject({
      0x100: CommandField.NEventReportRsp,
      0x120: 77,
      0x900: 0,
      0x1000: '1.2.840.10008.1.20.1.1',
    });
    expect(seen[0]).toMatchObject({
      command: { eventTypeId: 1, messageId: 77 },
      association: { callingAeTitle: 'ANY-SCP', calledAeTitle: 'GANTRY' },
    });
  });

  it('aborts the association of a peer whose request nobody serves, and serves no longer than told', async () => {
    await using scp = await startScriptedScp({
      async onMessage(_, conversation) {
        await conversation.connection.send(reportContext(conversation), { command: report }, 16_384);
      },
    });
    await using association = await associateWith(scp, contexts);
    association.serve(responder(() => {}))[Symbol.dispose]();

    await expect(echo(association)).rejects.toMatchObject({
      failure: { step: 'respond', cause: 'malformed' },
    });
    expect(await association.closed).toEqual({ step: 'respond', cause: 'malformed' });
  });

  it('never puts an answer into the middle of a message of ours', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'large');
    const bytes = 30_000_000;
    await using handle = await open(path, 'w');
    await handle.truncate(bytes);
    const order: number[] = [];
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        const field = Number(message.command[0x100]);
        order.push(field);
        if (field === CommandField.CEchoRq) {
          // It asks now, so that our answer is due while the object is going out.
          await conversation.respond(message, {});
          await conversation.connection.send(reportContext(conversation), { command: report }, 16_384);
        }
        if (field === CommandField.CStoreRq) {
          expect(message.dataset?.length).toBe(bytes);
          await conversation.respond(message, {});
        }
      },
    });
    const requests: IncomingRequest[] = [];
    let answered = false;
    const plan = {
      ...{ host: scp.host, port: scp.port, callingAeTitle: 'GANTRY', calledAeTitle: 'ANY-SCP' },
      ...{ tls: null, contexts },
    };
    await using association = await requestAssociation(plan, {
      observe(event) {
        const isBlock = event.kind === 'pdu-sent' && event.bytes > 100_000;
        if (!isBlock || answered) return;
        answered = true;
        requests[0]!.respond({ status: Status.Success });
      },
    });
    using _ = association.serve(responder((request) => void requests.push(request)));
    await echo(association);
    await expect.poll(() => requests.length).toBe(1);

    const stored = await store(association, {
      path,
      sopClassUid: SopClass.CtImageStorage,
      sopInstanceUid: '1.2.3',
      transferSyntaxUid: TransferSyntax.ExplicitVrLittleEndian,
      datasetOffset: 0,
      bytes,
    });

    expect(stored).toMatchObject({ status: 0 });
    expect(answered).toBe(true);
    await expect
      .poll(() => order)
      .toEqual([CommandField.CEchoRq, CommandField.CStoreRq, CommandField.NEventReportRsp]);
  });

  it('answers nobody after the association is over', async () => {
    await using scp = await startScriptedScp({
      async onMessage(message, conversation) {
        await conversation.respond(message, {});
        await conversation.connection.send(reportContext(conversation), { command: report }, 16_384);
      },
    });
    const association = await associateWith(scp, contexts);
    const requests: IncomingRequest[] = [];
    association.serve(responder((request) => void requests.push(request)));
    await echo(association);
    await expect.poll(() => requests.length).toBe(1);
    await association.release();

    expect(() => requests[0]!.respond({ status: Status.Success })).not.toThrow();
    expect(await association.closed).toBeNull();
  });
});
