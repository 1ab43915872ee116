package io.patrolagent.reportsink.migration;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * A migration that has to wait for a table gives up soon, to be tried again: while it waits for
 * whoever reads, all writers wait behind it.
 */
final class ShortLocks extends BaseCallback {

  private static final String WAIT_FOR_A_SECOND = "set local lock_timeout = '1s'";

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  /** Within the migration's own transaction, so that the connection forgets it afterwards. */
  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute(WAIT_FOR_A_SECOND);
    } catch (SQLException e) {
      throw new FlywayException("the migration's patience cannot be limited", e);
    }
  }
}
