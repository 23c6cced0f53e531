import './disclosure.css';
import { ChevronRight } from 'lucide-react';
import { useId, type ReactElement, type ReactNode } from 'react';

export interface DisclosureProps {
  readonly title: string;
  /** Beside the title while it is closed: what is set inside. */
  readonly summary?: ReactNode;
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** More of the same below a line that opens and closes it. */
export function Disclosure(props: DisclosureProps): ReactElement {
  const { isOpen } = props;
  const bodyId = useId();
  return (
    <div className="disclosure">
      <button
        type="button"
        className="disclosure-button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? bodyId : undefined}
        onClick={() => props.onChange(!isOpen)}
      >
        <ChevronRight aria-hidden />
        {props.title}
        {props.summary === undefined ? null : <span className="muted">{props.summary}</span>}
      </button>
      {isOpen ? (
        <div id={bodyId} className="disclosure-body">
          {props.children}
        </div>
      ) : null}
    </div>
  );
}
