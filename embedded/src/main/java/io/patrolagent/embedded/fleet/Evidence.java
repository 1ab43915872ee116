package io.patrolagent.embedded.fleet;

/**
 * Rows that show an incident: a table, a condition that selects them there, and what they say.
 * {@code where} is plain SQL with literal times, so that it still selects the same rows later.
 */
public record Evidence(String table, String where, String meaning) {

  public Evidence {
    requireText("table", table);
    requireText("where", where);
    requireText("meaning", meaning);
  }

  private static void requireText(String component, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("evidence: " + component + " must not be blank");
    }
  }
}
