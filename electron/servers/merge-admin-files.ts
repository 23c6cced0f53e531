import { checkLink } from '../contract/check-links.ts';
import type { FileAbout } from '../contract/effective-configuration.ts';
import type { LinkDraft } from '../contract/link.ts';
import { noPolicies, policyNames, type Policies } from '../contract/policy.ts';
import type { IniProblem } from '../contract/server.ts';
import { noAdminLocal, type AdminLocal } from '../settings/index.ts';
import type { AdminFile, AdminLink, AdminRecord, AdminServer, LoadedAdminFile } from './admin-file.ts';

/** All files as one, or what counts where there is none: what is said twice is as the first file says it. */
export function mergeAdminFiles(loaded: readonly LoadedAdminFile[]): AdminRecord {
  const contents = loaded.flatMap(({ content }) => content ?? []);
  const problems: IniProblem[] = loaded.flatMap((file) => [...file.problems]);
  const servers = firstOfEach(
    contents.flatMap(({ servers: all }) => all),
    problems,
  );
  const links = usableLinks(
    firstOfEach(
      contents.flatMap(({ links: all }) => all),
      problems,
    ),
    servers,
    problems,
  );
  return {
    files: loaded.map(({ file, sha256, signature, content }) => ({
      file,
      sha256,
      signature,
      ...(content?.about ?? unsaid),
    })),
    servers,
    links,
    local: mergeLocal(contents),
    policies: mergePolicies(contents),
    site: contents.find(({ about: { site } }) => site !== '')?.about.site ?? '',
    certificates: loaded.flatMap(({ certificates }) => certificates),
    problems,
  };
}

const unsaid: FileAbout = { site: '', issued: '', contact: '' };

/** One file alone, read without a disk. */
export function recordOf(content: AdminFile): AdminRecord {
  const { file, problems } = content;
  return mergeAdminFiles([
    { content, file, sha256: null, signature: 'not-asked-for', certificates: [], beside: '', problems },
  ]);
}

function firstOfEach<Item extends AdminServer | AdminLink>(
  items: readonly Item[],
  problems: IniProblem[],
): readonly Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    const first = byId.get(item.id);
    if (first === undefined) byId.set(item.id, item);
    else {
      const reason = `This ID stands in ${first.file}, line ${first.line} already, so this one is not used. Give it another ID.`;
      problems.push(problemAt(item, '', reason));
    }
  }
  return [...byId.values()];
}

function usableLinks(
  links: readonly AdminLink[],
  servers: readonly AdminServer[],
  problems: IniProblem[],
): readonly AdminLink[] {
  const known = servers.map(({ id, draft: { name, role } }) => ({ id, name, role }));
  const usable: AdminLink[] = [];
  for (const link of links) {
    const others: readonly LinkDraft[] = usable.map(({ draft }) => draft);
    const [wrong] = checkLink(link.draft, { servers: known, others });
    if (wrong === undefined) usable.push(link);
    else problems.push(problemAt(link, wrong.field, wrong.message));
  }
  return usable;
}

function problemAt({ file, line }: AdminServer | AdminLink, key: string, reason: string): IniProblem {
  return { severity: 'error', file, line, column: 1, key, reason };
}

function mergeLocal(contents: readonly AdminFile[]): AdminLocal {
  return contents.reduce<AdminLocal>(
    (merged, { local }) => ({
      aeTitle: merged.aeTitle ?? local.aeTitle,
      listenPort: merged.listenPort ?? local.listenPort,
      listenAddress: merged.listenAddress ?? local.listenAddress,
      listenTls: merged.listenTls ?? local.listenTls,
      listenCertificate: merged.listenCertificate ?? local.listenCertificate,
      unknownClasses: merged.unknownClasses ?? local.unknownClasses,
      archiveFolder: merged.archiveFolder ?? local.archiveFolder,
    }),
    noAdminLocal,
  );
}

function mergePolicies(contents: readonly AdminFile[]): Policies {
  const merged = policyNames.flatMap((name) => {
    const said = contents.flatMap(({ policies }) => policies[name] ?? [])[0];
    return said === undefined ? [] : [[name, said] as const];
  });
  return { ...noPolicies, ...Object.fromEntries(merged) };
}
