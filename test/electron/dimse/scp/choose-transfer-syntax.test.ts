import { describe, expect, it } from 'vitest';
import { chooseStorageSyntax } from '../../../../electron/dimse/scp/choose-transfer-syntax.ts';
import {
  preferredSyntaxes,
  TransferSyntax as Syntax,
} from '../../../../electron/dimse/uids/transfer-syntax.ts';

const asStored = preferredSyntaxes('as-stored');

describe('the transfer syntax of an accepted storage context', () => {
  it('is what the person prefers, wherever in the context it is offered', () => {
    const offered = [Syntax.ExplicitVrLittleEndian, Syntax.RleLossless, Syntax.JpegLsLossless];

    expect(chooseStorageSyntax(offered, preferredSyntaxes('jpeg-ls-lossless'))).toBe(Syntax.JpegLsLossless);
    expect(chooseStorageSyntax(offered, preferredSyntaxes('rle'))).toBe(Syntax.RleLossless);
    expect(chooseStorageSyntax(offered, preferredSyntaxes('uncompressed'))).toBe(
      Syntax.ExplicitVrLittleEndian,
    );
  });

  it('is the best of several that satisfy the preference', () => {
    const offered = [Syntax.HtJ2kLosslessRpcl, Syntax.HtJ2kLossless];

    expect(chooseStorageSyntax(offered, preferredSyntaxes('htj2k-lossless'))).toBe(Syntax.HtJ2kLossless);
  });

  it('is the first one offered where the preferred is not', () => {
    const offered = [Syntax.Jpeg2000Lossless, Syntax.ExplicitVrLittleEndian];

    expect(chooseStorageSyntax(offered, preferredSyntaxes('rle'))).toBe(Syntax.Jpeg2000Lossless);
    expect(chooseStorageSyntax(offered, asStored)).toBe(Syntax.Jpeg2000Lossless);
  });

  it('is Explicit VR rather than Implicit where both are offered', () => {
    const offered = [Syntax.ImplicitVrLittleEndian, Syntax.ExplicitVrLittleEndian];

    expect(chooseStorageSyntax(offered, asStored)).toBe(Syntax.ExplicitVrLittleEndian);
    expect(chooseStorageSyntax([Syntax.ImplicitVrLittleEndian], asStored)).toBe(
      Syntax.ImplicitVrLittleEndian,
    );
  });

  it('is nothing lossy beside something lossless, unless the person prefers that', () => {
    const offered = [Syntax.JpegBaseline, Syntax.ExplicitVrLittleEndian, Syntax.ImplicitVrLittleEndian];

    expect(chooseStorageSyntax(offered, asStored)).toBe(Syntax.ExplicitVrLittleEndian);
    expect(chooseStorageSyntax(offered, preferredSyntaxes('jpeg-lossy'))).toBe(Syntax.JpegBaseline);
  });

  it.each(Object.entries(Syntax).filter(([name]) => !name.startsWith('Jpip')))(
    'is %s where that alone is offered, whatever is preferred',
    (_, uid) => {
      expect(chooseStorageSyntax([uid], asStored)).toBe(uid);
      expect(chooseStorageSyntax([uid], preferredSyntaxes('uncompressed'))).toBe(uid);
    },
  );

  it('is none where only unknown syntaxes are offered, or such as leave the pixels elsewhere', () => {
    expect(chooseStorageSyntax(['1.2.3.4', Syntax.JpipReferenced], asStored)).toBeNull();
    expect(chooseStorageSyntax([], asStored)).toBeNull();
  });
});
