import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';

/** Below the address: why the listen port can't be had. Its place is kept while there is nothing to say. */
export function ListenPortLine({ warning }: { readonly warning: string }): ReactElement {
  return (
    <output
      className="field-message server-form-whole"
      data-reserved
      data-tone={warning === '' ? undefined : 'warning'}
    >
      {warning === '' ? null : (
        <>
          <TriangleAlert />
          <span>{warning}</span>
        </>
      )}
    </output>
  );
}
