/**
 * Counted up with every change to the tables or to what is put into them. An index of another version
 * is thrown away and made again from the files, which are the truth.
 */
export const schemaVersion = 1;

export const schema = `
  CREATE TABLE studies (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    patient_name TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    patient_birth_date TEXT NOT NULL,
    patient_sex TEXT NOT NULL,
    date TEXT NOT NULL,
    time TEXT NOT NULL,
    description TEXT NOT NULL,
    accession_number TEXT NOT NULL
  ) STRICT;

  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    study INTEGER NOT NULL REFERENCES studies (id),
    uid TEXT NOT NULL,
    modality TEXT NOT NULL,
    number TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (study, uid)
  ) STRICT;

  CREATE TABLE instances (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL UNIQUE,
    study INTEGER NOT NULL REFERENCES studies (id),
    series INTEGER NOT NULL REFERENCES series (id),
    sop_class TEXT NOT NULL,
    transfer_syntax TEXT NOT NULL,
    number TEXT NOT NULL,
    position REAL,
    bytes INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    dataset_offset INTEGER NOT NULL,
    image TEXT,
    not_shown TEXT,
    pixels TEXT
  ) STRICT;

  CREATE INDEX instances_of_series ON instances (series);
  CREATE INDEX instances_of_study ON instances (study, bytes, received_at);
`;
