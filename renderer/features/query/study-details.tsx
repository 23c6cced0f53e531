import { Download, FolderOpen } from 'lucide-react';
import { useContext, useState, type ReactElement } from 'react';
import type { Server } from '../../../electron/contract/server.ts';
import type { StudyMatch } from '../../../electron/contract/study.ts';
import { Button, Panel } from '../../components/index.ts';
import { ActionNote, FailureNotice } from '../../failures/index.ts';
import { ageAt, countOf, DicomDate, PersonName, visibleText } from '../../format/index.ts';
import { LocalStateLabel, LocalStudiesContext } from './study-columns.tsx';
import { SeriesList } from './series-list.tsx';
import type { Asked, StudyRow } from './study-search.ts';
import { useSeries } from './use-series.ts';

interface StudyDetailsProps {
  /** `null`: nothing was asked yet. */
  readonly asked: Asked | null;
  /** Where it was asked; `null`: it is no longer known. */
  readonly server: Server | null;
  /** The row the keyboard is on; `null`: none. */
  readonly row: StudyRow | null;
  readonly selected: readonly StudyRow[];
  readonly ourAeTitle: string;
  readonly onRetrieve: () => void;
  readonly onOpen: () => void;
  readonly onEditServer: () => void;
}

/** The selected study: whose it is, what is in it, how much of it is here, and what to do with it. */
export function StudyDetails(props: StudyDetailsProps): ReactElement {
  const { asked, row, selected, server } = props;
  const studies = useContext(LocalStudiesContext);
  const isHere = row !== null && studies.has(row.match.studyInstanceUid);
  return (
    <Panel
      title="Selected study"
      hideTitle
      foot={
        <>
          <Button
            kind="primary"
            icon={<Download />}
            shortcut="Enter"
            isDisabled={selected.length === 0 || server?.actions.retrieve === false}
            onPress={props.onRetrieve}
          >
            Retrieve
          </Button>
          <Button
            icon={<FolderOpen />}
            tooltip={isHere ? undefined : 'Nothing of it is here yet'}
            isDisabled={!isHere}
            onPress={props.onOpen}
          >
            Open
          </Button>
          {server?.actions.retrieve === false ? (
            <ActionNote action="retrieve" server={server} />
          ) : (
            <span className="muted query-selected">
              {selected.length > 1 ? countOf(selected.length, 'study', 'studies') : null}
            </span>
          )}
        </>
      }
    >
      {asked === null || row === null ? (
        <p className="muted">Select a study to see its series.</p>
      ) : (
        <Details
          key={row.key}
          asked={asked}
          match={row.match}
          ourAeTitle={props.ourAeTitle}
          onEditServer={props.onEditServer}
        />
      )}
    </Panel>
  );
}

interface DetailsProps {
  readonly asked: Asked;
  readonly match: StudyMatch;
  readonly ourAeTitle: string;
  readonly onEditServer: () => void;
}

function Details({ asked, match, ourAeTitle, onEditServer }: DetailsProps): ReactElement {
  const [retry, setRetry] = useState(0);
  const lookup = useSeries(asked.serverId, match.studyInstanceUid, retry);
  return (
    <div className="study-details">
      <div>
        <p className="study-patient">
          <PersonName value={match.patientName} />
        </p>
        <p className="muted">{patientFacts(match)}</p>
      </div>
      <div>
        <p className="study-title" dir="auto">
          {visibleText(match.studyDescription) || 'No description'}
        </p>
        <p className="muted">
          <DicomDate value={match.studyDate} time={match.studyTime} />
          {match.modalities.length > 0 ? ` · ${visibleText(match.modalities.join(' '))}` : null}
        </p>
        <StudyFacts match={match} />
      </div>
      <LocalStateLabel match={match} />
      <h3>Series at {asked.serverName}</h3>
      {lookup.kind === 'failed' ? (
        <FailureNotice
          failure={lookup.failure}
          who={{ server: asked.serverName, ourAeTitle }}
          actions={
            <>
              <Button onPress={() => setRetry(retry + 1)}>Try again</Button>
              <Button onPress={onEditServer}>Edit this server</Button>
            </>
          }
        />
      ) : (
        <SeriesList series={lookup.kind === 'answered' ? lookup.series : null} expected={match.seriesCount} />
      )}
    </div>
  );
}

function StudyFacts({ match }: { readonly match: StudyMatch }): ReactElement {
  const { accessionNumber, referringPhysicianName } = match;
  return (
    <dl className="study-facts">
      {accessionNumber === '' ? null : (
        <div>
          <dt>Accession</dt>
          <dd className="selectable">{visibleText(accessionNumber)}</dd>
        </div>
      )}
      {referringPhysicianName === '' ? null : (
        <div>
          <dt>Referring</dt>
          <dd>
            <PersonName value={referringPhysicianName} />
          </dd>
        </div>
      )}
    </dl>
  );
}

const sexes: Readonly<Record<string, string>> = { F: 'female', M: 'male', O: 'other' };

function patientFacts({ patientId, patientBirthDate, patientSex, studyDate }: StudyMatch): ReactElement {
  const facts = [sexes[patientSex] ?? visibleText(patientSex), ageAt(patientBirthDate, studyDate)];
  return (
    <>
      <span className="selectable">{visibleText(patientId) || 'No ID'}</span>
      {patientBirthDate === '' ? null : (
        <>
          {' · born '}
          <DicomDate value={patientBirthDate} />
        </>
      )}
      {facts.filter((fact) => fact !== '').map((fact) => ` · ${fact}`)}
    </>
  );
}
