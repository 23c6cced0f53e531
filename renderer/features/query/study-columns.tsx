import { Circle, CircleCheck, CircleDashed } from 'lucide-react';
import { createContext, useContext, type ReactElement } from 'react';
import type { StudyMatch } from '../../../electron/contract/study.ts';
import type { Column } from '../../components/index.ts';
import { DicomDate, formatCount, PersonName, personNameText, visibleText } from '../../format/index.ts';
import { localStateOf, localStateWords, type LocalStudies } from './local-state.ts';
import type { StudyRow } from './study-search.ts';

/** The columns of the results, in their order. */
export const studyColumns: readonly Column<StudyRow>[] = [
  {
    id: 'patientName',
    name: 'Patient name',
    width: 150,
    grows: true,
    show: ({ match }) => <PersonName value={match.patientName} />,
    sortKey: ({ match }) => personNameText(match.patientName),
    findText: ({ match }) => personNameText(match.patientName),
  },
  text('patientId', 'Patient ID', 112),
  {
    id: 'patientBirthDate',
    name: 'Birth date',
    width: 98,
    show: ({ match }) => <DicomDate value={match.patientBirthDate} />,
    sortKey: ({ match }) => match.patientBirthDate,
  },
  {
    id: 'studyDate',
    name: 'Study date',
    width: 156,
    show: ({ match }) => <DicomDate value={match.studyDate} time={match.studyTime} />,
    sortKey: ({ match }) => match.studyDate + match.studyTime,
  },
  {
    id: 'modalities',
    name: 'Modality',
    width: 70,
    show: ({ match }) => <span>{visibleText(match.modalities.join(' '))}</span>,
    sortKey: ({ match }) => match.modalities.join(' '),
  },
  { ...text('studyDescription', 'Description', 108), grows: true },
  text('accessionNumber', 'Accession', 96),
  {
    id: 'counts',
    name: 'Series/images',
    width: 100,
    align: 'end',
    show: ({ match }) => <span>{countsText(match)}</span>,
    sortKey: ({ match }) => match.instanceCount ?? -1,
  },
  {
    id: 'local',
    name: 'Here',
    width: 98,
    show: ({ match }) => <LocalStateLabel match={match} isQuiet />,
  },
  {
    id: 'referringPhysicianName',
    name: 'Referring',
    width: 112,
    show: ({ match }) =>
      match.referringPhysicianName === '' ? null : <PersonName value={match.referringPhysicianName} />,
    sortKey: ({ match }) => personNameText(match.referringPhysicianName),
  },
];

/** Apart from the rows, so that an instance that arrives draws a cell and not the whole grid. */
export const LocalStudiesContext = createContext<LocalStudies>(new Map());

const icons = { none: Circle, part: CircleDashed, complete: CircleCheck } as const;

interface LocalStateLabelProps {
  readonly match: StudyMatch;
  /** Among many rows: nothing here is said only to those who listen. */
  readonly isQuiet?: boolean;
}

/** How much of a study is here, as an icon and words. */
export function LocalStateLabel({ match, isQuiet = false }: LocalStateLabelProps): ReactElement {
  const state = localStateOf(match, useContext(LocalStudiesContext));
  const Icon = icons[state.kind];
  const isSilent = isQuiet && state.kind === 'none';
  return (
    <span className="local-state" data-state={state.kind}>
      {isSilent ? null : <Icon aria-hidden />}
      <span className={isSilent ? 'visually-hidden' : undefined}>{localStateWords(state)}</span>
    </span>
  );
}

type TextOf = 'patientId' | 'studyDescription' | 'accessionNumber';

function text(id: TextOf, name: string, width: number): Column<StudyRow> {
  return {
    id,
    name,
    width,
    show: ({ match }) => {
      const shown = visibleText(match[id]);
      return (
        <span title={shown} dir="auto">
          {shown}
        </span>
      );
    },
    sortKey: ({ match }) => match[id],
  };
}

function countsText({ seriesCount, instanceCount }: StudyMatch): string {
  if (seriesCount === null && instanceCount === null) return '';
  return [seriesCount, instanceCount].map((count) => (count === null ? '–' : formatCount(count))).join(' / ');
}
