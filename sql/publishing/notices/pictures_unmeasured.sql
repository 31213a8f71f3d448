-- notice: pictures_unmeasured      clause: V3      grain: code
-- reads: picture_fault      writes: notice_pictures_unmeasured (table)
-- why: pictures without a measurement of the policy's terms count as faulty, and may be sound.
SELECT 'pictures_unmeasured' AS code, 'attention' AS severity, '' AS file, '' AS subject, COUNT(*) AS count, '' AS value,
  counted(COUNT(*), 'picture') || ' ' || CASE WHEN COUNT(*) = 1 THEN 'has' ELSE 'have' END
    || ' no measurement by the terms of this policy, so nobody knows whether anything is wrong with them. Measure the folder with settle check pictures --csv, put the file among the exports, and run again.' AS message
FROM picture_fault AS f
WHERE f.fault IN ('not_measured', 'measured_otherwise')
HAVING COUNT(*) > 0
