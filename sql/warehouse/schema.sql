-- The warehouse: every file that was ever loaded, and each of its rows as it was read.
-- Rows are never changed. A file that a later load replaced keeps its rows and says by which load it was replaced.

CREATE TABLE warehouse_format (version VARCHAR NOT NULL);

-- One command that loaded something; numbered from 1.
CREATE TABLE load (
  load_no INTEGER PRIMARY KEY,
  loaded_at TIMESTAMP NOT NULL        -- Beijing
);

-- grain: file_no, which is also the order in which files stand (a replaced file stands where it was loaded last).
CREATE TABLE export_file (
  file_no INTEGER PRIMARY KEY,
  load_no INTEGER NOT NULL,
  file VARCHAR NOT NULL,              -- base name
  kind VARCHAR NOT NULL,              -- sessions, anchors, penalties, scarcity, agencies, payees, control
  sha256 VARCHAR NOT NULL,            -- of the file as it lay in the folder
  rows BIGINT NOT NULL,               -- records below the header
  unknown_columns VARCHAR[] NOT NULL, -- header cells that the contract doesn't know
  replaced_by_load INTEGER,           -- null while the file stands
  withdrawn BIGINT NOT NULL,          -- of the file of that name that it replaced: rows whose key it lacks
  stamp VARCHAR NOT NULL,             -- size, times and number of the file as it was read; blank where it had just been written
  columns VARCHAR[],                  -- known columns that its header has, by their English names; null of a file that format 2 held
  reading VARCHAR NOT NULL            -- how it was read (src/load/reading.ts), as JSON
);

-- What a load saw of a file besides its rows; sql/notices says what of it is told. Counts of one thing may stand in several rows.
CREATE TABLE file_seen (
  file_no INTEGER NOT NULL,
  what VARCHAR NOT NULL,              -- open_line, minutes_only, doubtful_encoding, shrank, long_id, point_zero_id, null_word,
                                      -- header (how many cells it has, of a file with a ragged row), title_rows, other_sheets,
                                      -- merged, zoned (date cells that end with Z), formula_zero, midnight (every time of the file is), lost_column (the earlier file of that name had it), named_column (the settings have a name for it), correction_undone
  column_name VARCHAR,
  cells BIGINT,                       -- how many; of `shrank`, the rows withdrawn
  among BIGINT,                       -- of how many: ids of 16 digits or more, ids; of title_rows, the cells of the fullest; of other_sheets, those with a header; of formula_zero, all formulas
  value VARCHAR                       -- the last cell of a line without an end; the first title; the names of the sheets; the name that the settings have; the correcting file
);

-- How a column is kept is said for the large tables: trying every way takes as long as storing the rows. Where words repeat, what
-- DuckDB chooses unasked is as small and as quick, and `dictionary` is refused by DuckDB 2 in its own storage.
CREATE TABLE session_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL USING COMPRESSION bitpacking,
  session_id VARCHAR NOT NULL USING COMPRESSION uncompressed, anchor_id VARCHAR NOT NULL USING COMPRESSION uncompressed,
  started_at TIMESTAMP NOT NULL USING COMPRESSION bitpacking, ended_at TIMESTAMP NOT NULL USING COMPRESSION bitpacking,   -- Beijing (C2)
  settleable BOOLEAN NOT NULL, quality_level TINYINT NOT NULL USING COMPRESSION bitpacking, track VARCHAR NOT NULL,
  rec_dwell_minutes DECIMAL(15, 2) NOT NULL USING COMPRESSION bitpacking, unit_price DECIMAL(12, 6) USING COMPRESSION bitpacking,
  scarcity_index DECIMAL(7, 3) USING COMPRESSION bitpacking, effective_seconds BIGINT NOT NULL USING COMPRESSION bitpacking,
  suspended BOOLEAN NOT NULL, opted_out BOOLEAN NOT NULL, replay_deleted_at TIMESTAMP USING COMPRESSION bitpacking
);

CREATE TABLE anchor_row (
  file_no INTEGER NOT NULL USING COMPRESSION bitpacking, line BIGINT NOT NULL USING COMPRESSION bitpacking,
  anchor_id VARCHAR NOT NULL USING COMPRESSION uncompressed, nickname VARCHAR USING COMPRESSION uncompressed,
  agency_id VARCHAR USING COMPRESSION uncompressed, account_kind VARCHAR NOT NULL,
  first_live_on DATE NOT NULL USING COMPRESSION bitpacking, newcomer_certified_on DATE USING COMPRESSION bitpacking,
  person_id VARCHAR USING COMPRESSION uncompressed, compliance_code VARCHAR NOT NULL
);

CREATE TABLE penalty_row (
  file_no INTEGER NOT NULL USING COMPRESSION bitpacking, line BIGINT NOT NULL USING COMPRESSION bitpacking,
  penalty_id VARCHAR NOT NULL USING COMPRESSION uncompressed, anchor_id VARCHAR USING COMPRESSION uncompressed,
  agency_id VARCHAR USING COMPRESSION uncompressed, session_id VARCHAR USING COMPRESSION uncompressed,
  kind VARCHAR NOT NULL, penalized_at TIMESTAMP NOT NULL USING COMPRESSION bitpacking,
  status VARCHAR NOT NULL
);

CREATE TABLE scarcity_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  track VARCHAR NOT NULL, effective_from DATE NOT NULL, scarcity_index DECIMAL(7, 3) NOT NULL
);

CREATE TABLE agency_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  agency_id VARCHAR NOT NULL, name VARCHAR
);

CREATE TABLE payee_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  payee_type VARCHAR NOT NULL, payee_id VARCHAR NOT NULL, name VARCHAR, bank VARCHAR, account VARCHAR
);

-- What the control desk counted, of a session or of a date.
CREATE TABLE control_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  session_id VARCHAR, date DATE, sessions INTEGER, rec_dwell_minutes DECIMAL(15, 2), amount DECIMAL(15, 2)
);

-- A row left out for its form, or because its copies in one file contradict each other. grain: file_no, line
CREATE TABLE unsound_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  session_ended_at TIMESTAMP,          -- a session's end where it can be read: outside the period it is no fault
  cells MAP(VARCHAR, VARCHAR),         -- its cells that aren't blank, by column; of a ragged row by place from 1. Null of a row that format 2 held
  width INTEGER                        -- how many cells a ragged row has
);

-- Why. grain: file_no, line, column_name, code
CREATE TABLE row_fault (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  column_name VARCHAR, code VARCHAR NOT NULL, cell VARCHAR
);

-- A row that says the same as an earlier one of its file. grain: file_no, line
CREATE TABLE collapsed_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  session_ended_at TIMESTAMP
);

-- Rows of a replaced file that are stored in a later file of its name alone, for they are the same there (settle compact).
-- Lines that follow each other in both are one entry. grain: file_no, first_line
CREATE TABLE row_elsewhere (
  file_no INTEGER NOT NULL, first_line BIGINT NOT NULL, last_line BIGINT NOT NULL,
  held_file_no INTEGER NOT NULL, held_line BIGINT NOT NULL -- where the first of them is stored
);

-- What a person has accepted: notices by what they say, quarantined rows by what they hold.
CREATE TABLE acceptance (
  acceptance_no INTEGER PRIMARY KEY,
  accepted_at TIMESTAMP NOT NULL,      -- Beijing
  accepted_by VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  run_id VARCHAR                       -- null: notices of the place
);
CREATE TABLE accepted_notice (
  acceptance_no INTEGER NOT NULL,
  code VARCHAR NOT NULL, file VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  count BIGINT,                        -- so many or fewer are accepted
  value VARCHAR NOT NULL
);
CREATE TABLE accepted_row (
  acceptance_no INTEGER NOT NULL,
  kind VARCHAR NOT NULL, code VARCHAR NOT NULL, column_name VARCHAR NOT NULL,
  record VARCHAR NOT NULL              -- sha256 of the record's cells
);

-- Notices of the place, as a night or a run saw them. grain: sighting_no, then a notice
CREATE TABLE place_sighting (
  sighting_no INTEGER PRIMARY KEY,
  seen_at TIMESTAMP NOT NULL,          -- Beijing
  seen_by VARCHAR NOT NULL             -- nightly or run
);
CREATE TABLE place_notice (
  sighting_no INTEGER NOT NULL,
  code VARCHAR NOT NULL, severity VARCHAR NOT NULL, file VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  count BIGINT, value VARCHAR NOT NULL, message VARCHAR NOT NULL
);

-- The closes of the output folder, as they stand there too; each is the other's copy. grain: close_no
CREATE TABLE close_record (
  close_no INTEGER PRIMARY KEY,        -- from 1; 0 and blank while a warehouse of a format before 4 hasn't taken the folder's closes in
  policy_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, -- whose folder close.json lies in
  sha256 VARCHAR NOT NULL,             -- of close.json
  content VARCHAR NOT NULL             -- close.json, byte for byte
);

-- The batches of payments and the reviews of the output folder, as they stand there too; each is the other's copy. grain: path
CREATE TABLE payment_file (
  path VARCHAR PRIMARY KEY,            -- below the output folder, with forward slashes
  sha256 VARCHAR NOT NULL,             -- of the content
  content VARCHAR NOT NULL             -- the file, byte for byte
);

-- Signatures of closes and what agencies dispute, as they stand in the output folder too; each is the other's copy. grain: path
CREATE TABLE kept_file (
  path VARCHAR PRIMARY KEY,            -- below the output folder, with forward slashes
  sha256 VARCHAR NOT NULL,             -- of the content
  content VARCHAR NOT NULL             -- the file, byte for byte
);
