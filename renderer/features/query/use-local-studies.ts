import { useEffect, useState } from 'react';
import { useNews, useViewer } from '../../bridge/index.ts';
import { withStudy, type LocalStudies } from './local-state.ts';

/** What is in the local archive, kept up as instances arrive. */
export function useLocalStudies(): LocalStudies {
  const viewer = useViewer();
  const [studies, setStudies] = useState<LocalStudies>(new Map());

  useEffect(() => {
    let isGone = false;
    void viewer.archive.studies().then((result) => {
      if (isGone || !result.ok) return;
      const listed = new Map(result.value.map((study) => [study.studyInstanceUid, study]));
      // What the news has told meanwhile is newer than the list.
      setStudies((heard) => new Map([...listed, ...heard]));
    });
    return () => {
      isGone = true;
    };
  }, [viewer]);

  useNews(viewer.archive.changed, (study) => setStudies((before) => withStudy(before, study)));
  return studies;
}
