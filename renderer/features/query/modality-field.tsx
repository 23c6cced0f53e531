import type { ReactElement } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { TextField } from '../../components/index.ts';
import { modalitiesIn, withModalityToggled } from './criteria.ts';

interface ModalityFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The modalities people ask for most (PS3.3 §C.7.3.1.1.1); others are typed. */
const common = ['CT', 'MR', 'US', 'CR', 'DX', 'MG', 'NM', 'PT', 'XA', 'RF', 'OT'];

/** Several modalities: typed as codes, or pressed; both show the same. */
export function ModalityField({ value, onChange }: ModalityFieldProps): ReactElement {
  const chosen = modalitiesIn(value);
  return (
    <div className="query-modality">
      <TextField
        label="Modality"
        value={value}
        onChange={onChange}
        placeholder="Any"
        reserveMessage={false}
      />
      <ToggleButtonGroup
        className="query-chips"
        aria-label="Common modalities"
        selectionMode="multiple"
        selectedKeys={chosen.filter((code) => common.includes(code))}
        onSelectionChange={(keys) => {
          const changed = common.find((code) => keys.has(code) !== chosen.includes(code));
          if (changed !== undefined) onChange(withModalityToggled(value, changed));
        }}
      >
        {common.map((code) => (
          <ToggleButton key={code} id={code} className="query-chip">
            {code}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
