package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", // no connection
        "08006", // it broke
        "53100", // the disk is full
        "53300", // too many connections
        "57P01", // it shuts down
        "57P03", // it starts
        "58030", // the disk fails
        "25006", // it is a replica
        "40001", // serialization
        "40P01", // deadlock
        "55P03" // locked
      })
  void aDatabaseThatCannotWorkNowPasses(String state) {
    assertThat(DatabaseFailure.passing(wrapped(new SQLException("no", state))))
        .contains("no (SQLSTATE " + state + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22001", // the value is too long
        "23505", // it is there already
        "25P02", // the transaction has failed
        "40002", // a constraint at the commit
        "42501", // not permitted
        "42P01", // no such table
        "53400", // the statement takes more than an operator allows
        "57014" // cancelled
      })
  void whatIsAskedOfADatabaseDoesNotPass(String state) {
    assertThat(DatabaseFailure.passing(wrapped(new SQLException("no", state)))).isEmpty();
  }

  @Test
  void aPoolWithoutAFreeConnectionPasses() {
    SQLException busy = new SQLTransientConnectionException("no connection is available");

    assertThat(DatabaseFailure.passing(wrapped(busy))).contains("no connection is available");
  }

  @Test
  void whatIsNoFailureOfADatabaseDoesNotPass() {
    assertThat(DatabaseFailure.passing(new IOException("no space left on device"))).isEmpty();
    assertThat(DatabaseFailure.passing(new SQLException("of the driver"))).isEmpty();
  }

  @Test
  void anAnswerThatTookTooLongIsForAProbeToJudge() {
    var overdue =
        new SQLException("no answer", "08006", new SocketTimeoutException("Read timed out"));

    assertThat(DatabaseFailure.passing(wrapped(overdue))).isEmpty();
  }

  private static Exception wrapped(SQLException failure) {
    return new IllegalStateException("the query failed", failure);
  }
}
