-- One row for every patrol: the report, or why there is none.
-- Needs no superuser: usage and create on the schema alerts, or create on the database where the
-- schema does not exist yet.
do $$
begin
  if not exists (select from pg_catalog.pg_namespace where nspname = 'alerts') then
    create schema alerts;
  end if;
end
$$;

create table alerts.patrol_reports (
  report_id            uuid        primary key,                     -- the patrol's id
  agent_type           text        not null default 'patrol',
  report_type          text,                                        -- null: the trigger was unreadable
  triggered_by         text,
  scope                jsonb,
  focus                text,
  retry_of             uuid,
  status               text        not null
    constraint patrol_reports_status_check
    check (status in ('completed', 'partial', 'degraded', 'failed', 'expired')),
  fleet_narrative      text,
  flagged_clusters     jsonb       not null default '[]',
  predictions          jsonb       not null default '[]',
  customer_summaries   jsonb       not null default '[]',
  recommended_actions  jsonb       not null default '[]',
  raw_report           text,
  fleet_snapshot       jsonb,
  warnings             jsonb       not null default '[]',
  error                text,                                        -- why there is no report
  llm_provider         text,
  llm_model            text,
  input_tokens         bigint,                                      -- cached ones included
  cached_input_tokens  bigint,
  output_tokens        bigint,
  cost_usd             numeric,
  rounds               integer,
  tool_calls           integer,
  duration_ms          bigint,                                      -- the agent's active time
  requested_at         timestamptz,
  started_at           timestamptz,
  finished_at          timestamptz not null,
  announced_at         timestamptz,                                 -- its event was published
  source_topic         text        not null,                        -- the record that the row came from
  source_topic_id      text        not null,
  source_partition     integer     not null,
  source_offset        bigint      not null
);

create index patrol_reports_finished_at_idx
  on alerts.patrol_reports (finished_at desc);
create index patrol_reports_report_type_finished_at_idx
  on alerts.patrol_reports (report_type, finished_at desc);

comment on table alerts.patrol_reports is 'One row for every patrol of PatrolAgent, written by its report-sink';
