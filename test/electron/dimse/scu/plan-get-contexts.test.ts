import { describe, expect, it } from 'vitest';
import { planGetContexts, SopClass, TransferSyntax } from '../../../../electron/dimse/index.ts';

const uncompressed = [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian];
const { CtImageStorage, MrImageStorage, EnhancedSrStorage } = SopClass;

function syntaxesOf(plan: ReturnType<typeof planGetContexts>, sopClassUid: string) {
  return plan
    .filter(({ abstractSyntaxUid }) => abstractSyntaxUid === sopClassUid)
    .map(({ transferSyntaxUids }) => transferSyntaxUids);
}

const manyClasses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `1.2.840.10008.5.1.4.1.1.999.${index}`);

describe('the contexts of a C-GET', () => {
  it('are the GET itself, and each class once in every syntax, which we are the SCP of', () => {
    const plan = planGetContexts({
      sopClassUids: [CtImageStorage, CtImageStorage, EnhancedSrStorage],
      preferred: 'as-stored',
    });

    expect(plan[0]).toEqual({ abstractSyntaxUid: SopClass.StudyRootGet, transferSyntaxUids: uncompressed });
    expect(plan.slice(1).every(({ roles }) => roles?.scp === true && !roles.scu)).toBe(true);
    const ct = syntaxesOf(plan, CtImageStorage);
    expect(ct[0]).toEqual(uncompressed);
    expect(ct.slice(1).every((group) => group.length === 1)).toBe(true);
    expect(new Set(ct.flat()).size).toBe(ct.flat().length);
    expect(ct.flat()).toEqual(
      expect.arrayContaining([TransferSyntax.JpegBaseline, TransferSyntax.HtJ2kLossless]),
    );
    expect(ct.flat()).not.toContain(TransferSyntax.JpipReferenced);
  });

  it('offer what is preferred first, and uncompressed next', () => {
    const plan = planGetContexts({ sopClassUids: [CtImageStorage], preferred: 'htj2k-lossless' });

    expect(syntaxesOf(plan, CtImageStorage).slice(0, 3)).toEqual([
      [TransferSyntax.HtJ2kLossless],
      [TransferSyntax.HtJ2kLosslessRpcl],
      uncompressed,
    ]);
  });

  it('offer no compression to what has no pixels', () => {
    const plan = planGetContexts({
      sopClassUids: [
        EnhancedSrStorage,
        SopClass.RtPlanStorage,
        SopClass.GrayscaleSoftcopyPresentationStateStorage,
      ],
      preferred: 'jpeg-ls-lossless',
    });

    expect(plan.flatMap(({ transferSyntaxUids }) => transferSyntaxUids)).not.toContain(
      TransferSyntax.JpegLsLossless,
    );
    expect(syntaxesOf(plan, EnhancedSrStorage)[0]).toEqual(uncompressed);
  });

  it.each([1, 2, 7, 30, 63, 64, 127])('are never more than 128, nor is a class left out: %i', (count) => {
    const sopClassUids = manyClasses(count);

    const plan = planGetContexts({ sopClassUids, preferred: 'jpeg-lossless' });

    expect(plan.length).toBeLessThanOrEqual(128);
    for (const sopClassUid of sopClassUids) {
      expect(syntaxesOf(plan, sopClassUid)).toContainEqual(uncompressed);
    }
  });

  it('of more classes than one association has room for are refused', () => {
    expect(() => planGetContexts({ sopClassUids: manyClasses(128), preferred: 'as-stored' })).toThrow(
      RangeError,
    );
  });

  it('can be those of the Patient Root', () => {
    const plan = planGetContexts({
      sopClassUids: [MrImageStorage],
      preferred: 'as-stored',
      model: 'patient-root',
    });

    expect(plan[0]?.abstractSyntaxUid).toBe(SopClass.PatientRootGet);
  });
});
