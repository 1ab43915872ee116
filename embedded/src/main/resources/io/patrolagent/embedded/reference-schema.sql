-- The fleet's side of the database: what the collectors write and a patrol only reads. The queries and tools that ship
-- work on exactly these names; whoever has other tables replaces the queries. Every time is a timestamptz, every score
-- is between 0 and 100.
create schema if not exists byoc;
create schema if not exists alerts;
create schema if not exists knowledge;

create table byoc.clusters (
  cluster_id     text primary key,
  cluster_name   text not null,
  account_id     text not null,                                   -- the cloud account it runs in, which is the customer's own
  customer_name  text not null,
  customer_tier  text not null check (customer_tier in ('S', 'A', 'B', 'C')),
  cloud          text not null,                                   -- 'aws', 'azure' or 'gcp'
  region         text not null,
  version        text not null,                                   -- which release of the engine it runs
  status         text not null check (status in ('active', 'suspended', 'terminated')),
  created_at     timestamptz not null
);

create table byoc.cluster_risk_snapshots (
  snapshot_id    bigint generated always as identity primary key,
  cluster_id     text not null references byoc.clusters,
  risk_level     text not null check (risk_level in ('Critical', 'Warning', 'Healthy')),
  reasons        jsonb not null default '[]',                     -- an array of {"code": …, "detail": …}; codes as in DISK_FILLING
  snapshot_at    timestamptz not null
);
create index on byoc.cluster_risk_snapshots (cluster_id, snapshot_at desc);

create table byoc.cluster_health_scores (
  score_id       bigint generated always as identity primary key,
  cluster_id     text not null references byoc.clusters,
  score          numeric(5, 2) not null check (score between 0 and 100),
  components     jsonb not null default '{}',                     -- a score for each part, as in {"disk": 41.0}
  scored_at      timestamptz not null
);
create index on byoc.cluster_health_scores (cluster_id, scored_at desc);

create table byoc.cluster_metrics (
  cluster_id     text not null references byoc.clusters,
  metric         text not null,                                   -- the unit is in the name: disk_used_percent, query_p99_ms
  sampled_at     timestamptz not null,
  value          double precision not null,
  primary key (cluster_id, metric, sampled_at)
);

create table byoc.cluster_nodes (                                 -- how the machines are now, one row each
  cluster_id     text not null references byoc.clusters,
  node_id        text not null,
  role           text not null,                                   -- 'frontend', 'backend' or 'compute'
  instance_type  text not null,
  zone           text not null,
  state          text not null check (state in ('running', 'restarting', 'unreachable', 'stopped')),
  restarts_24h   integer not null default 0,
  disk_total_gb  numeric not null,
  disk_used_gb   numeric not null,
  observed_at    timestamptz not null,
  primary key (cluster_id, node_id)
);

create table byoc.cluster_logs (
  log_id         bigint generated always as identity primary key,
  cluster_id     text not null references byoc.clusters,
  node_id        text,
  level          text not null check (level in ('DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL')),
  component      text not null,
  message        text not null,
  logged_at      timestamptz not null
);
create index on byoc.cluster_logs (cluster_id, logged_at desc);

create table alerts.lark_alerts (
  alert_id       bigint generated always as identity primary key,
  cluster_id     text not null references byoc.clusters,
  alert_name     text not null,
  severity       text not null check (severity in ('critical', 'warning', 'info')),
  status         text not null check (status in ('firing', 'resolved')),
  message        text not null,
  fired_at       timestamptz not null,
  resolved_at    timestamptz
);
create index on alerts.lark_alerts (fired_at desc);
create index on alerts.lark_alerts (cluster_id, fired_at desc);

create table alerts.issues (
  issue_id       bigint generated always as identity primary key,
  cluster_id     text not null references byoc.clusters,
  title          text not null,
  severity       text not null check (severity in ('critical', 'high', 'medium', 'low')),
  status         text not null check (status in ('ongoing', 'resolved')),
  opened_at      timestamptz not null,
  resolved_at    timestamptz
);
create index on alerts.issues (severity) where status = 'ongoing';

create table knowledge.documents (                                -- what was learnt before: the knowledge lake
  document_id    bigint generated always as identity primary key,
  kind           text not null check (kind in ('known_issue', 'incident', 'runbook')),
  title          text not null,
  body           text not null,
  tags           text[] not null default '{}',
  affected_versions text[] not null default '{}',
  published_at   timestamptz not null
);
