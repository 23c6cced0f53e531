import { FileKey, FileLock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { FileGrant } from '../../../../electron/contract/send.ts';
import { Button, Dialog, TextField } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import type { ImportActions, Importing } from './use-importing.ts';

type ImportDialogProps = Pick<
  ImportActions,
  'chooseFile' | 'changePassphrase' | 'finishImport' | 'closeImport'
> & { readonly importing: Importing | null };

/** Takes a certificate file, the key beside it and the passphrase; says why where it can't be taken. */
export function ImportDialog(props: ImportDialogProps): ReactElement {
  const { importing } = props;
  const isOurs = importing?.kind !== 'authorities';
  return (
    <Dialog
      isOpen={importing !== null}
      opensInside
      title={isOurs ? 'Import our certificate' : 'Import authorities'}
      actions={[
        { label: 'Cancel', kind: 'quiet', onPress: props.closeImport },
        {
          label: 'Import',
          kind: 'primary',
          onPress: props.finishImport,
          isDisabled: importing === null || importing.file === null || importing.isBusy,
        },
      ]}
      onClose={props.closeImport}
    >
      {importing === null ? null : isOurs ? (
        <OurFiles {...props} importing={importing} />
      ) : (
        <>
          <p className="muted">
            A file with the certificates of the authorities that signed a server’s (.pem, .crt, .cer, .p7b or
            .p12). Each server’s record says which of them it goes by.
          </p>
          <FileLine name="File" file={importing.file} onChoose={() => props.chooseFile('file')} />
        </>
      )}
      {importing?.failure === null || importing === null ? null : (
        <FailureNotice failure={importing.failure} who={{ server: 'the server', ourAeTitle: '' }} isNew />
      )}
    </Dialog>
  );
}

function OurFiles({
  importing,
  chooseFile,
  changePassphrase,
}: ImportDialogProps & { readonly importing: Importing }): ReactElement {
  return (
    <>
      <p className="muted">
        A PKCS#12 file (.p12, .pfx) holds the certificate and its private key. In PEM they are often two
        files: choose both.
      </p>
      <FileLine name="Certificate" file={importing.file} onChoose={() => chooseFile('file')} />
      <FileLine
        name="Private key, if in a file of its own"
        file={importing.keyFile}
        onChoose={() => chooseFile('keyFile')}
      />
      <TextField
        label="Passphrase"
        isSecret
        value={importing.passphrase}
        onChange={changePassphrase}
        hint="Of the file or of the key in it; empty where there is none"
      />
    </>
  );
}

function FileLine({
  name,
  file,
  onChoose,
}: {
  readonly name: string;
  readonly file: FileGrant | null;
  readonly onChoose: () => void;
}): ReactElement {
  return (
    <div className="certificate-file">
      <span className="overline">{name}</span>
      <span className="certificate-file-name">
        {file === null ? <FileKey aria-hidden /> : <FileLock aria-hidden />}
        <span>{file?.name ?? 'None chosen'}</span>
      </span>
      <Button onPress={onChoose} label={`Choose file: ${name}`}>
        Choose file…
      </Button>
    </div>
  );
}
