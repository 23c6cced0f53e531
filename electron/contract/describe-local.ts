import { describeCertificateFailure } from './describe-certificate-failure.ts';
import type { Failure, FileCause, StorageCause } from './failure.ts';
import type { Description } from './failure-words.ts';

export function describeListen(failure: Extract<Failure, { step: 'listen' }>): Description {
  const { address, port } = failure;
  switch (failure.cause) {
    case 'in-use':
      return {
        title: `Port ${port} is already in use on this computer.`,
        explanation: `Another program, or a second copy of this one, listens at ${address}, port ${port}.`,
        suggestion:
          'Close that program, or choose another listen port and tell it to the administrators of your servers.',
      };
    case 'denied':
      return {
        title: `This program may not listen at port ${port}.`,
        explanation: 'The operating system keeps ports below 1024 for programs with more rights.',
        suggestion:
          'Choose a listen port from 1024 up, such as 11112, and tell it to the administrators of your servers.',
      };
    case 'no-such-address':
      return {
        title: `This computer does not have the address ${address}.`,
        explanation:
          'It can listen only at addresses of its own; the address may have changed with the network.',
        suggestion:
          'Set the listen address to one of this computer’s addresses, or to 0.0.0.0 for all of them.',
      };
    case 'certificate':
      return describeListenTls(failure);
    case 'broken':
      return {
        title: `Port ${port} could not be opened.`,
        explanation: `The operating system refused to listen at ${address}, port ${port}.`,
        suggestion: 'Try another listen port. If that fails too, ask the administrator of this computer.',
      };
  }
}

function describeListenTls({
  port,
  why,
}: Extract<Failure, { step: 'listen'; cause: 'certificate' }>): Description {
  const title = `This viewer does not listen at port ${port}: it has no certificate to show.`;
  const nothing = 'Listening with TLS is on, and nothing is taken in plain instead.';
  if (why === 'none-chosen') {
    return {
      title,
      explanation: `${nothing} No certificate is chosen for it.`,
      suggestion:
        'Choose one in Settings, Receiving; it is imported in Settings, Certificates. Or turn “Listen with TLS” off.',
    };
  }
  if (why === 'unknown') {
    return {
      title,
      explanation: `${nothing} The one that was chosen is not here any more.`,
      suggestion: 'Choose another certificate in Settings, Receiving, or import this one again.',
    };
  }
  const { title: cause, suggestion } = describeCertificateFailure({
    step: 'certificate',
    cause: why,
    detail: '',
  });
  return { title, explanation: `${nothing} ${cause}`, suggestion };
}

export function describeStorage(failure: Extract<Failure, { step: 'storage' }>): Description {
  const { title, explanation, suggestion } = storageWords[failure.cause];
  return { title, explanation: withDetail(explanation, failure.detail), suggestion };
}

const storageWords: Readonly<Record<StorageCause, Description>> = {
  full: {
    title: 'The disk with the archive is full.',
    explanation: 'What did not fit was refused, so the server knows that it is not here.',
    suggestion: 'Free some space, or choose another archive folder in Settings. Then try again.',
  },
  denied: {
    title: 'This program may not write into the archive folder.',
    explanation: 'The operating system refused it.',
    suggestion:
      'Choose another archive folder in Settings, or ask the administrator of this computer for the right to write there.',
  },
  conflict: {
    title: 'Another image with the same number is already here.',
    explanation:
      'An object with the same SOP Instance UID but other content came in. The one that was here first is kept, the new one refused.',
    suggestion: 'Ask the administrator of the server that sent it why two objects share one UID.',
  },
  mismatch: {
    title: 'An object came in under a wrong number.',
    explanation: 'The UIDs inside it differ from those it was announced with, so it was refused.',
    suggestion: 'Ask the administrator of the server that sent it to look into this object.',
  },
  unreadable: {
    title: 'A stored object can’t be read.',
    explanation: 'Its file in the archive is damaged, missing or not encoded as it claims.',
    suggestion: 'Retrieve the study again.',
  },
  limit: {
    title: 'More came in at once than is taken from one sender.',
    explanation:
      'What went beyond the limit of one association was refused, so the server knows that it is not here.',
    suggestion: 'Have the rest sent again on a new association, or retrieve it from here.',
  },
  broken: {
    title: 'The archive can’t be used at the moment.',
    explanation: 'Reading or writing it failed.',
    suggestion: 'Check the disk or network drive with the archive folder, then try again.',
  },
};

export function describeFile(failure: Extract<Failure, { step: 'file' }>): Description {
  const { title, explanation, suggestion } = fileWords[failure.cause];
  return { title, explanation: withDetail(explanation, failure.detail), suggestion };
}

const fileWords: Readonly<Record<FileCause, Description>> = {
  missing: {
    title: 'The file is gone.',
    explanation: 'It was moved, renamed or deleted, or its drive was removed.',
    suggestion: 'Add it again from where it is now.',
  },
  denied: {
    title: 'The file may not be read.',
    explanation: 'The operating system refused it.',
    suggestion: 'Ask the owner of the file or the administrator of this computer for the right to read it.',
  },
  empty: {
    title: 'The file is empty.',
    explanation: 'It has no content at all.',
    suggestion: 'Get a new copy of it.',
  },
  'not-dicom': {
    title: 'This is not a DICOM file.',
    explanation: 'It has neither the DICOM prefix nor a data set that can be recognised.',
    suggestion: null,
  },
  dicomdir: {
    title: 'This is the table of contents of a DICOM disc (DICOMDIR).',
    explanation: 'It lists images but is none itself.',
    suggestion: 'Add the folder it is in, to send the images it lists.',
  },
  damaged: {
    title: 'The file is damaged.',
    explanation: 'It begins like DICOM but can’t be read to the end of its header.',
    suggestion: 'Get a new copy of it.',
  },
  changed: {
    title: 'The file changed while it was in use.',
    explanation: 'It is not what it was when it was added.',
    suggestion: 'Wait until it is complete, then add it again.',
  },
  'not-transcodable': {
    title: 'The file can’t be converted to that transfer syntax.',
    explanation: 'No copy was made, and the file itself is as it was.',
    suggestion: 'Choose another transfer syntax, or send the file as it is.',
  },
  'not-written': {
    title: 'The file could not be saved.',
    explanation: 'Nothing was written; what was there before is as it was.',
    suggestion: 'Choose another folder, or free some space, then save again.',
  },
};

function withDetail(explanation: string, detail: string): string {
  return detail === '' ? explanation : `${explanation} (${detail})`;
}
