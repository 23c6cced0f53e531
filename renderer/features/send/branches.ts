import type { SendItem, SendItemId } from '../../../electron/contract/send.ts';

/** What is to be sent, as a person sees it: whose, which study, which series. */
export interface PatientBranch {
  readonly key: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studies: readonly StudyBranch[];
  readonly ids: readonly SendItemId[];
  readonly bytes: number;
}

export interface StudyBranch {
  readonly key: string;
  readonly studyDescription: string;
  readonly modalities: readonly string[];
  readonly series: readonly SeriesBranch[];
  readonly ids: readonly SendItemId[];
  readonly bytes: number;
}

export interface SeriesBranch {
  readonly key: string;
  readonly modality: string;
  readonly ids: readonly SendItemId[];
  readonly bytes: number;
}

/** Patients, studies and series in the order they were first found. What can't be sent is not among them. */
export function sendTree(items: readonly SendItem[]): readonly PatientBranch[] {
  const sendable = items.filter(({ failure }) => failure === null);
  return branches(sendable, ({ patientId, patientName }) => `${patientId}\n${patientName}`, patientBranch);
}

function patientBranch(key: string, items: Items): PatientBranch {
  const [{ patientName, patientId }] = items;
  const studies = branches(items, (item) => item.studyInstanceUid, studyBranch);
  return { key, patientName, patientId, studies, ...sizeOf(items) };
}

function studyBranch(key: string, items: Items): StudyBranch {
  const [{ studyDescription }] = items;
  const series = branches(items, (item) => item.seriesInstanceUid, seriesBranch);
  const modalities = [...new Set(series.map(({ modality }) => modality))];
  return { key, studyDescription, modalities, series, ...sizeOf(items) };
}

function seriesBranch(key: string, items: Items): SeriesBranch {
  return { key, modality: items[0].modality, ...sizeOf(items) };
}

/** At least one. */
type Items = readonly [SendItem, ...SendItem[]];

function branches<Branch>(
  items: readonly SendItem[],
  keyOf: (item: SendItem) => string,
  branch: (key: string, items: Items) => Branch,
): readonly Branch[] {
  const groups = new Map<string, [SendItem, ...SendItem[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups].map(([key, group]) => branch(key, group));
}

function sizeOf(items: Items): { readonly ids: readonly SendItemId[]; readonly bytes: number } {
  return { ids: items.map(({ id }) => id), bytes: items.reduce((sum, item) => sum + item.bytes, 0) };
}
