import { useMemo, useState } from 'react';
import { linkReportCsv } from '../../../../electron/contract/link-report-csv.ts';
import { linkReport, type LinkRow } from '../../../../electron/contract/link-report.ts';
import type { Link } from '../../../../electron/contract/link.ts';
import type { Server } from '../../../../electron/contract/server.ts';
import { useObservations } from '../use-observations.ts';
import { useSaveText } from '../use-save-text.ts';

export interface LinkReporting {
  readonly isShown: boolean;
  readonly show: (isShown: boolean) => void;
  readonly rows: readonly LinkRow[];
  readonly nameOf: (id: string) => string | null;
  readonly save: () => void;
  /** What became of saving it; '' where nothing did. */
  readonly said: string;
}

/** What is declared beside what was seen, brought up to date as long as it is in sight. */
export function useLinkReport(links: readonly Link[], servers: readonly Server[]): LinkReporting {
  const [openedAt, openAt] = useState<Date | null>(null);
  const seen = useObservations();
  const saving = useSaveText();
  const rows = useMemo(
    () =>
      openedAt === null
        ? nothing
        : linkReport({ links, servers, observations: [...seen.values()], now: openedAt }),
    [openedAt, links, servers, seen],
  );
  const nameOf = (id: string): string | null => servers.find((server) => server.id === id)?.name ?? null;
  return {
    isShown: openedAt !== null,
    show: (isShown) => openAt(isShown ? new Date() : null),
    rows,
    nameOf,
    save: () => saving.save('links.csv', linkReportCsv(rows, nameOf)),
    said: saving.words,
  };
}

const nothing: readonly LinkRow[] = [];
