import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SettingsDraft } from '../../electron/contract/settings.ts';
import { mustRun, startOrthanc, whichPeers } from '../support/peers/index.ts';
import { writeSyntheticStudy } from '../support/synthetic-study.ts';
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts';

const { dcmtk, orthanc } = whichPeers();
const { signal } = new AbortController();

/** Of a manufacturer: not below the standard's root. */
const ownClass = '1.3.12.2.1107.5.9.1.99';

describe.skipIf(!dcmtk || !orthanc)('objects of a manufacturer’s own SOP class, from Orthanc', () => {
  it('are kept, as long as nobody says otherwise', async () => {
    await using house = await openWholeHouse();

    expect(await sendOwn(house)).toBe(200);

    expect(await studies(house)).toMatchObject([{ patientId: 'P1', instanceCount: 1 }]);
  });

  it('are not taken where a person does not want them', async () => {
    await using house = await openWholeHouse();
    const { aeTitle, listenPort, listenAddress } = await house.handlers.settings.get(undefined, signal);
    const draft = SettingsDraft.parse({
      aeTitle: aeTitle.value,
      listenPort: listenPort.value,
      listenAddress: listenAddress.value,
      listenTls: false,
      listenCertificate: null,
      unknownClasses: false,
    });
    await house.handlers.settings.save(draft, signal);

    expect(await sendOwn(house)).toBe(500);

    expect(await studies(house)).toEqual([]);
  });
});

/** @returns how Orthanc answers to being told to send one */
async function sendOwn({ folder, place }: WholeHouse): Promise<number> {
  const [file] = await writeSyntheticStudy(folder, {
    patientName: 'OWN^CLASS',
    patientId: 'P1',
    studyDate: '20250101',
    series: [{ modality: 'CT', instances: 1 }],
  });
  const path = file?.path ?? '';
  await mustRun('dcmodify', ['-nb', '-m', `SOPClassUID=${ownClass}`, path]);
  await using peer = await startOrthanc({ aeTitle: 'ORTHANC', modalities: [place] });
  const ask = (resource: string, body: BodyInit): Promise<Response> =>
    fetch(`http://${peer.host}:${peer.httpPort}/${resource}`, { method: 'POST', body });
  const kept = (await (await ask('instances', await readFile(path))).json()) as { readonly ID: string };
  return (await ask(`modalities/${place.aeTitle}/store`, kept.ID)).status;
}

function studies(house: WholeHouse): ReturnType<WholeHouse['handlers']['archive']['studies']> {
  return house.handlers.archive.studies(undefined, signal);
}
