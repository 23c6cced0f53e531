import { buildDataset } from '../support/build-dataset.ts';
import { encodeCommand, encodeData, PduType } from '../support/raw-pdu.ts';
import { startScriptedScp, type ScriptedScp } from '../support/scripted-scp.ts';

export interface FindResponder extends ScriptedScp {
  /** For each query: milliseconds from the request to the A-RELEASE-RQ after the last answer. */
  readonly took: readonly number[];
}

/** Answers every C-FIND with the same ready-made study answers, as fast as they are read. */
export async function startFindResponder(answers: number): Promise<FindResponder> {
  const ready = new Map<string, readonly Buffer[]>();
  const took: number[] = [];
  let began = 0;
  const scp = await startScriptedScp({
    async onMessage(message, { connection, requested, respond }) {
      const length = Math.min(requested.maximumLength === 0 ? 131_072 : requested.maximumLength, 131_072);
      const { contextId } = message;
      const blocks = ready.get(`${contextId}/${length}`) ?? encodeAnswers(answers, { contextId, length });
      ready.set(`${contextId}/${length}`, blocks);
      began = performance.now();
      for (const block of blocks) await connection.write(block);
      await respond(message, { 0x900: 0 });
    },
    onEnding: (pduType) => {
      if (pduType === PduType.ReleaseRq) took.push(performance.now() - began);
    },
  });
  return { ...scp, took };
}

function encodeAnswers(
  answers: number,
  { contextId, length }: { contextId: number; length: number },
): readonly Buffer[] {
  const command = encodeCommand({
    0x2: '1.2.840.10008.5.1.4.1.2.2.1',
    0x100: 0x8020,
    0x120: 1,
    0x800: 1,
    0x900: 0xff00,
  });
  const blocks: Buffer[] = [];
  for (let number = 0; number < answers; number += 100) {
    const some = Array.from({ length: Math.min(100, answers - number) }, (_, index) => [
      ...encodeData(contextId, 'command', command, length),
      ...encodeData(contextId, 'dataset', answer(number + index), length),
    ]);
    blocks.push(Buffer.concat(some.flat()));
  }
  return blocks;
}

/** Some 420 bytes, as an archive's answers are. */
function answer(number: number): Buffer {
  return buildDataset(
    [
      ['00080020', 'DA', `2026${String((number % 12) + 1).padStart(2, '0')}15`],
      ['00080030', 'TM', '101500.000000'],
      ['00080050', 'SH', `ACC${number}`],
      ['00080052', 'CS', 'STUDY'],
      ['00080054', 'AE', 'BENCH'],
      ['00080061', 'CS', 'CT\\SR'],
      ['00080090', 'PN', 'Referrer^Médecin'],
      ['00081030', 'LO', 'Thorax und Abdomen mit Kontrastmittel'],
      ['00100010', 'PN', `Müller^Jürgen${number}`],
      ['00100020', 'LO', `PID${number}`],
      ['00100030', 'DA', '19700101'],
      ['00100040', 'CS', 'M'],
      ['0020000D', 'UI', `1.2.826.0.1.3680043.2.1143.${number}.20260115101500`],
      ['00200010', 'SH', `${number}`],
      ['00201206', 'IS', '3'],
      ['00201208', 'IS', '240'],
    ],
    'ISO_IR 100',
  );
}
