import { createHash } from 'node:crypto';

/** Attributes by DICOM keyword, as dcmjs takes them. */
export type NaturalDataset = Readonly<Record<string, unknown>>;

/** One instance that the demonstration archive has: what it is at once, its pixels when they are asked for. */
export interface DemoInstance {
  readonly attributes: NaturalDataset;
  /** The whole data set; its pixels are made anew, and always the same, each time they are read. */
  dataset(): NaturalDataset;
}

/** A UID derived from a name (PS3.5 §B.2): the same name gives the same UID on every computer. */
export function uidFor(name: string): string {
  const hash = createHash('sha256').update(`gantry demonstration ${name}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${hash}`)}`;
}
