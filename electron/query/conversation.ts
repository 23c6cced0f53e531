import { openWebSession, search } from '../dicomweb/index.ts';
import {
  ask,
  requestQueryAssociation,
  tellingSteps,
  type Answer,
  type Question,
} from './query-association.ts';
import type { SearchTarget } from './query-target.ts';
import { webQuestion } from './web-question.ts';

/** Questions put to one server one after the other, by C-FIND or by QIDO-RS. */
export interface Conversation extends AsyncDisposable {
  /** Each answer as it arrives. Breaking out of the loop, or aborting, gives up the rest. */
  ask(question: Question): AsyncGenerator<Answer>;
}

/**
 * @param questions that will be asked, as far as they are known: what can't be asked is said without a
 *   connection
 * @throws FailureError
 */
export async function converse(
  target: SearchTarget,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<Conversation> {
  if ('web' in target) {
    const session = openWebSession(target.web, tellingSteps(target), signal);
    return {
      async *ask(question) {
        const { resource, keys } = webQuestion(question);
        for await (const attributes of search(session, resource, keys)) {
          yield { attributes, keysSupported: true };
        }
      },
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
  }
  const association = await requestQueryAssociation(target, questions, signal);
  return {
    ask: (question) => ask(association, target, question, signal),
    [Symbol.asyncDispose]: () => association[Symbol.asyncDispose](),
  };
}
