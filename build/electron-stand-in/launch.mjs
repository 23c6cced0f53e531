const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `The Electron stand-in needs Node 24 or newer, and this is Node ${process.versions.node}. ` +
      'Run `npm ci` (on Linux it brings Node 24), or install Node 24.',
  );
  process.exit(1);
}
await import('./run.ts');
