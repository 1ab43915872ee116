package io.patrolagent.common.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How bad it is. A writer who answers with another scale of three means its highest by its highest:
 * {@code high} is critical, for a cluster that is looked at too early costs less than one too late.
 */
final class Severity implements Scale {

  static final Severity SCALE = new Severity();

  private static final Set<String> NAMES = Set.of("SEVERITY", "RISK", "RISKLEVEL", "LEVEL");
  private static final Pattern PARTS = Pattern.compile("[(),;:|/–—\\[\\]]|\\s-\\s");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("CRITICAL", "critical"),
          Map.entry("CRIT", "critical"),
          Map.entry("HIGH", "critical"),
          Map.entry("SEVERE", "critical"),
          Map.entry("MAJOR", "critical"),
          Map.entry("FATAL", "critical"),
          Map.entry("EMERGENCY", "critical"),
          Map.entry("P0", "critical"),
          Map.entry("P1", "critical"),
          Map.entry("SEV0", "critical"),
          Map.entry("SEV1", "critical"),
          Map.entry("RED", "critical"),
          Map.entry("🔴", "critical"),
          Map.entry("🚨", "critical"),
          Map.entry("WARNING", "warning"),
          Map.entry("WARN", "warning"),
          Map.entry("MEDIUM", "warning"),
          Map.entry("MODERATE", "warning"),
          Map.entry("MINOR", "warning"),
          Map.entry("P2", "warning"),
          Map.entry("SEV2", "warning"),
          Map.entry("AMBER", "warning"),
          Map.entry("YELLOW", "warning"),
          Map.entry("ORANGE", "warning"),
          Map.entry("🟠", "warning"),
          Map.entry("🟡", "warning"),
          Map.entry("⚠️", "warning"),
          Map.entry("⚠", "warning"),
          Map.entry("INFO", "info"),
          Map.entry("INFORMATIONAL", "info"),
          Map.entry("INFORMATION", "info"),
          Map.entry("NOTICE", "info"),
          Map.entry("LOW", "info"),
          Map.entry("P3", "info"),
          Map.entry("P4", "info"),
          Map.entry("SEV3", "info"),
          Map.entry("SEV4", "info"),
          Map.entry("🔵", "info"));

  private static final List<String> ORDER = List.of("critical", "warning", "info");

  private Severity() {}

  @Override
  public @Nullable String read(String written) {
    String whole = one(written);
    if (whole != null) {
      return whole;
    }
    // of two the graver
    List<String> words = words(written, PARTS);
    return ORDER.stream().filter(words::contains).findFirst().orElse(null);
  }

  @Override
  public boolean isWord(String written) {
    String letters = Scale.letters(written);
    return letters.equals("CRITICAL") || letters.equals("WARNING") || letters.equals("INFO");
  }

  @Override
  public boolean isName(String letters) {
    return NAMES.contains(letters);
  }

  @Override
  public @Nullable String one(String written) {
    String letters = Scale.letters(written);
    if (letters.endsWith("SEVERITY") || letters.endsWith("CLUSTERS")) {
      letters = letters.substring(0, letters.length() - 8);
    }
    return WORDS.get(letters.isEmpty() ? Blank.strip(written) : letters);
  }
}
