-- the manifest's warnings
SELECT 'no sessions file is loaded: the settlement is empty' AS text
WHERE NOT EXISTS (SELECT 1 FROM active_file WHERE kind = 'sessions')
