package io.patrolagent.systemtests.process;

import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;

/** A fleet's tables, and the roles that a DBA sets up for least privilege. */
public final class FleetDatabase {

  /** May read; aggregator and agent-runner log in as it. */
  public static final String READER = "patrol_reader";

  /** Owns the table of reports; the report-sink logs in as it. */
  public static final String SINK = "patrol_sink";

  private static final String ROLES =
      """
      create role patrol_reader login;
      grant usage on schema byoc, alerts, knowledge to patrol_reader;
      grant select on all tables in schema byoc, alerts, knowledge to patrol_reader;
      create role patrol_sink login;
      grant usage on schema byoc, knowledge to patrol_sink;
      grant usage, create on schema alerts to patrol_sink;
      grant select on all tables in schema byoc, alerts, knowledge to patrol_sink;
      alter default privileges for role patrol_sink in schema alerts
        grant select on tables to patrol_reader;
      """;

  private FleetDatabase() {}

  /** Makes both in an empty database, as its superuser. */
  public static void prepare(Connection connection, int clusters) throws Exception {
    ReferenceSchema.create(connection);
    new DemoFleet(FleetOptions.defaults(Instant.now()).withClusters(clusters)).load(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROLES);
    }
  }

  /** The role that a service logs in as. */
  public static String roleOf(String module) {
    return module.equals("report-sink") ? SINK : READER;
  }
}
