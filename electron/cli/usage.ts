export const usage = `Usage: cli VERB [options]

  echo      --host H --port P --called AE [--calling AE]
  find      --host H --port P --called AE [--calling AE] [--level study|series|image] -k Keyword[=value] …
  retrieve  --host H --port P --called AE [--calling AE] [--listen PORT] [--listen-host ADDRESS]
            --study UID [--series UID] --to DIR
  send      --host H --port P --called AE [--calling AE] PATH…
  listen    --port P --ae AE --to DIR [--host ADDRESS] [--no-fsync]
  check     FILE.ini

  Also: --home DIR, or GANTRY_HOME, whose settings give our own AE title where --calling is not given
  (GANTRY otherwise). We listen on 127.0.0.1 unless told.

  A TLS server: --tls, and where needed
    --ca FILE                      authorities to trust for it, instead of the system's; may be repeated
    --expected-name NAME           what its certificate is made out to, where that is not --host
    --cert FILE [--key FILE]       our certificate, if it asks for one: PEM
    --pfx FILE                     the same as PKCS#12 (.p12, .pfx)
    --passphrase-env VAR           the environment variable that holds the password of the key
    --no-verify                    accept any certificate

stdout carries one JSON object a line; words go to stderr. The exit code is 0 only when everything that
was asked for succeeded, 1 when something failed, 2 when the command was not understood.`;
