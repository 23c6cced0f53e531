/**
 * UIDs by the names people know them by. The standard's names of SOP classes are in `dimse/uids`, for the
 * conformance statement; a person who is refused a `CT image` wants to read that.
 */

/** Transfer syntaxes (PS3.6 Table A-1). */
const transferSyntaxes: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': 'Implicit VR Little Endian',
  '1.2.840.10008.1.2.1': 'Explicit VR Little Endian',
  '1.2.840.10008.1.2.1.98': 'Encapsulated Uncompressed Explicit VR Little Endian',
  '1.2.840.10008.1.2.1.99': 'Deflated Explicit VR Little Endian',
  '1.2.840.10008.1.2.2': 'Explicit VR Big Endian',
  '1.2.840.10008.1.2.4.50': 'JPEG Baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG Extended',
  '1.2.840.10008.1.2.4.53': 'JPEG Spectral Selection',
  '1.2.840.10008.1.2.4.55': 'JPEG Full Progression',
  '1.2.840.10008.1.2.4.57': 'JPEG Lossless (Process 14)',
  '1.2.840.10008.1.2.4.70': 'JPEG Lossless (Process 14, Selection Value 1)',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS Lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS Near-Lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 (Lossless Only)',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.92': 'JPEG 2000 Part 2 Multi-component (Lossless Only)',
  '1.2.840.10008.1.2.4.93': 'JPEG 2000 Part 2 Multi-component',
  '1.2.840.10008.1.2.4.94': 'JPIP Referenced',
  '1.2.840.10008.1.2.4.95': 'JPIP Referenced Deflate',
  '1.2.840.10008.1.2.4.100': 'MPEG2 Main Profile / Main Level',
  '1.2.840.10008.1.2.4.101': 'MPEG2 Main Profile / High Level',
  '1.2.840.10008.1.2.4.102': 'MPEG-4 AVC/H.264 High Profile / Level 4.1',
  '1.2.840.10008.1.2.4.103': 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
  '1.2.840.10008.1.2.4.104': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video',
  '1.2.840.10008.1.2.4.105': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video',
  '1.2.840.10008.1.2.4.106': 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
  '1.2.840.10008.1.2.4.107': 'HEVC/H.265 Main Profile / Level 5.1',
  '1.2.840.10008.1.2.4.108': 'HEVC/H.265 Main 10 Profile / Level 5.1',
  '1.2.840.10008.1.2.4.110': 'JPEG XL Lossless',
  '1.2.840.10008.1.2.4.111': 'JPEG XL JPEG Recompression',
  '1.2.840.10008.1.2.4.112': 'JPEG XL',
  '1.2.840.10008.1.2.4.201': 'High-Throughput JPEG 2000 (Lossless Only)',
  '1.2.840.10008.1.2.4.202': 'High-Throughput JPEG 2000 with RPCL Options (Lossless Only)',
  '1.2.840.10008.1.2.4.203': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.5': 'RLE Lossless',
};

/** `JPEG-LS Lossless`; `null`: none that we know. */
export function transferSyntaxName(uid: string): string | null {
  return ownEntry(transferSyntaxes, uid);
}

/** Kinds of objects by the part of their SOP class' UID after `1.2.840.10008.5.1.4.1.1.`. */
const objects: Readonly<Record<string, string>> = {
  '1': 'X-ray image',
  '1.1': 'X-ray image',
  '2': 'CT image',
  '3.1': 'Ultrasound multi-frame image',
  '4': 'MR image',
  '4.2': 'MR spectroscopy',
  '6.1': 'Ultrasound image',
  '7': 'Secondary capture image',
  '9': 'Waveform',
  '11': 'Presentation state',
  '12': 'X-ray image',
  '20': 'Nuclear medicine image',
  '30': 'Parametric map',
  '66': 'Raw data',
  '66.1': 'Spatial registration',
  '66.2': 'Spatial fiducials',
  '66.3': 'Deformable registration',
  '66.4': 'Segmentation',
  '66.5': 'Surface segmentation',
  '66.6': 'Tractography result',
  '67': 'Real-world value mapping',
  '68': 'Surface scan',
  '77': 'Visible light image',
  '78': 'Ophthalmic measurement',
  '79': 'Ophthalmic report',
  '88': 'Structured report',
  '88.59': 'Key object selection',
  '104.1': 'PDF document',
  '104.2': 'CDA document',
  '104.3': 'STL model',
  '104.4': 'OBJ model',
  '128': 'PET image',
  '200': 'CT protocol',
  '481.1': 'Radiotherapy image',
  '481.2': 'Radiotherapy dose',
  '481.3': 'Radiotherapy structure set',
  '481.4': 'Radiotherapy treatment record',
  '481.5': 'Radiotherapy plan',
  '481.8': 'Radiotherapy ion plan',
};

const storage = '1.2.840.10008.5.1.4.1.1.';

/**
 * `CT image`: the nearest name up the UID's tree, so that `…88.33` is a `Structured report` by its `…88`;
 * `null`: not an object that we know.
 */
export function objectName(sopClassUid: string): string | null {
  if (!sopClassUid.startsWith(storage)) return null;
  const arcs = sopClassUid.slice(storage.length).split('.');
  for (let length = arcs.length; length > 0; length--) {
    const name = ownEntry(objects, arcs.slice(0, length).join('.'));
    if (name !== null) return name;
  }
  return null;
}

/** The text with a name before every UID that has one: `JPEG-LS Lossless (1.2.840.10008.1.2.4.80)`. */
export function withUidNames(text: string): string {
  return text.replaceAll(/\b[0-9]+(?:\.[0-9]+){5,}\b/g, (uid) => {
    const name = transferSyntaxName(uid) ?? objectName(uid);
    return name === null ? uid : `${name} (${uid})`;
  });
}

function ownEntry(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
