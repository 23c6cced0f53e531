import './viewer.css';
import { useState, type ReactElement } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { OpenStudy } from './open-study.tsx';
import { StudyList } from './study-list.tsx';
import { useSeries } from './use-series.ts';
import { useStudies, type Studies } from './use-studies.ts';

export interface ViewerScreenProps {
  /** The study another screen asked to be shown; `null`: none yet. */
  readonly studyInstanceUid: string | null;
}

/** The studies of the local archive, the series of one of them, and its pictures. */
export function ViewerScreen({ studyInstanceUid }: ViewerScreenProps): ReactElement {
  const [openUid, setOpenUid] = useLastAsked(studyInstanceUid);
  const [hasLists, setHasLists] = useState(true);
  const studies = useStudies();
  const series = useSeries(openUid);
  return (
    <div className="viewer-screen" data-lists={hasLists || undefined}>
      <h1 className="visually-hidden">Viewer</h1>
      {hasLists ? <StudyList studies={studies} studyInstanceUid={openUid} onOpen={setOpenUid} /> : null}
      <OpenStudy
        study={studyOf(studies, openUid)}
        series={series}
        hasLists={hasLists}
        onToggleLists={() => setHasLists(!hasLists)}
      />
    </div>
  );
}

/** What is open: what was asked for last, by another screen or by a click here. */
function useLastAsked(asked: string | null): readonly [string | null, (uid: string) => void] {
  const [open, setOpen] = useState(asked);
  const [lastAsked, setLastAsked] = useState(asked);
  if (asked !== lastAsked) {
    setLastAsked(asked);
    setOpen(asked ?? open);
  }
  return [open, setOpen];
}

function studyOf(studies: Studies, uid: string | null): ArchiveStudy | null {
  if (studies.kind !== 'answered') return null;
  return studies.studies.find(({ studyInstanceUid }) => studyInstanceUid === uid) ?? null;
}
