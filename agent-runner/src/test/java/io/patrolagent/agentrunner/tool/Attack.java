package io.patrolagent.agentrunner.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An attack on {@code query_sql} as {@code attacks.sql} has it. */
record Attack(String name, String sql) {

  private static final String ANSWERS = "(answers) ";

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    String[] sections = ("\n" + text()).split("\n---- ", -1);
    for (int i = 1; i < sections.length; i++) { // before the first one is the comment
      String[] parts = sections[i].split("\n", 2);
      attacks.add(new Attack(parts[0].strip(), parts[1].strip()));
    }
    return attacks;
  }

  /** Whether the query is harmless, so that there is no need to refuse it. */
  boolean answers() {
    return name.startsWith(ANSWERS);
  }

  @Override
  public String toString() {
    return name;
  }

  private static String text() {
    try (InputStream in = Attack.class.getResourceAsStream("attacks.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
