import './query.css';
import { useRef, useState, type ReactElement } from 'react';
import type { Server, ServerId } from '../../../electron/contract/server.ts';
import { useOurAeTitle, useServerChoice } from '../../bridge/index.ts';
import { Button } from '../../components/index.ts';
import { ActionNote } from '../../failures/index.ts';
import { emptyCriteria, questionOf } from './criteria.ts';
import { NoServer } from './no-server.tsx';
import { QueryStatus } from './query-status.tsx';
import { SearchForm } from './search-form.tsx';
import { ServerSelect } from './server-select.tsx';
import { StudyBrowser } from './study-browser.tsx';
import { useNow } from './use-now.ts';
import { useStudySearch } from './use-study-search.ts';

export interface QueryScreenProps {
  /** `null`: a new one. */
  readonly onEditServers: (serverId: ServerId | null) => void;
  readonly onOpenStudy: (studyInstanceUid: string) => void;
}

/** Asks a server which studies it has, and retrieves them. */
export function QueryScreen({ onEditServers, onOpenStudy }: QueryScreenProps): ReactElement {
  const ourAeTitle = useOurAeTitle();
  const choice = useServerChoice();
  const server = choice.chosen;
  const [criteria, setCriteria] = useState(emptyCriteria);
  const now = useNow();
  const { browsing, ask, refuse, stop, browse } = useStudySearch();
  const { search } = browsing;
  const firstField = useRef<HTMLInputElement>(null);

  function start(of: Server): void {
    const question = questionOf(criteria, now);
    if (!question.ok) return refuse(question.failure);
    const { keys, limit } = question;
    return ask({ serverId: of.id, serverName: of.name, keys, limit });
  }

  return (
    <div className="query">
      <header className="query-head">
        <h1>Query and retrieve</h1>
        <ServerSelect {...choice} />
        <Button onPress={() => onEditServers(server?.id ?? null)}>Edit servers</Button>
        <ActionNote action="query" server={server} />
      </header>
      <SearchForm
        criteria={criteria}
        onChange={setCriteria}
        isRunning={search.kind === 'asking'}
        canSearch={server !== null && server.actions.query}
        onSearch={() => {
          if (server !== null) start(server);
        }}
        onStop={stop}
        now={now}
        firstField={firstField}
      />
      {choice.isKnown && server === null ? (
        <NoServer
          onNewServer={() => onEditServers(null)}
          onDemo={(demo) => {
            choice.choose(demo.id);
            firstField.current?.focus();
          }}
        />
      ) : (
        <StudyBrowser
          browsing={browsing}
          servers={choice.servers}
          onBrowse={browse}
          ourAeTitle={ourAeTitle}
          onSearchAgain={() => {
            if (search.kind === 'failed') ask(search.asked);
          }}
          onEditServers={onEditServers}
          onOpenStudy={onOpenStudy}
        />
      )}
      <QueryStatus search={search} />
    </div>
  );
}
