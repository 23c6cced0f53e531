import { Database, SearchX } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button, EmptyState, Grid, type Selection, type Sort } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { askedWords } from './asked-words.ts';
import type { Browsing } from './browsing.ts';
import { studyColumns } from './study-columns.tsx';
import { rowsOf, type StudyRow, type StudySearch } from './study-search.ts';

interface StudyResultsProps {
  readonly browsing: Browsing;
  readonly onSelectionChange: (selection: Selection) => void;
  readonly onSortChange: (sort: Sort) => void;
  readonly onRetrieve: (row: StudyRow) => void;
  readonly onRetrieveAndOpen: (row: StudyRow) => void;
  readonly onSearchAgain: () => void;
  readonly onEditServer: () => void;
  readonly ourAeTitle: string;
  /** Of the server that was asked. */
  readonly contact: string | undefined;
  /** Why the last retrieve could not be queued; `null`: it could. */
  readonly retrieveFailure: Failure | null;
}

/** What was found, or in its place why there is nothing. */
export function StudyResults(props: StudyResultsProps): ReactElement {
  const { search, selection, sort, order } = props.browsing;
  const rows = rowsOf(search);
  return (
    <section className="query-results" aria-label="Studies" data-region tabIndex={-1}>
      <Grid
        name="Studies"
        columns={studyColumns}
        rows={rows}
        rowKey={rowKey}
        selection={selection}
        onSelectionChange={props.onSelectionChange}
        sort={order === 'sorted' ? sort : null}
        onSortChange={props.onSortChange}
        onActivate={props.onRetrieve}
        onAlternateActivate={props.onRetrieveAndOpen}
      >
        <NoRows {...props} />
      </Grid>
      {search.kind === 'failed' && rows.length > 0 ? (
        <div className="query-failure">
          <SearchFailure {...props} search={search} />
        </div>
      ) : null}
      {props.retrieveFailure === null ? null : (
        <div className="query-failure">
          <FailureNotice
            failure={props.retrieveFailure}
            who={{ server: serverOf(search), ourAeTitle: props.ourAeTitle, contact: props.contact }}
            isNew
            actions={<Button onPress={props.onEditServer}>Edit this server</Button>}
          />
        </div>
      )}
    </section>
  );
}

function rowKey(row: StudyRow): string {
  return row.key;
}

function NoRows(props: StudyResultsProps): ReactElement | null {
  const { search } = props.browsing;
  switch (search.kind) {
    case 'idle':
      return (
        <EmptyState icon={<Database />} title="Ask for a study">
          Fill in what you know and press Enter. * stands for any letters, ? for one. Nothing filled in asks
          for every study.
        </EmptyState>
      );
    case 'asking':
      return null;
    case 'answered':
      return (
        <EmptyState icon={<SearchX />} title="No study matches">
          {`${search.asked.serverName} answered that it has none for ${askedWords(search.asked.keys)}.`}
        </EmptyState>
      );
    case 'stopped':
      return (
        <EmptyState icon={<SearchX />} title="Stopped before a study came">
          {`${search.asked.serverName} was asked for ${askedWords(search.asked.keys)}.`}
        </EmptyState>
      );
    case 'refused':
    case 'failed':
      return (
        <div className="query-failure">
          <SearchFailure {...props} search={search} />
        </div>
      );
  }
}

interface SearchFailureProps extends StudyResultsProps {
  readonly search: Extract<StudySearch, { readonly kind: 'refused' | 'failed' }>;
}

function SearchFailure({
  search,
  ourAeTitle,
  contact,
  onSearchAgain,
  onEditServer,
}: SearchFailureProps): ReactElement {
  return (
    <FailureNotice
      failure={search.failure}
      who={{ server: serverOf(search), ourAeTitle, contact }}
      isNew
      actions={
        search.kind === 'failed' ? (
          <>
            <Button onPress={onSearchAgain}>Search again</Button>
            <Button onPress={onEditServer}>Edit this server</Button>
          </>
        ) : undefined
      }
    />
  );
}

function serverOf(search: StudySearch): string {
  return search.kind === 'idle' || search.kind === 'refused' ? 'the server' : search.asked.serverName;
}
