-- A patrol may also be rejected, cancelled, or share another's report; and it may have been promised by a time.
-- Additive: a report-sink of the version before goes on writing. Needs the table's owner.
alter table alerts.patrol_reports
  add column if not exists due_at timestamptz,     -- the report was promised by then
  add column if not exists shared_with uuid;       -- the patrol that makes this one's report

alter table alerts.patrol_reports
  drop constraint if exists patrol_reports_status_check,
  add constraint patrol_reports_status_check
    check (status in ('completed', 'partial', 'degraded', 'failed', 'expired',
                      'rejected', 'cancelled', 'shared'));
