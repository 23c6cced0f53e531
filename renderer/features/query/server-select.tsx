import type { ReactElement } from 'react';
import type { ServerChoice } from '../../bridge/index.ts';
import { Select } from '../../components/index.ts';

/** Which server is asked. */
export function ServerSelect({ servers, chosen, choose }: ServerChoice): ReactElement {
  const options = servers.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Select
      label="DICOM server"
      value={chosen?.id ?? ''}
      options={chosen === null ? [{ value: '', label: 'No server yet' }] : options}
      isDisabled={chosen === null}
      onChange={choose}
      reserveMessage={false}
    />
  );
}
