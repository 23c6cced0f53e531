/** What an object is, for people: names of SOP classes by their part after `1.2.840.10008.5.1.4.1.1.`. */
const names: Readonly<Record<string, string>> = {
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

/** The nearest name up the UID's tree: `…88.33` is a `Structured report` by its `…88`. */
export function objectName(sopClassUid: string): string {
  if (!sopClassUid.startsWith(storage)) return 'Object of an unknown kind';
  const arcs = sopClassUid.slice(storage.length).split('.');
  for (let length = arcs.length; length > 0; length--) {
    const name = names[arcs.slice(0, length).join('.')];
    if (name !== undefined) return name;
  }
  return 'Object of an unknown kind';
}
