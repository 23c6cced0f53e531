import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useViewer } from '../../bridge/index.ts';
import type { LocalStudies } from './local-state.ts';
import type { Asked, StudyRow } from './study-search.ts';

interface Retrieving {
  /** Why the last retrieve could not be queued; `null`: it could. */
  readonly failure: Failure | null;
  readonly retrieve: (asked: Asked, rows: readonly StudyRow[]) => void;
  /** Opens the study as soon as something of it is here, unless another is retrieved or chosen before. */
  readonly retrieveAndOpen: (asked: Asked, row: StudyRow) => void;
  readonly stayHere: () => void;
}

export function useRetrieve(studies: LocalStudies, onOpenStudy: (uid: string) => void): Retrieving {
  const viewer = useViewer();
  const [failure, setFailure] = useState<Failure | null>(null);
  const awaited = useRef<string | null>(null);
  const open = useRef(onOpenStudy);
  useEffect(() => {
    open.current = onOpenStudy;
  });

  useEffect(() => {
    if (awaited.current === null || !studies.has(awaited.current)) return;
    open.current(awaited.current);
    awaited.current = null;
  }, [studies]);

  const queue = async (asked: Asked, rows: readonly StudyRow[]): Promise<void> => {
    setFailure(null);
    for (const { match } of rows) {
      const { studyInstanceUid, patientName, patientId, studyDescription, studyDate } = match;
      const study = { studyInstanceUid, patientName, patientId, studyDescription, studyDate };
      const result = await viewer.transfers.retrieve({ serverId: asked.serverId, ...study });
      if (!result.ok) setFailure(result.failure);
    }
  };

  return {
    failure,
    retrieve: (asked, rows) => {
      awaited.current = null;
      void queue(asked, rows);
    },
    retrieveAndOpen: (asked, row) => {
      const uid = row.match.studyInstanceUid;
      void queue(asked, [row]);
      if (studies.has(uid)) onOpenStudy(uid);
      else awaited.current = uid;
    },
    stayHere: () => {
      awaited.current = null;
    },
  };
}
