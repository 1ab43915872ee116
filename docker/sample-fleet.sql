-- Twenty invented clusters, so that a patrol of an otherwise empty database has something to say.
insert into byoc.clusters
select 'c-' || lpad(n::text, 4, '0'), 'cluster-' || n, 'acct-' || (n % 5),
       (array['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli'])[n % 5 + 1],
       (array['S', 'A', 'B', 'B', 'C'])[n % 5 + 1],
       'aws', (array['eu-west-1', 'us-east-1'])[n % 2 + 1], '3.2.1', 'active', now() - interval '90 days'
  from generate_series(1, 20) n;

insert into byoc.cluster_health_scores (cluster_id, score, scored_at)
select cluster_id,
       case cluster_id when 'c-0005' then 41 when 'c-0011' then 66 else 93 end,
       now() - interval '10 minutes'
  from byoc.clusters;

insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, reasons, snapshot_at)
select cluster_id,
       case cluster_id when 'c-0005' then 'Critical' when 'c-0011' then 'Warning' else 'Healthy' end,
       case cluster_id
         when 'c-0005' then '[{"code": "DISK_FILLING", "detail": "data disk at 91 %"}]'::jsonb
         when 'c-0011' then '[{"code": "QUERY_LATENCY", "detail": "p99 at 2.4 s"}]'::jsonb
         else '[]'::jsonb
       end,
       now() - interval '10 minutes'
  from byoc.clusters;

insert into alerts.lark_alerts (cluster_id, alert_name, severity, status, message, fired_at)
values ('c-0005', 'DiskUsageHigh', 'critical', 'firing', 'data disk at 91 %', now() - interval '2 hours');

insert into alerts.issues (cluster_id, title, severity, status, opened_at)
values ('c-0005', 'Disk of the data node fills up', 'high', 'ongoing', now() - interval '1 hour');
