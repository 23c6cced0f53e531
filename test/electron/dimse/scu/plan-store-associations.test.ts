import { describe, expect, it } from 'vitest';
import { planStoreAssociations, type StoreFile } from '../../../../electron/dimse/index.ts';

function file(sopClassUid: string, transferSyntaxUid: string, number = 1): StoreFile {
  const sopInstanceUid = `1.2.${number}`;
  return {
    path: `/f/${number}`,
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    datasetOffset: 0,
    bytes: 10,
  };
}

describe('planStoreAssociations', () => {
  it('proposes one context for each pair of SOP class and transfer syntax', () => {
    const files = [
      file('1.1', '2.1', 1),
      file('1.1', '2.2', 2),
      file('1.2', '2.1', 3),
      file('1.1', '2.1', 4),
    ];

    const plan = planStoreAssociations(files);

    expect(plan).toEqual([
      {
        contexts: [
          { abstractSyntaxUid: '1.1', transferSyntaxUids: ['2.1'] },
          { abstractSyntaxUid: '1.1', transferSyntaxUids: ['2.2'] },
          { abstractSyntaxUid: '1.2', transferSyntaxUids: ['2.1'] },
        ],
        files,
      },
    ]);
    expect(plan[0]!.files[3]).toBe(files[3]);
  });

  it('takes a further association for every 128 contexts, and keeps each file with its context', () => {
    const pairs = Array.from({ length: 300 }, (_, index) => file(`1.${index}`, '2.1', index));
    const files = [...pairs, ...pairs.toReversed()];

    const plan = planStoreAssociations(files);

    expect(plan.map(({ contexts }) => contexts.length)).toEqual([128, 128, 44]);
    expect(plan.flatMap((association) => association.files)).toHaveLength(600);
    for (const { contexts, files: some } of plan) {
      const proposed = new Set(contexts.map(({ abstractSyntaxUid }) => abstractSyntaxUid));
      expect(some.every(({ sopClassUid }) => proposed.has(sopClassUid))).toBe(true);
    }
  });

  it('needs no association for no files', () => {
    expect(planStoreAssociations([])).toEqual([]);
  });
});
