import type { SeriesMatch } from '../contract/study.ts';
import { numberOf, textOf, type Attributes } from '../dataset/index.ts';
import { converse } from './conversation.ts';
import type { SearchTarget } from './query-target.ts';

const returnKeys = [
  'SeriesInstanceUID',
  'Modality',
  'SeriesNumber',
  'SeriesDescription',
  'NumberOfSeriesRelatedInstances',
] as const;

/** The series a server holds of one study, in its order. @throws FailureError */
export async function findSeries(
  target: SearchTarget,
  studyInstanceUid: string,
  signal: AbortSignal,
): Promise<readonly SeriesMatch[]> {
  const keys = [
    { keyword: 'StudyInstanceUID', value: studyInstanceUid },
    ...returnKeys.map((keyword) => ({ keyword, value: '' })),
  ];
  const found = new Map<string, SeriesMatch>();
  const question = { level: 'SERIES', keys } as const;
  await using conversation = await converse(target, [question], signal);
  for await (const { attributes } of conversation.ask(question)) {
    const match = seriesMatch(attributes);
    if (match.seriesInstanceUid !== '') found.set(match.seriesInstanceUid, match);
  }
  return [...found.values()];
}

function seriesMatch(attributes: Attributes): SeriesMatch {
  return {
    seriesInstanceUid: textOf(attributes, 'SeriesInstanceUID'),
    modality: textOf(attributes, 'Modality'),
    seriesNumber: textOf(attributes, 'SeriesNumber'),
    seriesDescription: textOf(attributes, 'SeriesDescription'),
    instanceCount: numberOf(attributes, 'NumberOfSeriesRelatedInstances'),
  };
}
