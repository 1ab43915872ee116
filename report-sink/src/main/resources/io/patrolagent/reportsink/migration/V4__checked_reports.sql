-- What code found when it checked the report: against the data, against the report before, and what was looked at.
-- Additive: a report-sink of the version before goes on writing. Needs the table's owner.
alter table alerts.patrol_reports
  add column if not exists verification jsonb,
  add column if not exists diff jsonb,
  add column if not exists coverage jsonb;
