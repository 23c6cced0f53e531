import { useCallback, useEffect, useReducer, useRef } from 'react';
import { FailureError, type Failure } from '../../../electron/contract/failure.ts';
import type { StudyMatch } from '../../../electron/contract/study.ts';
import { useViewer } from '../../bridge/index.ts';
import { nextBrowsing, nothingBrowsed, type Browsing, type BrowsingEvent } from './browsing.ts';
import type { Asked, SearchEvent } from './study-search.ts';

interface StudySearching {
  readonly browsing: Browsing;
  /** Asks; a search that still runs is stopped first. */
  readonly ask: (asked: Asked) => void;
  /** The question can't be asked like this. */
  readonly refuse: (failure: Failure) => void;
  readonly stop: () => void;
  readonly browse: (event: Extract<BrowsingEvent, { readonly kind: 'selected' | 'sorted' }>) => void;
}

/** Rows that come faster than this are shown together. */
const togetherMs = 60;

/** One search at a time; its rows as they arrive. */
export function useStudySearch(): StudySearching {
  const viewer = useViewer();
  const [browsing, tell] = useReducer(nextBrowsing, nothingBrowsed);
  const running = useRef<AbortController | null>(null);

  const halt = useCallback(() => {
    running.current?.abort();
    running.current = null;
  }, []);
  useEffect(() => halt, [halt]);

  const ask = useCallback(
    (asked: Asked) => {
      halt();
      const controller = new AbortController();
      running.current = controller;
      // A search that was stopped or overtaken may still speak; nobody listens.
      const tellMine = (event: SearchEvent): void => {
        if (running.current === controller) tell(event);
      };
      tellMine({ kind: 'asked', asked, at: performance.now() });
      void follow(viewer.query.findStudies(asked, controller.signal), tellMine);
    },
    [halt, viewer],
  );

  const stop = useCallback(() => {
    tell({ kind: 'stopped', at: performance.now() });
    halt();
  }, [halt]);

  const refuse = useCallback(
    (failure: Failure) => {
      halt();
      tell({ kind: 'refused', failure });
    },
    [halt],
  );

  return { browsing, ask, refuse, stop, browse: tell };
}

type Answers = ReturnType<ReturnType<typeof useViewer>['query']['findStudies']>;

async function follow(answers: Answers, tell: (event: SearchEvent) => void): Promise<void> {
  let waiting: StudyMatch[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length > 0) tell({ kind: 'found', matches: waiting });
    waiting = [];
  };
  try {
    for await (const answer of answers) {
      if (answer.kind === 'matches') {
        waiting.push(...answer.matches);
        timer ??= setTimeout(show, togetherMs);
      } else {
        show();
        const { limitReached, keysIgnored } = answer;
        tell({ kind: 'ended', limitReached, keysIgnored, at: performance.now() });
      }
    }
  } catch (thrown) {
    show();
    tell({ kind: 'failed', failure: failureIn(thrown), at: performance.now() });
  }
}

function failureIn(thrown: unknown): Failure {
  return thrown instanceof FailureError ? thrown.failure : { step: 'internal', incident: 'in this window' };
}
