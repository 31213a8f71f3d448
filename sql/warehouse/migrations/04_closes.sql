-- Format 4: closes stand in the warehouse too.
-- Those that the output folder has by now are taken in by the first command that knows the folder; until then close 0 says that they aren't.
CREATE TABLE close_record (
  close_no INTEGER PRIMARY KEY,
  policy_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  content VARCHAR NOT NULL
);
INSERT INTO close_record (close_no, policy_id, run_id, sha256, content) VALUES (0, '', '', '', '');

-- Rows of replaced files can be stored in a later file alone; none are yet.
CREATE TABLE row_elsewhere (
  file_no INTEGER NOT NULL, first_line BIGINT NOT NULL, last_line BIGINT NOT NULL,
  held_file_no INTEGER NOT NULL, held_line BIGINT NOT NULL
);
