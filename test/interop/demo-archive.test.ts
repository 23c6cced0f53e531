import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeLoopbackPort, startDemo, type DemoArchive } from '../../electron/demo/index.ts';
import { demoUrl, forkDemo } from '../support/fork-demo.ts';
import { mustRun, runDcmtk, startStorescp, whichPeers, type Outcome } from '../support/peers/index.ts';

/** The demonstration archive as others see it: DCMTK's tools ask it what they would ask any archive. */
describe.skipIf(!whichPeers().dcmtk)('the demonstration archive', () => {
  let demo: DemoArchive;
  let movePort: number;
  const at = (): string[] => ['-aec', demo.aeTitle, demo.host, String(demo.port)];
  const find = (...keys: readonly string[]): Promise<Outcome> =>
    mustRun('findscu', ['-v', '-S', ...at(), ...keys.flatMap((key) => ['-k', key])]);
  const move = (study: string, destination: string): Promise<Outcome> =>
    runDcmtk('movescu', [
      '-v',
      '-S',
      '-aet',
      'SCREEN',
      '-aem',
      destination,
      ...at(),
      '-k',
      '0008,0052=STUDY',
      '-k',
      `0020,000d=${study}`,
    ]);

  beforeAll(async () => {
    movePort = await freeLoopbackPort();
    demo = await startDemo(forkDemo, { url: demoUrl, movePort });
  });
  afterAll(() => demo.stop());

  it('answers an echo to its own name, and rejects another', async () => {
    await mustRun('echoscu', at());
    const { stdout, stderr } = await runDcmtk('echoscu', ['-aec', 'OTHER', demo.host, String(demo.port)]);

    expect(stdout + stderr).toContain('Called AE Title Not Recognized');
  });

  it('finds studies by wildcards, series of a study, and images of a series', async () => {
    const studies = await find(
      '0008,0052=STUDY',
      'PatientName=m?ller*',
      'StudyInstanceUID=',
      'StudyDate=19000101-',
    );
    const [study] = uidsIn(studies, '0020,000d');
    const series = await find('0008,0052=SERIES', `0020,000d=${study}`, '0020,000e=', 'Modality=CT');
    const [seriesUid] = uidsIn(series, '0020,000e');
    const images = await find(
      '0008,0052=IMAGE',
      `0020,000d=${study}`,
      `0020,000e=${seriesUid}`,
      '0008,0018=',
    );

    expect(uidsIn(studies, '0020,000d')).toHaveLength(2);
    expect(uidsIn(series, '0020,000e')).toHaveLength(1);
    expect(uidsIn(images, '0008,0018')).toHaveLength(60);
  });

  it('delivers a study to whoever asks, and to nobody else', async () => {
    const [study = ''] = uidsIn(
      await find('0008,0052=STUDY', 'ModalitiesInStudy=MR', 'StudyInstanceUID='),
      '0020,000d',
    );
    await using screen = await startStorescp({ aeTitle: 'SCREEN', port: movePort });

    const delivered = await move(study, 'SCREEN');
    const refused = await move(study, 'ELSEWHERE');

    expect(delivered.code).toBe(0);
    expect(delivered.stdout + delivered.stderr).toContain('Received Final Move Response (Success)');
    const files = await screen.files();
    expect(files).toHaveLength(24);
    expect((await stat(files[0]!)).size).toBeGreaterThan(256 * 256 * 2);
    expect(refused.stdout + refused.stderr).toContain('MoveDestinationUnknown');
  });

  it('says that every instance failed when nobody listens where it delivers', async () => {
    const [study = ''] = uidsIn(
      await find('0008,0052=STUDY', 'ModalitiesInStudy=CR', 'StudyInstanceUID='),
      '0020,000d',
    );

    const { stdout, stderr } = await move(study, 'SCREEN');

    expect(stdout + stderr).toMatch(/Received Final Move Response \(.*(b000|Warning|Failures)/i);
  });

  it('keeps what it is sent, and finds it again', async () => {
    await using screen = await startStorescp({ aeTitle: 'SCREEN', port: movePort });
    const [study = ''] = uidsIn(
      await find('0008,0052=STUDY', 'ModalitiesInStudy=CR', 'StudyInstanceUID='),
      '0020,000d',
    );
    await move(study, 'SCREEN');
    const [file = ''] = await screen.files();
    await mustRun('dcmodify', ['-nb', '-gst', '-gse', '-gin', '-m', '0008,0050=SENT', file]);

    await mustRun('storescu', [...at(), file]);

    expect(
      uidsIn(await find('0008,0052=STUDY', '0008,0050=SENT', 'StudyInstanceUID='), '0020,000d'),
    ).toHaveLength(1);
  });
});

/** The values of a tag in the answers, without the question, which repeats it empty or as it was asked. */
function uidsIn({ stdout, stderr }: Outcome, tag: string): string[] {
  const answers = (stdout + stderr).split('Find Response').slice(1).join('');
  return [...answers.matchAll(new RegExp(`\\(${tag}\\) UI \\[([0-9.]+)`, 'g'))].map(([, uid]) => uid!);
}
