import { ByteReader } from './byte-reader.ts';
import { decodeUserInformation, noUserInformation } from './decode-user-information.ts';
import { uidFrom } from './uid-text.ts';
import { AbortReason, PduError } from './pdu.ts';
import type {
  Abort,
  AssociateAc,
  AssociateRj,
  AssociateRq,
  ContextAnswer,
  ContextProposal,
  UserInformation,
} from './pdu.ts';

const Item = {
  ApplicationContext: 0x10,
  ContextProposal: 0x20,
  ContextAnswer: 0x21,
  AbstractSyntax: 0x30,
  TransferSyntax: 0x40,
  UserInformation: 0x50,
} as const;

/** Ids are the odd numbers 1 to 255, once each. */
const maximumContexts = 128;

/** @throws PduError (PS3.8 §9.3.2) */
export function decodeAssociateRq(body: Buffer): AssociateRq {
  const { head, items } = decodeAssociate(body);
  const contexts = itemsOf(items, Item.ContextProposal).map(decodeContextProposal);
  checkContextIds(contexts);
  return { ...head, contexts };
}

/** @throws PduError (PS3.8 §9.3.3) */
export function decodeAssociateAc(body: Buffer): AssociateAc {
  const { head, items } = decodeAssociate(body);
  const contexts = itemsOf(items, Item.ContextAnswer).map(decodeContextAnswer);
  checkContextIds(contexts);
  return { ...head, contexts };
}

/** @throws PduError (PS3.8 §9.3.4) */
export function decodeAssociateRj(body: Buffer): AssociateRj {
  const reader = new ByteReader(body);
  reader.skip(1);
  return { result: reader.uint8(), source: reader.uint8(), reason: reader.uint8() };
}

/** @throws PduError (PS3.8 §9.3.8) */
export function decodeAbort(body: Buffer): Abort {
  const reader = new ByteReader(body);
  reader.skip(2);
  return { source: reader.uint8(), reason: reader.uint8() };
}

interface ItemBytes {
  readonly type: number;
  readonly body: Buffer;
}

interface AssociateHead {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContextUid: string;
  readonly userInformation: UserInformation;
}

function decodeAssociate(body: Buffer): {
  readonly head: AssociateHead;
  readonly items: readonly ItemBytes[];
} {
  const reader = new ByteReader(body);
  const protocolVersion = reader.uint16();
  reader.skip(2);
  const calledAeTitle = aeTitleFrom(reader.text(16));
  const callingAeTitle = aeTitleFrom(reader.text(16));
  reader.skip(32);
  const items = readItems(reader);
  const applicationContext = onlyItem(items, Item.ApplicationContext);
  const userInformation = onlyItem(items, Item.UserInformation);
  return {
    items,
    head: {
      protocolVersion,
      calledAeTitle,
      callingAeTitle,
      applicationContextUid: applicationContext === null ? '' : uidFrom(applicationContext),
      userInformation: userInformation === null ? noUserInformation : decodeUserInformation(userInformation),
    },
  };
}

/** Items of types we don't know are read past, as the standard asks. */
function readItems(reader: ByteReader): readonly ItemBytes[] {
  const items: ItemBytes[] = [];
  while (reader.left > 0) {
    const type = reader.uint8();
    reader.skip(1);
    items.push({ type, body: reader.bytes(reader.uint16()) });
  }
  return items;
}

function decodeContextProposal(body: Buffer): ContextProposal {
  const reader = new ByteReader(body);
  const id = reader.uint8();
  reader.skip(3);
  const items = readItems(reader);
  const abstractSyntax = onlyItem(items, Item.AbstractSyntax);
  if (abstractSyntax === null) throw invalid(`presentation context ${id} has no abstract syntax`);
  return {
    id,
    abstractSyntaxUid: uidFrom(abstractSyntax),
    transferSyntaxUids: itemsOf(items, Item.TransferSyntax).map(uidFrom),
  };
}

/** The transfer syntax of a refused context is not significant; some peers send none, or rubbish. */
function decodeContextAnswer(body: Buffer): ContextAnswer {
  const reader = new ByteReader(body);
  const id = reader.uint8();
  reader.skip(1);
  const result = reader.uint8();
  reader.skip(1);
  if (result !== 0) return { id, result, transferSyntaxUid: '' };
  const transferSyntax = onlyItem(readItems(reader), Item.TransferSyntax);
  if (transferSyntax === null) throw invalid(`presentation context ${id} accepted in no transfer syntax`);
  return { id, result, transferSyntaxUid: uidFrom(transferSyntax) };
}

function checkContextIds(contexts: readonly { readonly id: number }[]): void {
  const ids = new Set(contexts.map((context) => context.id));
  if (contexts.length > maximumContexts) throw invalid(`${contexts.length} presentation contexts`);
  if (ids.size !== contexts.length) throw invalid('a presentation context id comes twice');
  for (const id of ids) if (id % 2 !== 1) throw invalid(`presentation context id ${id}`);
}

function itemsOf(items: readonly ItemBytes[], type: number): readonly Buffer[] {
  return items.filter((item) => item.type === type).map((item) => item.body);
}

function onlyItem(items: readonly ItemBytes[], type: number): Buffer | null {
  const [first, second] = itemsOf(items, type);
  if (second !== undefined) throw invalid(`item ${type.toString(16)} comes twice`);
  return first ?? null;
}

/** Spaces around it are not significant (PS3.8 Table 9-11); NULs are what some pad with. */
function aeTitleFrom(text: string): string {
  // eslint-disable-next-line no-control-regex -- NULs are what is looked for
  return text.replace(/^[ \0]+|[ \0]+$/g, '');
}

function invalid(message: string): PduError {
  return new PduError(AbortReason.InvalidPduParameterValue, message);
}
