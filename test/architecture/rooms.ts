/**
 * The rooms of the house, lowest first, and what each may import.
 *
 * ARCHITECTURE.md shows this same table, and a test holds it and the code to it.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'electron/contract': [],
  'electron/logging': ['electron/contract'],
  'electron/dataset': ['electron/contract'],
  'electron/dimse': ['electron/contract', 'electron/dataset', 'electron/logging'],
  'electron/settings': ['electron/contract', 'electron/logging'],
  'electron/security': ['electron/contract', 'electron/logging'],
  'electron/archive': ['electron/contract', 'electron/dataset', 'electron/logging'],
  'electron/transcode': ['electron/contract', 'electron/dataset', 'electron/logging'],
  'electron/dicomweb': ['electron/contract', 'electron/dataset', 'electron/dimse', 'electron/logging'],
  'electron/demo': ['electron/contract', 'electron/dataset', 'electron/logging'],
  'electron/servers': [
    'electron/contract',
    'electron/dataset',
    'electron/dimse',
    'electron/dicomweb',
    'electron/settings',
    'electron/security',
    'electron/logging',
  ],
  'electron/query': [
    'electron/contract',
    'electron/dataset',
    'electron/dimse',
    'electron/dicomweb',
    'electron/servers',
    'electron/logging',
  ],
  'electron/transfers': [
    'electron/contract',
    'electron/dataset',
    'electron/dimse',
    'electron/dicomweb',
    'electron/servers',
    'electron/query',
    'electron/archive',
    'electron/transcode',
    'electron/logging',
  ],
  'electron/ipc': [
    'electron/contract',
    'electron/servers',
    'electron/query',
    'electron/transfers',
    'electron/archive',
    'electron/transcode',
    'electron/settings',
    'electron/security',
    'electron/demo',
    'electron/logging',
  ],
  'electron/cli': [
    'electron/contract',
    'electron/dataset',
    'electron/dimse',
    'electron/dicomweb',
    'electron/servers',
    'electron/query',
    'electron/transfers',
    'electron/archive',
    'electron/transcode',
    'electron/settings',
    'electron/security',
    'electron/logging',
  ],
  'electron/shell': ['electron/contract', 'electron/logging'],
  'renderer/bridge': ['electron/contract'],
  'renderer/failures': ['electron/contract'],
  'renderer/format': ['electron/contract'],
  'renderer/components': ['renderer/format'],
  'renderer/features/servers': feature(),
  'renderer/features/query': feature(),
  'renderer/features/transfers': feature(),
  'renderer/features/send': feature(),
  'renderer/features/viewer': feature(),
  'renderer/features/settings': feature(),
};

function feature(): readonly string[] {
  return [
    'electron/contract',
    'renderer/bridge',
    'renderer/components',
    'renderer/failures',
    'renderer/format',
  ];
}

/** The composers, which may enter every room. */
export const entryPoints: readonly string[] = [
  'electron/main.ts',
  'electron/preload.ts',
  'electron/compose.ts',
  'electron/compose-receiver.ts',
  'electron/cli.ts',
  'renderer/main.tsx',
  'renderer/app.tsx',
];

/** Files that run in a process or thread of their own, started by URL: nobody imports them. */
export const ownThreads: readonly string[] = [
  'electron/archive/index-worker.ts',
  'electron/transcode/transcode-worker.ts',
  'electron/demo/demo-archive.ts',
];

/** The only places that may say `import … from 'electron'`. */
export const electronIsSpokenIn: readonly string[] = [
  'electron/shell/',
  'electron/main.ts',
  'electron/preload.ts',
];
