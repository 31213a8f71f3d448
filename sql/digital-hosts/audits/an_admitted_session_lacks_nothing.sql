-- audit: an_admitted_session_lacks_nothing
-- why: a session that lacks something and isn't told of is paid for.
SELECT l.session_id FROM lack AS l
EXCEPT
SELECT u.session_id FROM unadmitted AS u
