-- Format 8: files that people put beside the runs, or sign them with, stand in the warehouse too.
CREATE TABLE kept_file (path VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL, content VARCHAR NOT NULL);
