import { useMemo, type ReactElement } from 'react';
import type { Server, ServerId } from '../../../electron/contract/server.ts';
import { SplitPane } from '../../components/index.ts';
import { activeRow, selectedRows, type Browsing, type BrowsingEvent } from './browsing.ts';
import { LocalStudiesContext } from './study-columns.tsx';
import { StudyDetails } from './study-details.tsx';
import { StudyResults } from './study-results.tsx';
import { useLocalStudies } from './use-local-studies.ts';
import { useRetrieve } from './use-retrieve.ts';

interface StudyBrowserProps {
  readonly browsing: Browsing;
  readonly servers: readonly Server[];
  readonly onBrowse: (event: Extract<BrowsingEvent, { readonly kind: 'selected' | 'sorted' }>) => void;
  readonly ourAeTitle: string;
  readonly onSearchAgain: () => void;
  readonly onEditServers: (serverId: ServerId | null) => void;
  readonly onOpenStudy: (studyInstanceUid: string) => void;
}

/** The results on the left, the selected study on the right, how all of it stands below. */
export function StudyBrowser(props: StudyBrowserProps): ReactElement {
  const { browsing, onBrowse, ourAeTitle, onOpenStudy } = props;
  const { search } = browsing;
  const studies = useLocalStudies();
  const retrieving = useRetrieve(studies, onOpenStudy);
  const row = useMemo(() => activeRow(browsing), [browsing]);
  const selected = useMemo(() => selectedRows(browsing), [browsing]);
  const asked = search.kind === 'idle' || search.kind === 'refused' ? null : search.asked;
  const server = props.servers.find(({ id }) => id === asked?.serverId) ?? null;
  // What was found may be looked at, also where it may not be fetched.
  const from = server === null || server.actions.retrieve ? asked : null;

  return (
    <LocalStudiesContext value={studies}>
      <SplitPane
        narrow="second"
        width="--list-width"
        first={
          <StudyResults
            browsing={browsing}
            onSelectionChange={(selection) => {
              retrieving.stayHere();
              onBrowse({ kind: 'selected', selection });
            }}
            onSortChange={(sort) => onBrowse({ kind: 'sorted', sort })}
            onRetrieve={(pressed) => {
              if (from === null) return;
              retrieving.retrieve(from, selected.includes(pressed) ? selected : [pressed]);
            }}
            onRetrieveAndOpen={(pressed) => {
              if (from !== null) retrieving.retrieveAndOpen(from, pressed);
            }}
            onSearchAgain={props.onSearchAgain}
            onEditServer={() => props.onEditServers(asked?.serverId ?? null)}
            contact={server?.contact}
            ourAeTitle={ourAeTitle}
            retrieveFailure={retrieving.failure}
          />
        }
        second={
          <StudyDetails
            asked={asked}
            server={server}
            row={row}
            selected={selected}
            ourAeTitle={ourAeTitle}
            onRetrieve={() => {
              if (from !== null) retrieving.retrieve(from, selected);
            }}
            onEditServer={() => props.onEditServers(asked?.serverId ?? null)}
            onOpen={() => {
              if (row !== null) onOpenStudy(row.match.studyInstanceUid);
            }}
          />
        }
      />
    </LocalStudiesContext>
  );
}
