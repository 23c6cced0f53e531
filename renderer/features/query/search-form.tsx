import { Search, Square } from 'lucide-react';
import type { KeyboardEvent, ReactElement, Ref } from 'react';
import { Button, Select, TextField, type SelectOption } from '../../components/index.ts';
import type { Criteria, StudyDatePreset } from './criteria.ts';
import { datesOf } from './criteria.ts';
import { DateField } from './date-field.tsx';
import { ModalityField } from './modality-field.tsx';

interface SearchFormProps {
  readonly criteria: Criteria;
  readonly onChange: (criteria: Criteria) => void;
  readonly isRunning: boolean;
  readonly canSearch: boolean;
  readonly onSearch: () => void;
  readonly onStop: () => void;
  /** Where the person is: what a preset stands for depends on it. */
  readonly now: Date;
  readonly firstField: Ref<HTMLInputElement>;
}

const presets: readonly SelectOption<StudyDatePreset>[] = [
  { value: 'any', label: 'Any' },
  { value: 'today', label: 'Today' },
  { value: 'yesterday', label: 'Yesterday' },
  { value: 'last-7-days', label: 'Last 7 days' },
  { value: 'last-30-days', label: 'Last 30 days' },
  { value: 'between', label: 'Between' },
];

/** The search form. Enter in any of its fields searches. */
export function SearchForm(props: SearchFormProps): ReactElement {
  const { criteria, onChange } = props;
  const set = (change: Partial<Criteria>): void => onChange({ ...criteria, ...change });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter comes from the fields inside
    <search
      className="query-form"
      data-search-field
      data-region
      tabIndex={-1}
      onKeyDown={(event) => searchOnEnter(event, props)}
    >
      <TextField
        label="Patient name"
        value={criteria.patientName}
        onChange={(patientName) => set({ patientName })}
        placeholder="Doe^J*"
        reserveMessage={false}
        inputRef={props.firstField}
      />
      <TextField
        label="Patient ID"
        value={criteria.patientId}
        onChange={(patientId) => set({ patientId })}
        reserveMessage={false}
      />
      <TextField
        label="Accession number"
        value={criteria.accessionNumber}
        onChange={(accessionNumber) => set({ accessionNumber })}
        reserveMessage={false}
      />
      <TextField
        label="Study description"
        value={criteria.studyDescription}
        onChange={(studyDescription) => set({ studyDescription })}
        reserveMessage={false}
      />
      <StudyDateFields {...props} />
      <ModalityField value={criteria.modality} onChange={(modality) => set({ modality })} />
      <div className="query-go">
        <TextField
          label="Limit"
          value={criteria.limit}
          onChange={(limit) => set({ limit })}
          inputMode="numeric"
          reserveMessage={false}
        />
        <div className="query-button">
          <SearchButton {...props} />
        </div>
      </div>
    </search>
  );
}

/** A preset shows the days it stands for; changing one of them makes it a choice of one's own. */
function StudyDateFields({ criteria, onChange, now }: SearchFormProps): ReactElement {
  const dates = datesOf(criteria, now);
  const set = (change: Partial<Criteria>): void => onChange({ ...criteria, ...dates, ...change });
  return (
    <div className="query-dates">
      <Select
        label="Study date"
        value={criteria.studyDate}
        options={presets}
        onChange={(studyDate) => set({ studyDate })}
        reserveMessage={false}
      />
      <DateField label="From" value={dates.from} onChange={(from) => set({ studyDate: 'between', from })} />
      <DateField label="To" value={dates.to} onChange={(to) => set({ studyDate: 'between', to })} />
    </div>
  );
}

/** One button with two faces, so that neither the focus nor the layout moves between them. */
function SearchButton({ isRunning, canSearch, onSearch, onStop }: SearchFormProps): ReactElement {
  return (
    <Button
      kind={isRunning ? 'plain' : 'primary'}
      icon={isRunning ? <Square /> : <Search />}
      isDisabled={!isRunning && !canSearch}
      onPress={isRunning ? onStop : onSearch}
    >
      {isRunning ? 'Stop' : 'Search'}
    </Button>
  );
}

function searchOnEnter(event: KeyboardEvent, { canSearch, onSearch }: SearchFormProps): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  if (!(event.target instanceof HTMLInputElement) || !canSearch) return;
  event.preventDefault();
  onSearch();
}
