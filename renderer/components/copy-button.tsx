import './copy-button.css';
import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  /** What the button says: `Copy report`. */
  readonly children: string;
  /** Made when it is pressed. */
  readonly text: () => string;
  /** Only where the words are not enough without their surroundings. */
  readonly label?: string;
  readonly kind?: ButtonProps['kind'];
  readonly isDisabled?: boolean;
}

const saidForMs = 2000;

const answers = { copied: 'Copied', failed: 'Not copied' } as const;

/** Copies a text, and says that it did in the place of its own words, whose width it keeps. */
export function CopyButton({ children, text, label, kind, isDisabled }: CopyButtonProps): ReactElement {
  const [outcome, setOutcome] = useState<keyof typeof answers | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), saidForMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <Button
        kind={kind}
        // What is drawn is not in the text: the button is called by what it does, whatever it says.
        label={label ?? children}
        isDisabled={isDisabled}
        icon={outcome === null ? <Copy /> : outcome === 'copied' ? <Check /> : <TriangleAlert />}
        onPress={() => setOutcome(copyText(text()) ? 'copied' : 'failed')}
      >
        <span className="copy-words" data-says={outcome === null ? children : answers[outcome]}>
          <span>{children}</span>
        </span>
      </Button>
      <output className="visually-hidden">{outcome === null ? '' : answers[outcome]}</output>
    </>
  );
}
