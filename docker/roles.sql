-- The three services' roles, each with what its service needs and no more. To be run by a superuser
-- with psql, after the fleet's own tables exist. Passwords come from the environment.
\getenv aggregator_password AGGREGATOR_PASSWORD
\getenv agent_runner_password AGENT_RUNNER_PASSWORD
\getenv report_sink_password REPORT_SINK_PASSWORD

create role patrol_aggregator login password :'aggregator_password';
create role patrol_agent_runner login password :'agent_runner_password';
create role patrol_report_sink login password :'report_sink_password';

-- The aggregator reads what the six queries read.
grant usage on schema byoc, alerts to patrol_aggregator;
grant select on
  byoc.clusters, byoc.cluster_risk_snapshots, byoc.cluster_health_scores,
  alerts.lark_alerts, alerts.issues
to patrol_aggregator;

-- The agent-runner's tools read all of the fleet's tables and the knowledge lake; it does not start on a
-- role that may do anything else.
grant usage on schema byoc, alerts, knowledge to patrol_agent_runner;
grant select on all tables in schema byoc, alerts, knowledge to patrol_agent_runner;

-- The report-sink checks reports against these.
grant usage on schema byoc, alerts to patrol_report_sink;
grant select on
  byoc.clusters, byoc.cluster_risk_snapshots, byoc.cluster_health_scores, byoc.cluster_nodes, byoc.cluster_metrics,
  alerts.lark_alerts, alerts.issues
to patrol_report_sink;

-- The report-sink makes alerts.patrol_reports and writes it; the other two may read it.
grant usage, create on schema alerts to patrol_report_sink;
alter default privileges for role patrol_report_sink in schema alerts
  grant select on tables to patrol_aggregator, patrol_agent_runner;
