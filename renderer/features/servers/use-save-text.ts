import { useState } from 'react';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import { useViewer } from '../../bridge/index.ts';

export interface SavingText {
  readonly save: (suggestedName: string, text: string) => void;
  /** What became of the last one; '' where there was none, or the person thought better. */
  readonly words: string;
}

/** Writes a text to a file that the person chooses. */
export function useSaveText(): SavingText {
  const { files } = useViewer();
  const [words, setWords] = useState('');

  async function save(suggestedName: string, text: string): Promise<void> {
    setWords('');
    const result = await files.saveText({ suggestedName, text });
    if (!result.ok) setWords(describeFailure(result.failure, { server: '', ourAeTitle: '' }).title);
    else if (result.value !== null) setWords(`Saved as ${result.value}`);
  }

  return { words, save: (suggestedName, text) => void save(suggestedName, text) };
}
