import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { ToggleButtonGroup } from 'react-aria-components';
import { describeFailure, type Parties } from '../../../electron/contract/describe-failure.ts';
import {
  EmptyState,
  FilterToggle,
  Grid,
  nothingSelected,
  StatusDot,
  type Column,
  type Sort,
  type Status,
} from '../../components/index.ts';
import {
  countOf,
  formatBytes,
  formatCount,
  PersonName,
  reportWords,
  visibleText,
} from '../../format/index.ts';
import { sumOf, type LedgerOutcome, type LedgerRow } from './ledger.ts';

interface LedgerGridProps {
  readonly rows: readonly LedgerRow[];
  readonly who: Parties;
  readonly retry: ReactNode;
}

const outcomes: readonly LedgerOutcome[] = ['to-send', 'stored', 'warning', 'refused', 'failed'];

/** One row for each file that was added; a sum that adds up to them, whose parts are the filter. */
export function LedgerGrid({ rows, who, retry }: LedgerGridProps): ReactElement {
  const [shown, show] = useState<LedgerOutcome | null>(null);
  const [selection, select] = useState(nothingSelected);
  const [sort, setSort] = useState<Sort | null>(null);
  const columns = useMemo(
    () => ledgerColumns({ server: who.server, ourAeTitle: who.ourAeTitle }),
    [who.server, who.ourAeTitle],
  );
  const filtered = useMemo(
    () => (shown === null ? rows : rows.filter(({ outcome }) => outcome === shown)),
    [rows, shown],
  );
  return (
    <>
      <div className="send-sum">
        <Sum rows={rows} shown={shown} onShow={show} />
        {retry}
      </div>
      <Grid
        name="Files"
        columns={columns}
        rows={filtered}
        rowKey={keyOf}
        selection={selection}
        onSelectionChange={select}
        sort={sort}
        onSortChange={setSort}
      >
        {rows.length === 0 ? (
          <EmptyState title="Nothing added yet">
            Each file has its line here, with what became of it.
          </EmptyState>
        ) : (
          <EmptyState title="No file with this outcome" />
        )}
      </Grid>
    </>
  );
}

function keyOf({ item }: LedgerRow): string {
  return item.id;
}

interface SumProps {
  readonly rows: readonly LedgerRow[];
  readonly shown: LedgerOutcome | null;
  readonly onShow: (outcome: LedgerOutcome | null) => void;
}

function Sum({ rows, shown, onShow }: SumProps): ReactElement {
  const sum = sumOf(rows);
  return (
    <ToggleButtonGroup
      className="send-filter"
      aria-label="Files by outcome"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[shown ?? 'all']}
      onSelectionChange={(keys) => onShow(outcomes.find((outcome) => keys.has(outcome)) ?? null)}
    >
      <FilterToggle id="all">{countOf(rows.length, 'file', 'files')}</FilterToggle>
      <span aria-hidden>=</span>
      {outcomes.map((outcome, index) => (
        <span key={outcome} className="send-filter-term">
          {index === 0 ? null : <span aria-hidden>+</span>}
          <FilterToggle id={outcome}>
            {formatCount(sum[outcome])} {words[outcome]}
          </FilterToggle>
        </span>
      ))}
    </ToggleButtonGroup>
  );
}

const words: Readonly<Record<LedgerOutcome, string>> = {
  'to-send': 'to send',
  stored: 'stored',
  warning: 'warning',
  refused: 'refused',
  failed: 'failed',
};

const statuses: Readonly<Record<LedgerOutcome, Status>> = {
  'to-send': 'idle',
  stored: 'ok',
  warning: 'warning',
  refused: 'failure',
  failed: 'failure',
};

/** The name first: it is what tells one from the next, and a long folder must not hide it. */
function FileName({ file }: { readonly file: string }): ReactElement {
  const path = visibleText(file);
  const end = path.lastIndexOf('/') + 1;
  return (
    <span title={path}>
      {path.slice(end)} <span className="muted">{path.slice(0, Math.max(0, end - 1))}</span>
    </span>
  );
}

function ledgerColumns(who: Parties): readonly Column<LedgerRow>[] {
  const reason = ({ item, report }: LedgerRow): string => {
    if (report !== null) return reportWords(report, who);
    return item.failure === null ? '' : describeFailure(item.failure, who).title;
  };
  return [
    {
      id: 'file',
      name: 'File',
      width: 240,
      show: ({ item }) => <FileName file={item.file} />,
      sortKey: ({ item }) => item.file,
      findText: ({ item }) => item.file,
    },
    {
      id: 'outcome',
      name: 'Outcome',
      width: 104,
      show: ({ outcome }) => <StatusDot state={statuses[outcome]}>{words[outcome]}</StatusDot>,
      sortKey: ({ outcome }) => outcomes.indexOf(outcome),
    },
    {
      id: 'reason',
      name: 'Reason',
      width: 240,
      grows: true,
      show: (row) => <span title={reason(row)}>{reason(row)}</span>,
      sortKey: reason,
    },
    {
      id: 'patient',
      name: 'Patient',
      width: 144,
      show: ({ item }) => (item.failure === null ? <PersonName value={item.patientName} /> : null),
      sortKey: ({ item }) => item.patientName,
    },
    {
      id: 'bytes',
      name: 'Size',
      width: 72,
      align: 'end',
      show: ({ item }) => <span>{formatBytes(item.bytes)}</span>,
      sortKey: ({ item }) => item.bytes,
    },
  ];
}
