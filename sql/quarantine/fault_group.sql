-- what: faults alike: of one file and column, with cells of one form      grain: file, column_name, code, hint, form
-- reads: fault_hint, quarantine_line, row_hint, active_file      writes: fault_group (view)
-- why: a hundred rows with the same fault are one thing to correct. A form is the cell with its digits as 9 and its letters as a.
-- A group is shown by its first line. A row that is no record has one fault, whatever its cells; where no single cell is at fault there is no form but the counts of a ragged row.
WITH whole_row AS (
  SELECT DISTINCT q.file_no, q.line, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS code, r.hint, r.detail,
    CAST(NULL AS VARCHAR) AS cell, '' AS form, CAST(NULL AS BIGINT) AS width, CAST(NULL AS BIGINT) AS header_width
  FROM quarantine_line AS q
  JOIN row_hint AS r ON r.file_no = q.file_no AND r.line = q.line
),
one_cell AS (
  SELECT h.file_no, h.line, h.column_name, h.code, h.hint, h.detail, h.cell,
    CASE WHEN h.code LIKE 'bad%' OR h.code IN ('too_precise', 'out_of_range', 'ends_before_start', 'effective_exceeds_duration')
        THEN regexp_replace(regexp_replace(h.cell, '[0-9]+', '9', 'g'), '\p{L}+', 'a', 'g')
      WHEN h.width IS NOT NULL THEN h.width || ' of ' || h.header_width
      ELSE '' END AS form,
    h.width, h.header_width
  FROM fault_hint AS h
  WHERE h.hint IS NULL OR h.hint NOT IN ('total_line', 'header_line')
),
alike AS (
  SELECT f.file_no, f.column_name, f.code, f.hint, arg_min(f.detail, f.line) AS detail, f.form, arg_min(f.cell, f.line) AS cell,
    min(f.line) AS line, min(f.width) AS width, min(f.header_width) AS header_width, count(*) AS faulty_rows
  FROM (SELECT * FROM whole_row UNION ALL BY NAME SELECT * FROM one_cell) AS f
  GROUP BY f.file_no, f.column_name, f.code, f.hint, f.form
)
SELECT a.file, a.kind, a.rows, g.column_name, g.code, g.hint, g.detail, g.form, g.line, g.cell, g.width, g.header_width, g.faulty_rows
FROM alike AS g
JOIN active_file AS a ON a.file_no = g.file_no
