import { chromium } from '@playwright/test';
import { mkdirSync, readdirSync, rmSync, cpSync, mkdtempSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { buildHarness, serveHarness } from './serve.ts';
import { fillArchive } from './fill-archive.ts';
if (!process.argv.includes('--nobuild')) await buildHarness();
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--use-angle=swiftshader','--enable-unsafe-swiftshader'] });
let from = '/work/shared/data'; const ref = mkdtempSync('/tmp/ref-');
const sum: Record<string, number> = {}; const bad: string[] = [];
const tool: Record<string, string[]> = { '.4.50': ['dcmdjpeg', '+cn'], '.4.51': ['dcmdjpeg', '+cn'], '.4.57': ['dcmdjpeg', '+cn'], '.4.70': ['dcmdjpeg', '+cn'], '.4.80': ['dcmdjpls'], '.4.81': ['dcmdjpls'], '.5': ['dcmdrle'] };
function ppm(file: string): Uint8Array | null {
  const b = readFileSync(file); const m = /^P6\s+(?:#.*\s)*(\d+)\s+(\d+)\s+(\d+)\s/.exec(b.subarray(0, 200).toString('latin1')); return m && m[3] === '255' ? b.subarray(m[0].length) : null;
}
try {
for (let wave = 0; wave < 12; wave++) {
  rmSync('/tmp/varchive', { recursive: true, force: true });
  const { archive, stored, refused } = await fillArchive('/tmp/varchive', from);
  if (stored.size === 0) { await archive.close(); break; }
  const h = await serveHarness(archive);
  const p = await b.newPage(); await p.goto(h.url);
  for (const s of await archive.studies()) for (const se of await archive.series(s.studyInstanceUid)) for (const i of se.instances) {
    if (!i.image || i.image.rows * i.image.columns > 1500 * 1500) continue;
    const ts = i.transferSyntaxUid.replace('1.2.840.10008.1.2', ''); const file = stored.get(i.sopInstanceUid)!; const name = file.replace('/work/shared/data/', '');
    if (/series\/|highdicom/.test(name)) continue;
    let got: any; try { got = await p.evaluate(([id, image]) => (window as any).decodeFrame(id, image), [`frame:${i.sopInstanceUid}/1`, i.image] as const); } catch (e) { bad.push(`${name} ${ts} FAILED ${String(e).slice(0, 200)}`); continue; }
    let want: number[] | null = null; let how = '';
    if (got.kind === 'rgb') {
      const out = join(ref, 'x.ppm'); rmSync(out, { force: true });
      const r = spawnSync('dcmj2pnm', ['--write-raw-pnm', '+F', '1', file, out]); 
      if (existsSync(out)) { const v = ppm(out); if (v) want = [...v]; how = 'dcmj2pnm'; } 
      if (!want && /4\.80|4\.81|\.5$/.test(ts)) { const t = tool[ts]!; const d = join(ref, 'd.dcm'); spawnSync(t[0]!, [...t.slice(1), file, d]); spawnSync('dcmj2pnm', ['--write-raw-pnm', '+F', '1', d, out]); if (existsSync(out)) { const v = ppm(out); if (v) want = [...v]; how = t[0]! + '+dcmj2pnm'; } }
    } else {
      let f = file; const t = tool[ts];
      if (t) { f = join(ref, 'd.dcm'); rmSync(f, { force: true }); spawnSync(t[0]!, [...t.slice(1), file, f]); how = t[0]!; } else if (/^(\.1|\.2|\.1\.99|)$/.test(ts)) { f = join(ref, 'd.dcm'); rmSync(f, { force: true }); spawnSync('dcmconv', ['+te', '+F', file, f]); how = 'dcmconv'; } else f = '';
      if (f && existsSync(f)) {
        const x = spawnSync('dcmdump', ['+W', ref, '+P', '7fe0,0010', f]); 
        const raw = readdirSync(ref).find(n => /\.raw$/.test(n));
        if (raw) { const buf = readFileSync(join(ref, raw)); for (const n of readdirSync(ref)) if (/\.raw$/.test(n)) rmSync(join(ref, n)); const ab = buf.buffer.slice(buf.byteOffset, buf.byteOffset + buf.length - buf.length % 4); const im = i.image; const n = im.rows * im.columns;
          const C: any = im.bitsAllocated === 8 ? (im.pixelRepresentation ? Int8Array : Uint8Array) : im.bitsAllocated === 16 ? (im.pixelRepresentation ? Int16Array : Uint16Array) : (im.pixelRepresentation ? Int32Array : Uint32Array);
          want = [...new C(ab).subarray(0, n)]; if (im.bitsStored < im.bitsAllocated && im.bitsStored > 1) { const up = 32 - im.bitsStored - (im.highBit + 1 - im.bitsStored), dn = 32 - im.bitsStored; want = want.map(v => im.pixelRepresentation ? (v << up) >> dn : (v << up) >>> dn); } if (im.bitsStored === 1) want = null; }
      }
    }
    const key0 = `${ts} ${i.image.photometricInterpretation}`;
    if (!want) { sum[key0 + ' no reference'] = (sum[key0 + ' no reference'] ?? 0) + 1; continue; }
    let max = 0, diff = 0, total = 0; if (want.length < got.values.length) { bad.push(`${name} ${ts} reference ${want.length} got ${got.values.length}`); continue; }
    for (let k = 0; k < got.values.length; k++) { const d = Math.abs(got.values[k] - want[k]!); if (d) { diff++; total += d; if (d > max) max = d; } }
    const lossy = /4\.(50|51|91|203)/.test(ts) || /YBR/.test(i.image.photometricInterpretation);
    const kind = max === 0 ? 'exact' : max <= 3 ? 'within 3' : 'differs';
    sum[`${key0} ${kind}`] = (sum[`${key0} ${kind}`] ?? 0) + 1;
    if (kind === 'differs') bad.push(`${name} ${ts} ${i.image.photometricInterpretation} ${how} max ${max} mean ${(total / got.values.length).toFixed(2)} of ${diff}/${got.values.length}`);
  }
  await p.close(); await h[Symbol.asyncDispose](); await archive.close();
  const next = mkdtempSync('/tmp/wave-'); let n = 0;
  for (const [f, r] of refused) if (r.includes('conflict')) cpSync(f, join(next, `${n++}_${basename(f)}`));
  from = next;
}
} finally { await b.close(); }
for (const k of Object.keys(sum).sort()) console.log(sum[k], k);
console.log(bad.join('\n'));
