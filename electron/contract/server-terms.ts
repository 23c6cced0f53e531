import { z } from 'zod';
import { characterSetProblem, characterSets } from './character-sets.ts';

/** What a server acts as: it provides (SCP), it calls (SCU), or both. */
export const roles = ['scp', 'scu', 'both'] as const;
export const Role = z.enum(roles, `The role is one of: ${roles.join(', ')}.`);
export type Role = z.infer<typeof Role>;

/** What a server is there for. `mwl`: worklist (PS3.4 K), `commit`: storage commitment (J), `print`: film (H). */
export const abilities = ['query', 'retrieve', 'send', 'mwl', 'commit', 'print'] as const;
export const Ability = z.enum(
  abilities,
  `What a server is used for is one or more of: ${abilities.join(', ')}.`,
);
export type Ability = z.infer<typeof Ability>;

/** Each once, in the order of the list; none: whatever it offers. */
export const Abilities = z
  .array(Ability)
  .transform((said) => abilities.filter((ability) => said.includes(ability)));

/** DICOM is with or without TLS; `both` is one archive that speaks DICOM and DICOMweb. */
export const protocols = ['dicom', 'dicomweb', 'both'] as const;
export const Protocol = z.enum(protocols, `The protocol is one of: ${protocols.join(', ')}.`);
export type Protocol = z.infer<typeof Protocol>;

/** `planned`: it may be tested only; `deprecated`: it works, with a warning; `obsolete`: nothing is asked of it. */
export const lifecycles = ['planned', 'approved', 'production', 'deprecated', 'obsolete'] as const;
export const Lifecycle = z.enum(lifecycles, `The status is one of: ${lifecycles.join(', ')}.`);
export type Lifecycle = z.infer<typeof Lifecycle>;

export const retrieveMethods = ['auto', 'c-move', 'c-get', 'dicomweb'] as const;
export const RetrieveMethod = z.enum(
  retrieveMethods,
  `The retrieve method is one of: ${retrieveMethods.join(', ')}.`,
);
export type RetrieveMethod = z.infer<typeof RetrieveMethod>;

/** Every term that a character set may be chosen by. */
export const characterSetTerms: readonly string[] = characterSets.map(({ term }) => term);

/** A value of (0008,0005) to ask with; `auto`: whatever the words that are asked for need. */
export const QueryCharacterSet = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const message = value === 'auto' ? null : characterSetProblem(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
export type QueryCharacterSet = z.infer<typeof QueryCharacterSet>;

/** A code of Modality (0008,0060), VR CS. */
export const ModalityCode = z
  .string()
  .regex(
    /^[A-Z0-9_ ]{1,16}$/,
    'A modality is a code of up to 16 capital letters, digits, spaces and underscores, such as CT.',
  );
