-- Format 5: where money is sent, and what was paid; payments and reviews stand in the warehouse too.
CREATE TABLE payee_row (
  file_no INTEGER NOT NULL, line BIGINT NOT NULL,
  payee_type VARCHAR NOT NULL, payee_id VARCHAR NOT NULL, name VARCHAR, bank VARCHAR, account VARCHAR
);
CREATE TABLE payment_file (
  path VARCHAR PRIMARY KEY,
  sha256 VARCHAR NOT NULL,
  content VARCHAR NOT NULL
);
