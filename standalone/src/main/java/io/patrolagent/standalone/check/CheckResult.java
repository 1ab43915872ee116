package io.patrolagent.standalone.check;

import org.jspecify.annotations.Nullable;

/** What came of one check. A remedy is there where it failed. */
public record CheckResult(String name, Status status, String detail, @Nullable String remedy) {

  /** How it ended. */
  public enum Status {
    OK,
    FAILED,
    SKIPPED
  }

  static CheckResult ok(String name, String detail) {
    return new CheckResult(name, Status.OK, detail, null);
  }

  static CheckResult failed(String name, String detail, String remedy) {
    return new CheckResult(name, Status.FAILED, detail, remedy);
  }

  static CheckResult skipped(String name, String why) {
    return new CheckResult(name, Status.SKIPPED, why, null);
  }
}
