import { Archive } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { EmptyState, Panel, TextField } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';
import {
  countOf,
  DicomDate,
  formatBytes,
  PersonName,
  personNameText,
  visibleText,
} from '../../format/index.ts';
import { matchesSearch } from './study-list-state.ts';
import type { Studies } from './use-studies.ts';

export interface StudyListProps {
  readonly studies: Studies;
  readonly studyInstanceUid: string | null;
  readonly onOpen: (studyInstanceUid: string) => void;
}

/** What the local archive holds, to look through and open. */
export function StudyList({ studies, studyInstanceUid, onOpen }: StudyListProps): ReactElement {
  const [search, setSearch] = useState('');
  const all = studies.kind === 'answered' ? studies.studies : none;
  const found = useMemo(
    () => (search.trim() === '' ? all : all.filter((study) => matchesSearch(study, search))),
    [all, search],
  );
  return (
    <Panel title="Studies" isPadded={false}>
      <div className="study-list">
        <TextField
          label="Search studies"
          value={search}
          onChange={setSearch}
          placeholder="Name, ID, description, date"
          inputMode="search"
          reserveMessage={false}
        />
        <output className="study-list-count muted">
          {search.trim() === ''
            ? countOf(all.length, 'study', 'studies')
            : `${found.length} of ${countOf(all.length, 'study', 'studies')}`}
        </output>
        {studies.kind === 'failed' ? (
          <FailureNotice failure={studies.failure} who={{ server: 'the local archive', ourAeTitle: '' }} />
        ) : null}
        {studies.kind === 'answered' && all.length === 0 ? (
          <EmptyState icon={<Archive />} title="No studies here yet">
            Find studies on the Query screen and retrieve them, or let a modality send them here.
          </EmptyState>
        ) : (
          <Studies studies={found} studyInstanceUid={studyInstanceUid} onOpen={onOpen} />
        )}
      </div>
    </Panel>
  );
}

const none: readonly ArchiveStudy[] = [];
const layout = { rowHeight: 60 };

function Studies({
  studies,
  studyInstanceUid,
  onOpen,
}: Pick<StudyListProps, 'studyInstanceUid' | 'onOpen'> & {
  readonly studies: readonly ArchiveStudy[];
}): ReactElement {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={layout}>
      <ListBox
        className="study-list-box"
        aria-label="Studies in the local archive"
        items={studies.map((study) => ({ id: study.studyInstanceUid, study }))}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={studyInstanceUid === null ? [] : [studyInstanceUid]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (typeof key === 'string') onOpen(key);
        }}
        renderEmptyState={() => <p className="study-list-none muted">Nothing found</p>}
      >
        {({ study }) => (
          <ListBoxItem
            className="study-item"
            textValue={personNameText(study.patientName) || study.patientId}
          >
            <StudyLines study={study} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}

function StudyLines({ study }: { readonly study: ArchiveStudy }): ReactElement {
  const { instanceCount, modalities } = study;
  const words = visibleText(modalities.join(' ').trim());
  return (
    <>
      <span className="study-item-name">
        <PersonName value={study.patientName} />
        <span className="muted">{visibleText(study.patientId)}</span>
      </span>
      <span className="study-item-line">
        {visibleText(study.studyDescription) || <span className="muted">No description</span>}
      </span>
      <span className="study-item-line study-item-facts muted">
        {study.studyDate.trim() === '' ? null : <DicomDate value={study.studyDate} />}
        {words === '' ? null : (
          <span className="study-item-modalities" title={words}>
            {words}
          </span>
        )}
        <span title={formatBytes(study.bytes)}>{countOf(instanceCount, 'object', 'objects')}</span>
      </span>
    </>
  );
}
