import type { ReactElement, ReactNode } from 'react';
import type { ArchiveStudy } from '../../../electron/contract/archive.ts';
import { ageAt, DicomDate, PersonName, visibleText } from '../../format/index.ts';

/** Whose pictures these are: always in sight above them. */
export function PatientBar({ study }: { readonly study: ArchiveStudy | null }): ReactElement {
  if (study === null) return <div className="patient-bar muted">No study open</div>;
  const age = ageAt(study.patientBirthDate, study.studyDate);
  return (
    <dl className="patient-bar">
      <Item name="Patient name" isStrong>
        <PersonName value={study.patientName} />
      </Item>
      <Item name="Patient ID">{visibleText(study.patientId)}</Item>
      <Item name="Birth date">
        {study.patientBirthDate === '' ? '' : <DicomDate value={study.patientBirthDate} />}
      </Item>
      <Item name="Sex">{visibleText(study.patientSex)}</Item>
      <Item name="Age at study">{age}</Item>
      <Item name="Study">{visibleText(study.studyDescription)}</Item>
      <Item name="Study date">
        {study.studyDate === '' ? '' : <DicomDate value={study.studyDate} time={study.studyTime} />}
      </Item>
      <Item name="Accession number">{visibleText(study.accessionNumber)}</Item>
    </dl>
  );
}

/** Absent values take no room. */
function Item({
  name,
  isStrong,
  children,
}: {
  readonly name: string;
  readonly isStrong?: boolean;
  readonly children: ReactNode;
}): ReactElement | null {
  if (children === '') return null;
  return (
    <div className="patient-item" data-strong={isStrong || undefined}>
      <dt className="visually-hidden">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
