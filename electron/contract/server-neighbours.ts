import type { AeTitle } from './ae-title.ts';
import type { ServerDraft } from './server.ts';
import type { ServerId } from './server-id.ts';
import type { Profile, ServerProblem, Severity } from './server-rules.ts';

/** Another record, as far as two can be in each other's way. */
export interface Neighbour {
  /** `null`: it is not saved yet. */
  readonly id: ServerId | null;
  readonly draft: ServerDraft;
}

/** What two records must not have in common. */
export interface NeighbourRule {
  readonly id: string;
  readonly field: ServerProblem['field'];
  readonly severity: Readonly<Record<Profile, Severity>>;
  readonly message: (other: ServerDraft) => string;
  readonly clashes: (draft: ServerDraft, other: ServerDraft) => boolean;
}

const watched = { plain: 'warning', strict: 'error' } as const;

export const neighbourRules: readonly NeighbourRule[] = [
  {
    id: 'name-taken',
    field: 'name',
    severity: { plain: 'hint', strict: 'warning' },
    message: ({ name }) => `Another server is called “${name}” too. Give one of them another name.`,
    clashes: (draft, other) => draft.name.toLowerCase() === other.name.toLowerCase(),
  },
  {
    id: 'ae-title-taken',
    field: 'aeTitle',
    severity: watched,
    message: ({ name }) =>
      `“${name}” has this AE title too. It is unique within an organisation: correct one of them.`,
    clashes: (draft, other) =>
      draft.aeTitle !== null && draft.aeTitle === other.aeTitle && sameOrganisation(draft, other),
  },
  {
    id: 'ae-title-look-alike',
    field: 'aeTitle',
    severity: { plain: 'warning', strict: 'warning' },
    message: ({ name, aeTitle }) =>
      `It looks like ${aeTitle} of “${name}”, and is another AE title. Check case, 0 and O, 1, I and l.`,
    clashes: (draft, other) => looksAlike(draft.aeTitle, other.aeTitle) && sameOrganisation(draft, other),
  },
  {
    id: 'address-taken',
    field: 'port',
    severity: watched,
    message: ({ name }) =>
      `“${name}” is at this address and port too. Correct one of them, unless one program answers to both AE titles.`,
    clashes: (draft, other) =>
      draft.host !== null &&
      draft.port !== null &&
      draft.host.toLowerCase() === other.host?.toLowerCase() &&
      draft.port === other.port &&
      draft.tls === other.tls &&
      draft.protocol === other.protocol &&
      sameOrganisation(draft, other),
  },
  {
    id: 'url-taken',
    field: 'webUrl',
    severity: watched,
    message: ({ name }) => `“${name}” has this DICOMweb address too. Correct one of them.`,
    clashes: (draft, other) =>
      draft.dicomweb !== null &&
      draft.dicomweb.baseUrl.toLowerCase() === other.dicomweb?.baseUrl.toLowerCase() &&
      sameOrganisation(draft, other),
  },
];

/** What a record has in common with others and must not; for each rule the first of them is named. */
export function clashesWith(
  draft: ServerDraft,
  others: readonly ServerDraft[],
  profile: Profile,
): readonly ServerProblem[] {
  return neighbourRules.flatMap(({ field, severity, message, clashes }) => {
    const other = others.find((each) => clashes(draft, each));
    return other === undefined ? [] : [{ severity: severity[profile], field, message: message(other) }];
  });
}

function sameOrganisation(one: ServerDraft, other: ServerDraft): boolean {
  return one.organisation.toLowerCase() === other.organisation.toLowerCase();
}

/** Two that differ, and that a person reading them aloud or copying them by hand would mix up. */
function looksAlike(one: AeTitle | null, other: AeTitle | null): boolean {
  return one !== null && other !== null && one !== other && shapeOf(one) === shapeOf(other);
}

function shapeOf(aeTitle: AeTitle): string {
  return aeTitle.toUpperCase().replaceAll('O', '0').replaceAll(/[IL|]/g, '1').replaceAll(/[ -]/g, '_');
}
