import { describe, expect, it } from 'vitest';
import { keepAsking } from '../../../../renderer/features/viewer/keep-asking.ts';

describe('asking again while a study arrives', () => {
  it('never asks twice at once, and asks once more when it was told meanwhile', async () => {
    const answers: (() => void)[] = [];
    const asking = keepAsking(
      () =>
        new Promise((resolve) => {
          answers.push(resolve);
        }),
      1,
    );

    asking.again();
    asking.again();
    asking.again();
    expect(answers).toHaveLength(1);
    answers[0]!();

    await expect.poll(() => answers.length).toBe(2);
    answers[1]!();
    asking.stop();
  });

  it('asks no more once it was stopped', () => {
    let asked = 0;
    const asking = keepAsking(() => {
      asked += 1;
      return Promise.resolve();
    }, 1);
    asking.again();
    asking.stop();

    asking.again();

    expect(asked).toBe(1);
  });
});
