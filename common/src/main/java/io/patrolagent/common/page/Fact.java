package io.patrolagent.common.page;

/** Something said of a report, and its name. */
record Fact(String name, String value) {

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
