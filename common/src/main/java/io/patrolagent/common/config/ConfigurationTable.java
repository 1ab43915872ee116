package io.patrolagent.common.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The catalogue as an operator reads it: Markdown for the README, plain text for {@code --help}.
 */
public final class ConfigurationTable {

  private static final String ANY = "PATROL_KAFKA_…";

  private ConfigurationTable() {}

  /** A Markdown table of every setting, ending in a line end. */
  public static String markdown() {
    return Arrays.stream(Setting.values())
        .map(ConfigurationTable::row)
        .collect(
            Collectors.joining(
                "\n",
                "| variable | default | meaning | example | read by |\n|---|---|---|---|---|\n",
                "\n"));
  }

  /** The settings that one service reads, a line each. */
  public static String text(ServiceName service) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.readers().contains(service))
        .map(
            setting ->
                "  %-32s %s%s%s"
                    .formatted(
                        name(setting),
                        setting.meaning(),
                        setting.secret() ? " (secret: or " + setting.variable() + "_FILE)" : "",
                        setting.defaultValue().map(d -> " [" + d + "]").orElse("")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Setting setting) {
    String file = setting.secret() ? " or `" + setting.variable() + "_FILE`" : "";
    String readers =
        setting.readers().size() == ServiceName.values().length
            ? "all"
            : setting.readers().stream()
                .map(ServiceName::toString)
                .collect(Collectors.joining(", "));
    return "| `"
        + name(setting)
        + "`"
        + file
        + " | "
        + setting.defaultValue().map(d -> "`" + d + "`").orElse("")
        + " | "
        + setting.meaning().replace("|", "\\|")
        + " | `"
        + setting.example()
        + "` | "
        + readers
        + " |";
  }

  private static String name(Setting setting) {
    return setting == Setting.KAFKA_PROPERTIES ? ANY : setting.variable();
  }
}
