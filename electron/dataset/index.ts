export { type Attributes, DatasetError, type DatasetProblem, type Element } from './attributes.ts';
export { characterSets, codePages } from '../contract/character-sets.ts';
export { decodedAs } from './decoded-as.ts';
export { keywordOf, tagOf, vrOf } from './dictionary.ts';
export { encodeAttributes, type NewAttribute } from './encode-attributes.ts';
export {
  type ByteOrder,
  type ElementHeader,
  hasLongLength,
  insideUnknown,
  itemDelimiterTag,
  itemTag,
  readElementHeader,
  sequenceDelimiterTag,
  tagText,
  undefinedLength,
} from './element-header.ts';
export { encodeFileHeader } from './encode-file-header.ts';
export { encodeIdentifier, type IdentifierKey } from './encode-identifier.ts';
export {
  deflatedExplicitLittleEndian,
  type Encoding,
  encodingOf,
  explicitBigEndian,
  explicitLittleEndian,
  geImplicitBigEndianPixels,
  implicitLittleEndian,
} from './encoding.ts';
export { type HeaderFacts, readHeaderFacts } from './header-facts.ts';
export { implementationClassUid, implementationVersionName } from './implementation.ts';
export { inflate, inflateBeginning } from './inflate.ts';
export type { IncomingInstance, InstanceStore, InstanceWriter, StoredInstance } from './instance-store.ts';
export { parseDataset, type ParseOptions, type Scan, scanDataset } from './parse-dataset.ts';
export { type FileHeader, type FileSummary, readFileHeader, readFileSummary } from './read-file-header.ts';
export { numberOf, numbersAs, numbersOf, textOf, textsOf } from './text.ts';
export { toJson } from './to-json.ts';
