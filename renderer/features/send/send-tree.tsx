import { ChevronRight, X } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { SendItemId } from '../../../electron/contract/send.ts';
import { IconButton } from '../../components/index.ts';
import { countOf, formatBytes, personNameText, PersonName, visibleText } from '../../format/index.ts';
import type { PatientBranch, StudyBranch } from './branches.ts';

interface SendTreeProps {
  readonly patients: readonly PatientBranch[];
  readonly isLocked: boolean;
  readonly onRemove: (ids: readonly SendItemId[]) => void;
}

/** Patients and their studies; a study opens to its series. Each can be removed. */
export function SendTree({ patients, ...rest }: SendTreeProps): ReactElement {
  return (
    <ul className="send-tree" aria-label="What is to be sent">
      {patients.map((patient) => (
        <li key={patient.key}>
          <Line
            className="send-patient"
            name={personNameText(patient.patientName) || 'the patient without a name'}
            ids={patient.ids}
            bytes={patient.bytes}
            {...rest}
          >
            <strong>
              <PersonName value={patient.patientName} />
            </strong>
            <span className="muted">{visibleText(patient.patientId)}</span>
          </Line>
          <ul>
            {patient.studies.map((study) => (
              <Study key={study.key} study={study} {...rest} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

type Shared = Omit<SendTreeProps, 'patients'>;

function Study({ study, ...rest }: Shared & { readonly study: StudyBranch }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const description = visibleText(study.studyDescription) || 'No description';
  return (
    <li>
      <Line className="send-study" name={description} ids={study.ids} bytes={study.bytes} {...rest}>
        <button type="button" className="send-open" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronRight aria-hidden />
          <bdi>{description}</bdi>
        </button>
        <span className="muted">{visibleText(study.modalities.join(' '))}</span>
      </Line>
      {isOpen ? (
        <ul>
          {study.series.map((series, index) => (
            <li key={series.key}>
              <Line
                className="send-series"
                name={`series ${index + 1} of ${description}`}
                ids={series.ids}
                bytes={series.bytes}
                {...rest}
              >
                <span>
                  {visibleText(series.modality)} series {index + 1}
                </span>
              </Line>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

interface LineProps extends Shared {
  readonly className: string;
  /** What Remove removes. */
  readonly name: string;
  readonly ids: readonly SendItemId[];
  readonly bytes: number;
  readonly children: ReactNode;
}

function Line({ className, name, ids, bytes, isLocked, onRemove, children }: LineProps): ReactElement {
  return (
    <div className={`send-line ${className}`}>
      <span className="send-words">{children}</span>
      <span className="send-size">
        {countOf(ids.length, 'file', 'files')} · {formatBytes(bytes)}
      </span>
      <IconButton label={`Remove ${name}`} icon={<X />} isDisabled={isLocked} onPress={() => onRemove(ids)} />
    </div>
  );
}
