import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrthanc, whichPeers, type Orthanc } from '../support/peers/index.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';
import { startTlsFront, type TlsFront } from '../support/tls-front.ts';
import { makeTlsIdentities, type TlsIdentities } from '../support/tls-identities.ts';

const peers = whichPeers();

describe.skipIf(!peers.orthanc || !peers.orthancDicomWeb || !peers.dcmtk)(
  'cli check --echo at Orthanc by DICOMweb behind TLS',
  () => {
    let folder: TemporaryFolder;
    let orthanc: Orthanc;
    let made: TlsIdentities;
    let front: TlsFront;

    beforeAll(async () => {
      folder = await temporaryFolder();
      made = await makeTlsIdentities();
      orthanc = await startOrthanc({
        aeTitle: 'ORTHANC',
        modalities: [],
        dicomWeb: true,
        users: { viewer: 'geheim' },
        files: [],
      });
      front = await startTlsFront(orthanc.httpPort, { cert: made.good.cert, key: made.good.key });
      await writeFile(join(folder.path, 'ca.pem'), made.trusted.cert);
      await writeFile(join(folder.path, 'other.pem'), made.other.cert);
    }, 60_000);

    afterAll(async () => {
      await front?.[Symbol.asyncDispose]();
      await orthanc?.[Symbol.asyncDispose]();
      await made?.[Symbol.asyncDispose]();
      await folder?.[Symbol.asyncDispose]();
    });

    /** The lines of the command about a file with this server. */
    async function check(
      lines: readonly string[],
      more: readonly string[] = [],
      env: NodeJS.ProcessEnv = {},
    ) {
      const file = join(folder.path, 'x.ini');
      const web = [
        'name=Web PACS',
        `url=https://127.0.0.1:${front.port}/dicom-web`,
        'authentication=basic',
        'username=viewer',
      ];
      await writeFile(file, ['[file]', 'version=1', '[server:web]', ...web, ...lines].join('\n'));
      const { code, lines: told } = await runCli(['check', file, '--echo', '--json', ...more], env);
      const said = told.filter(({ severity }) => severity !== undefined);
      return {
        code,
        said: said.map(
          ({ line, severity, reason }) => `${String(line)} ${String(severity)}: ${String(reason)}`,
        ),
      };
    }

    const secret = ['--secret-env', 'web=PACS_PASSWORD'];

    it('is answered where certificate and password are right', async () => {
      const { code, said } = await check(['ca=ca.pem'], secret, { PACS_PASSWORD: 'geheim' });

      expect(said).toEqual(['3 info: It answered a search (QIDO-RS).']);
      expect(code).toBe(0);
    });

    it('says that it wants to know who asks, where no password was given', async () => {
      const { code, said } = await check(['ca=ca.pem']);

      expect(said).toEqual([expect.stringContaining('3 warning: It is there and asks who we are.')]);
      expect(code).toBe(0);
    });

    it('fails by name with a wrong password, and with an authority that did not sign', async () => {
      const wrong = await check(['ca=ca.pem'], secret, { PACS_PASSWORD: 'falsch' });
      const untrusted = await check(['ca=other.pem'], secret, { PACS_PASSWORD: 'geheim' });

      expect(wrong.said).toEqual([expect.stringContaining('3 error: Web PACS wants to know who is asking.')]);
      expect(untrusted.said).toEqual([
        expect.stringContaining('comes from an authority this computer does not'),
      ]);
      expect([wrong.code, untrusted.code]).toEqual([1, 1]);
    });

    it('tries both ways of a server that has both', async () => {
      const dicom = ['ae=ORTHANC', 'host=127.0.0.1', `port=${orthanc.port}`, 'ca=ca.pem'];

      const { code, said } = await check(dicom, secret, { PACS_PASSWORD: 'geheim' });

      expect(said).toEqual(['3 info: It answered C-ECHO.', '3 info: It answered a search (QIDO-RS).']);
      expect(code).toBe(0);
    });
  },
);
