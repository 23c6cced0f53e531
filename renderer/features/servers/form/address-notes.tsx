import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';

/** Below the address: what to know of the ports. Its place is kept while there is nothing to say. */
export function AddressNotes({ warnings }: { readonly warnings: readonly string[] }): ReactElement {
  return (
    <output className="server-form-whole server-form-notes">
      {warnings
        .filter((warning) => warning !== '')
        .map((warning) => (
          <span key={warning} className="field-message" data-tone="warning">
            <TriangleAlert />
            <span>{warning}</span>
          </span>
        ))}
    </output>
  );
}
