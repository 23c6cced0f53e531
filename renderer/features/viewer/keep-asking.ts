export interface Asking {
  again(): void;
  stop(): void;
}

/**
 * Asks when told to, never twice at once, and not again within the pause after an answer: told
 * meanwhile, it asks once more when the pause is over.
 */
export function keepAsking(ask: () => Promise<void>, pauseMs: number): Asking {
  let isBusy = false;
  let isWanted = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function again(): void {
    isWanted = true;
    if (isBusy || isStopped) return;
    isBusy = true;
    isWanted = false;
    void ask().finally(() => {
      timer = setTimeout(goOn, pauseMs);
    });
  }

  function goOn(): void {
    isBusy = false;
    if (isWanted) again();
  }

  return {
    again,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
