package io.patrolagent.agentrunner;

import io.patrolagent.common.ops.Database;
import io.patrolagent.common.patrol.PatrolId;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code alerts.patrol_reports}: a patrol that has one has ended. Before the first
 * migration there is no such table, and so no patrol that has ended.
 */
final class ReportRows implements FinishedPatrols {

  private final Database database;

  ReportRows(Database database) {
    this.database = database;
  }

  @Override
  public boolean contains(PatrolId patrol) {
    return database.jdbi().withHandle(handle -> tableExists(handle) && hasRow(handle, patrol));
  }

  private static boolean tableExists(Handle handle) {
    return handle
        .createQuery("select to_regclass('alerts.patrol_reports') is not null")
        .mapTo(Boolean.class)
        .one();
  }

  private static boolean hasRow(Handle handle, PatrolId patrol) {
    return handle
        .createQuery(
            """
            select exists (select from alerts.patrol_reports where report_id = :patrol)
            """)
        .bind("patrol", patrol.value())
        .mapTo(Boolean.class)
        .one();
  }
}
