-- Format 3: how each file was read, what its load saw, the cells of rows that were left out, what was accepted, and notices of the place.
-- Files that format 2 held were read by the first reader; which columns they had, and what their faulty rows held, isn't known any more.
ALTER TABLE export_file ADD COLUMN columns VARCHAR[];
ALTER TABLE export_file ADD COLUMN reading VARCHAR DEFAULT '{"reader":1}';
ALTER TABLE export_file ALTER COLUMN reading SET NOT NULL;
ALTER TABLE export_file ALTER COLUMN reading DROP DEFAULT;
ALTER TABLE unsound_row ADD COLUMN cells MAP(VARCHAR, VARCHAR);
ALTER TABLE unsound_row ADD COLUMN width INTEGER;
CREATE TABLE file_seen (
  file_no INTEGER NOT NULL,
  what VARCHAR NOT NULL,
  column_name VARCHAR,
  cells BIGINT,
  among BIGINT,
  value VARCHAR
);
CREATE TABLE acceptance (
  acceptance_no INTEGER PRIMARY KEY,
  accepted_at TIMESTAMP NOT NULL,
  accepted_by VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  run_id VARCHAR
);
CREATE TABLE accepted_notice (
  acceptance_no INTEGER NOT NULL,
  code VARCHAR NOT NULL, file VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  count BIGINT,
  value VARCHAR NOT NULL
);
CREATE TABLE accepted_row (
  acceptance_no INTEGER NOT NULL,
  kind VARCHAR NOT NULL, code VARCHAR NOT NULL, column_name VARCHAR NOT NULL,
  record VARCHAR NOT NULL
);
CREATE TABLE place_sighting (
  sighting_no INTEGER PRIMARY KEY,
  seen_at TIMESTAMP NOT NULL,
  seen_by VARCHAR NOT NULL
);
CREATE TABLE place_notice (
  sighting_no INTEGER NOT NULL,
  code VARCHAR NOT NULL, severity VARCHAR NOT NULL, file VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  count BIGINT, value VARCHAR NOT NULL, message VARCHAR NOT NULL
);
