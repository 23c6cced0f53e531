import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

const needed = [
  '/package.json',
  '/out/main/main.js',
  '/out/main/index-worker.js',
  '/out/main/demo-archive.js',
  '/out/preload/preload.cjs',
  '/out/renderer/index.html',
];
const allowed = /^\/(?:package\.json|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?)$/;

const fuses = /** @type {const} */ ({
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
});

/**
 * Looks at what was packaged.
 *
 * @param {string} folder the unpacked application
 * @param {string} executable its program
 * @returns {Promise<{ what: string, isRight: boolean }[]>}
 */
export async function checkPackage(folder, executable) {
  const resources = join(folder, 'resources');
  const contents = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const foreign = contents.filter((path) => !allowed.test(path) || path.endsWith('.map'));
  const codecs = contents.filter((path) => path.endsWith('.wasm'));
  const inside = ['README.md', 'servers.ini.example'];
  const wire = await getCurrentFuseWire(executable);
  return [
    ...needed.map((path) => ({ what: `app.asar holds ${path}`, isRight: contents.includes(path) })),
    { what: `app.asar holds ${codecs.length} codecs (WebAssembly)`, isRight: codecs.length > 0 },
    {
      what: `app.asar holds nothing else${foreign.length > 0 ? `: ${foreign.slice(0, 5).join(', ')}` : ''}`,
      isRight: foreign.length === 0,
    },
    { what: 'no folder lies beside app.asar in its place', isRight: !existsSync(join(resources, 'app')) },
    ...inside.map((name) => ({
      what: `resources/admin-ini holds ${name}`,
      isRight: namesIn(join(resources, 'admin-ini')).includes(name),
    })),
    ...Object.entries(fuses).map(([name, isOn]) => ({
      what: `the fuse ${name} is ${isOn ? 'on' : 'off'}`,
      isRight: wire[FuseV1Options[/** @type {keyof typeof fuses} */ (name)]] === stateOf(isOn),
    })),
  ];
}

/** @param {boolean} isOn */
function stateOf(isOn) {
  return isOn ? FuseState.ENABLE : FuseState.DISABLE;
}

/** @param {string} folder */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}
