export const usage = `Usage: cli VERB [options]

  echo      --host H --port P --called AE [--calling AE]
  find      --host H --port P --called AE [--calling AE] [--model study|patient|worklist]
            [--level patient|study|series|image] [--charset TERM] [--decode-as TERM]
            -k Keyword[=value] … -k Sequence.Keyword[=value] …
  retrieve  --host H --port P --called AE [--calling AE] [--method move|get|auto] [--prefer COMPRESSION]
            [--listen PORT] [--listen-host ADDRESS] --study UID [--series UID] --to DIR
  send      --host H --port P --called AE [--calling AE] [--associations N]
            [--transcode SYNTAX [--transcode-all] [--lossy QUALITY]] PATH…
  commit    --host H --port P --called AE [--calling AE] [--listen PORT] [--listen-host ADDRESS]
            [--wait SECONDS] PATH…
  commit    --pending --home DIR [--listen PORT] [--listen-host ADDRESS] [--wait SECONDS]
  listen    --port P --ae AE --to DIR [--host ADDRESS] [--no-fsync]
  test      HOST PORT AE [--calling AE] [--listen PORT] [--listen-host ADDRESS] [--send-one-image]
            [--json | --report csv]
  check     FILE.ini … [--strict] [--echo [--calling AE] [--secret-env SERVER=VAR]] [--json]
  export-ini  [--home DIR] [--to FILE]
  links     [--home DIR] [--admin-ini FILE] [--days N] [--json | --report csv]

  Also: --home DIR, or GANTRY_HOME, whose settings give our own AE title where --calling is not given
  (GANTRY otherwise). We listen on 127.0.0.1 unless told.

  retrieve: move has the server send to us on --listen (11112), get takes it on our own connection, auto
  tries the first and then the other, and says so. --prefer: as-stored, uncompressed, rle, jpeg-lossless, …
  send: files go as they are, on up to 4 associations. --transcode sends copies of those whose own syntax
  the server refuses (of all with --transcode-all): explicit, implicit, rle, jpeg-ls-lossless, …, or a UID.
  commit: asks the server to answer for what these files hold, and waits 60 s for its report, on the same
  association or on --listen (11112). With --home a request without a report stays open for --pending.

  check: reads administrators' files as the app does, several in their order, and says file:line:column of
  each fault; --strict judges as a register does, --json puts all on stdout. --echo tries each server: C-ECHO,
  and QIDO-RS where it has a web address; the variable holds the password or token of that server.
  export-ini: writes the servers that a person keeps as an administrator's file, to stdout or to a file.
  links: each declared link beside what the app has really seen of it, and what differs; a link of which
  nothing was seen for --days (30) counts as gone quiet. The exit code is 1 where something differs.

  A TLS server: --tls, and where needed
    --ca FILE                      authorities to trust for it, instead of the system's; may be repeated
    --expected-name NAME           what its certificate is made out to, where that is not --host
    --cert FILE [--key FILE]       our certificate, if it asks for one: PEM
    --pfx FILE                     the same as PKCS#12 (.p12, .pfx)
    --passphrase-env VAR           the environment variable that holds the password of the key
    --no-verify                    accept any certificate

stdout carries one JSON object a line (test, links: a report, unless --json); words go to stderr. The exit code is 0
only when everything that was asked for succeeded, 1 when something failed, 2 when the command was not understood.`;
