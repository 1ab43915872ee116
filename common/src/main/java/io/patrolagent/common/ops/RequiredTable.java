package io.patrolagent.common.ops;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table and those of its columns that a service cannot do without. */
record RequiredTable(String schema, String table, List<String> columns) {

  private static final Pattern FORM =
      Pattern.compile("(\\w+)\\.(\\w+)(?:\\s*\\(\\s*(\\w+(?:\\s*,\\s*\\w+)*)\\s*\\))?");

  static RequiredTable parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a required table must be schema.table or schema.table(column, …), got " + text);
    }
    String columns = matcher.group(3);
    return new RequiredTable(
        matcher.group(1),
        matcher.group(2),
        columns == null ? List.of() : Arrays.asList(columns.split("\\s*,\\s*")));
  }

  String qualifiedName() {
    return schema + "." + table;
  }
}
