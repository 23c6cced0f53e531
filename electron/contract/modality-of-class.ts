/** Modality (0008,0060) of the SOP classes that have but one, by their UID after `1.2.840.10008.5.1.4.1.1.`. */
const modalities: Readonly<Record<string, string>> = {
  '1': 'CR',
  '1.1': 'DX',
  '1.2': 'MG',
  '1.3': 'IO',
  '2': 'CT',
  '3': 'US',
  '4': 'MR',
  '6': 'US',
  '9.1': 'ECG',
  '11': 'PR',
  '12.1': 'XA',
  '12.2': 'RF',
  '13.1.1': 'XA',
  '13.1.3': 'MG',
  '13.1.4': 'MG',
  '13.1.5': 'MG',
  '20': 'NM',
  '66.4': 'SEG',
  '77.1.1': 'ES',
  '77.1.3': 'SM',
  '77.1.4': 'XC',
  '77.1.5': 'OP',
  '77.1.6': 'SM',
  '88': 'SR',
  '88.59': 'KO',
  '104.1': 'DOC',
  '128': 'PT',
  '130': 'PT',
  '481.1': 'RTIMAGE',
  '481.2': 'RTDOSE',
  '481.3': 'RTSTRUCT',
  '481.5': 'RTPLAN',
};

const storage = '1.2.840.10008.5.1.4.1.1.';

/** `CT` for CT images, enhanced ones too; `null`: objects of that class come from many modalities. */
export function modalityOfClass(sopClassUid: string): string | null {
  if (!sopClassUid.startsWith(storage)) return null;
  const arcs = sopClassUid.slice(storage.length).split('.');
  for (let length = arcs.length; length > 0; length--) {
    const key = arcs.slice(0, length).join('.');
    if (Object.hasOwn(modalities, key)) return modalities[key] ?? null;
  }
  return null;
}
