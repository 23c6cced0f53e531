import type { Page } from '@playwright/test';
import type { Server, ServerDraft } from '../../../electron/contract/server.ts';
import type { Result } from '../../../electron/contract/result.ts';

let questions = 0;

/**
 * Asks the main process past the user interface, as a page gone wrong could: with a message made by
 * hand.
 */
export async function ask<Value = unknown>(page: Page, path: string, input: unknown): Promise<Result<Value>> {
  questions += 1;
  // Far from the numbers that the page gives its own questions.
  const id = 1_000_000 + questions;
  const result = await page.evaluate(
    (question) =>
      new Promise<unknown>((resolve) => {
        const stop = window.gantry.listen((message) => {
          if (message.kind !== 'answer' || message.id !== question.id) return;
          stop();
          resolve(message.result);
        });
        window.gantry.send({ kind: 'request', ...question });
      }),
    { id, path, input },
  );
  return result as Result<Value>;
}

/** A server as the form would save it, with what is not told left as in an empty form. */
export function draftOf(
  fields: Pick<ServerDraft, 'name' | 'host' | 'port'> & { readonly aeTitle: string } & Partial<
      Omit<ServerDraft, 'aeTitle'>
    >,
): Readonly<Record<string, unknown>> {
  return {
    listenPort: null,
    preferredCompression: 'as-stored',
    description: '',
    tls: false,
    verifyCertificate: true,
    ...fields,
  };
}

/** Adds a server without the form, where the form is not what is tested. */
export async function saveServer(page: Page, fields: Parameters<typeof draftOf>[0]): Promise<Server> {
  const result = await ask<Server>(page, 'servers.save', { id: null, draft: draftOf(fields) });
  if (!result.ok) throw new Error(`not saved: ${JSON.stringify(result.failure)}`);
  return result.value;
}
