-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is kept of a page beside what was read: how a person turned it, and why it had better be scanned again.

-- The steps that a person decided, as JSON (scanning.reading.wire); NULL while the reader finds them out.
ALTER TABLE pages ADD COLUMN steps TEXT;
-- Names of scanning.page_reading.Advice with spaces between; NULL for a good page, and for one read before.
ALTER TABLE pages ADD COLUMN advice TEXT;
