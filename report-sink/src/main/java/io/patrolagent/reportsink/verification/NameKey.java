package io.patrolagent.reportsink.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A figure's name without what writers vary: its words in any order, other words for the same
 * replaced, and its unit apart. {@code disk_usage_pct}, {@code Disk used (%)} and {@code
 * diskUsedPercent} have the same key. An empty key names nothing.
 */
record NameKey(String key, @Nullable Unit unit) {

  private static final int LONGEST = 120;
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}%]+");

  /** They add nothing to what is counted. */
  private static final Set<String> FILLERS =
      Set.of(
          "used",
          "usage",
          "use",
          "utilization",
          "utilisation",
          "util",
          "current",
          "latest",
          "now",
          "value",
          "count",
          "number",
          "num",
          "total",
          "of",
          "the",
          "in",
          "per",
          "avg",
          "mean",
          "is",
          "cluster",
          "level",
          "at");

  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("mem", "memory"),
          Map.entry("cert", "certificate"),
          Map.entry("certs", "certificate"),
          Map.entry("tls", "certificate"),
          Map.entry("repl", "replication"),
          Map.entry("qps", "query second"),
          Map.entry("rps", "query second"),
          Map.entry("queries", "query"),
          Map.entry("requests", "query"),
          Map.entry("remaining", "left"),
          Map.entry("expiry", "left"),
          Map.entry("expires", "left"),
          Map.entry("until", "left"),
          Map.entry("storage", "disk"),
          Map.entry("volume", "disk"),
          Map.entry("disks", "disk"),
          Map.entry("failing", "firing"),
          Map.entry("active", "firing"),
          Map.entry("ongoing", "open"),
          Map.entry("restarted", "restart"),
          Map.entry("restarts", "restart"));

  /** What a writer calls one of the fleet's own columns. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "customer", "customer name",
          "tier", "customer tier",
          "name", "name cluster",
          "risk", "risk",
          "rating", "risk",
          "health", "health score");

  static NameKey of(String name) {
    String cut = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    String[] words = APART.split(CAMEL.matcher(cut).replaceAll(" ").toLowerCase(Locale.ROOT));
    TreeSet<String> key = new TreeSet<>();
    Unit unit = null;
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i].replace("%", "");
      boolean percent = words[i].endsWith("%");
      boolean rate = i > 0 && words[i - 1].equals("per");
      Unit of = percent ? Unit.PERCENT : Unit.of(word);
      if (of != null
          && !rate
          && (word.length() > 1 || percent || (i > 0 && i == words.length - 1))) {
        unit = of;
        dropped.add(word);
      } else if (!word.isEmpty() && !FILLERS.contains(word)) {
        key.addAll(Arrays.asList(SAME.getOrDefault(word, singular(word)).split(" ")));
      }
    }
    if (key.isEmpty() && dropped.isEmpty() && words.length > 0) {
      return new NameKey(String.join(" ", words).strip(), null);
    }
    String joined = String.join(" ", key);
    String column = COLUMNS.get(joined);
    return new NameKey(column == null ? joined : sorted(column), unit);
  }

  private static String sorted(String words) {
    return String.join(" ", new TreeSet<>(Arrays.asList(words.split(" "))));
  }

  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")
        ? word.substring(0, word.length() - 1)
        : word;
  }
}
