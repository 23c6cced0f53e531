import { useMemo, useState, type ReactElement } from 'react';
import type { InstanceReport, Transfer, TransferNotice } from '../../../electron/contract/transfer.ts';
import { useReports } from '../../bridge/index.ts';
import { Button, Grid, nothingSelected, Notice, type Column, type Sort } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import { isOngoing, outcomeWords, reportWords, visibleText } from '../../format/index.ts';
import { noticeWords } from './notice-words.ts';

interface TransferDetailsProps {
  readonly id: string;
  readonly transfer: Transfer;
  readonly ourAeTitle: string;
  /** Of its server. */
  readonly contact: string;
  /** Why it can't be tried again; '' where nothing is in the way. */
  readonly blocked: string;
  readonly onEditServer: () => void;
}

/** What there is to know of a transfer beyond its line: why it ended, notices, and each instance that did not simply work. */
export function TransferDetails({
  id,
  transfer,
  ourAeTitle,
  contact,
  blocked,
  onEditServer,
}: TransferDetailsProps): ReactElement {
  const ids = useMemo(() => [transfer.id], [transfer.id]);
  const reports = useReports(ids)
    .flat()
    .filter(({ outcome }) => outcome !== 'stored');
  const who = { server: transfer.serverName, ourAeTitle, contact };
  const { state } = transfer;
  const failure = state.kind === 'failed' || state.kind === 'incomplete' ? state.failure : null;
  const told = transfer.notices.length + reports.length;
  return (
    <div id={id} className="transfer-details">
      {failure === null ? null : (
        <FailureNotice
          failure={failure}
          who={who}
          actions={<Button onPress={onEditServer}>Edit this server</Button>}
        />
      )}
      {blocked === '' ? null : (
        <BlockedNotice words={blocked} onEditServer={failure === null ? onEditServer : null} />
      )}
      {transfer.notices.map((notice, index) => (
        <NoticeLine key={index} notice={notice} who={who} />
      ))}
      {reports.length === 0 ? null : <ReportGrid reports={reports} who={who} />}
      {failure === null && blocked === '' && told === 0 ? <NothingToTell transfer={transfer} /> : null}
    </div>
  );
}

function NothingToTell({ transfer }: Pick<TransferDetailsProps, 'transfer'>): ReactElement {
  return (
    <p className="muted">
      {isOngoing(transfer) ? 'Nothing has gone wrong so far.' : 'There is nothing more to tell of it.'}
    </p>
  );
}

function BlockedNotice({
  words,
  onEditServer,
}: {
  readonly words: string;
  /** `null`: the failure beside it has the same button. */
  readonly onEditServer: (() => void) | null;
}): ReactElement {
  return (
    <Notice
      tone="warning"
      title="It can’t be tried again as things stand"
      actions={onEditServer === null ? undefined : <Button onPress={onEditServer}>Edit this server</Button>}
    >
      <p className="muted">{words}</p>
    </Notice>
  );
}

type Who = Parameters<typeof reportWords>[1];

function NoticeLine({ notice, who }: { readonly notice: TransferNotice; readonly who: Who }): ReactElement {
  const { title, explanation } = noticeWords(notice, who);
  return (
    <Notice tone="warning" title={title}>
      <p className="muted">{explanation}</p>
    </Notice>
  );
}

const rowPixels = 28;
const mostRows = 8;

interface ReportGridProps {
  readonly reports: readonly InstanceReport[];
  readonly who: Who;
}

interface ReportRow {
  readonly key: string;
  readonly report: InstanceReport;
  readonly words: string;
}

function ReportGrid({ reports, who }: ReportGridProps): ReactElement {
  const [selection, select] = useState(nothingSelected);
  const [sort, setSort] = useState<Sort | null>(null);
  const rows = reports.map((report, index) => ({
    key: `${index} ${report.file ?? ''} ${report.sopInstanceUid ?? ''}`,
    report,
    words: reportWords(report, who),
  }));
  return (
    <div
      className="transfer-reports"
      style={{ blockSize: rowPixels * (1 + Math.min(mostRows, reports.length)) + 2 }}
    >
      <Grid
        name="What did not simply work"
        columns={reportColumns}
        rows={rows}
        rowKey={keyOf}
        selection={selection}
        onSelectionChange={select}
        sort={sort}
        onSortChange={setSort}
      />
    </div>
  );
}

function keyOf(row: ReportRow): string {
  return row.key;
}

const reportColumns: readonly Column<ReportRow>[] = [
  {
    id: 'instance',
    name: 'Instance',
    width: 320,
    show: ({ report }) => (
      <span className={report.file === null ? 'mono selectable' : 'selectable'} title={nameOf(report)}>
        {nameOf(report)}
      </span>
    ),
    sortKey: ({ report }) => nameOf(report),
    findText: ({ report }) => nameOf(report),
  },
  {
    id: 'outcome',
    name: 'Outcome',
    width: 150,
    show: ({ report }) => <span>{outcomeWords[report.outcome]}</span>,
    sortKey: ({ report }) => report.outcome,
  },
  {
    id: 'words',
    name: 'Why',
    width: 320,
    grows: true,
    show: ({ words }) => <span title={words}>{words}</span>,
    sortKey: ({ words }) => words,
  },
];

function nameOf({ file, sopInstanceUid }: InstanceReport): string {
  return visibleText(file ?? sopInstanceUid ?? '');
}
