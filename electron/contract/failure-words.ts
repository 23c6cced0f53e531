/** Whose conversation failed: the server by the person's name for it, and this viewer's AE title. */
export interface Parties {
  readonly server: string;
  readonly ourAeTitle: string;
  /** Whom to ask for help with the server; '' or left out: nobody is written down. */
  readonly contact?: string | undefined;
}

/** A failure in words. */
export interface Description {
  /** What happened, in one sentence that names the server where there is one. */
  readonly title: string;
  /** To whom and why, with the standard's number where there is one. */
  readonly explanation: string;
  /** Who must act and what to do; `null`: nothing to do. */
  readonly suggestion: string | null;
}

/** Says beside the administrator of the server who that is, where it is written down. */
export function withContact(text: string, { contact = '' }: Pick<Parties, 'contact'>): string {
  if (contact === '') return text;
  return text.replaceAll('administrator of {server}', () => `administrator of {server} (${contact})`);
}

/** Puts the names into sentences that hold `{server}` and `{ae}`. */
export function naming(words: Description, who: Parties): Description {
  const named = (text: string): string =>
    withContact(text, who).replace(/\{(server|ae)\}/g, (_, name) =>
      name === 'server' ? who.server : who.ourAeTitle,
    );
  return {
    title: named(words.title),
    explanation: named(words.explanation),
    suggestion: words.suggestion === null ? null : named(words.suggestion),
  };
}
