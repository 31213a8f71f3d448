-- Format 6: what the control desk counted.
CREATE TABLE control_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  session_id VARCHAR, date DATE, sessions INTEGER, rec_dwell_minutes DECIMAL(15, 2), amount DECIMAL(15, 2)
);
