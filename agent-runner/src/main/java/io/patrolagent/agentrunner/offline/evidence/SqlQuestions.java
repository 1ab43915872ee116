package io.patrolagent.agentrunner.offline.evidence;

import io.patrolagent.common.sql.SqlDirectory;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The analyst's questions as text for {@code query_sql}, which takes no parameters: the names in a
 * file are replaced by literals. Immutable.
 */
public final class SqlQuestions {

  /** A name behind one colon; two of them are a cast. */
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  private static final String COMMENTS = "(?m)^--.*\\R?";

  private final Map<SqlQuestion, String> texts = new EnumMap<>(SqlQuestion.class);

  private SqlQuestions(SqlDirectory directory) {
    for (SqlQuestion question : SqlQuestion.values()) {
      String text = directory.read(SqlQuestions.class, question.file()).text();
      texts.put(question, text.replaceAll(COMMENTS, "").strip());
    }
  }

  /**
   * Of the operator's files before the shipped ones.
   *
   * @throws java.io.UncheckedIOException if one cannot be read as UTF-8
   */
  public static SqlQuestions load(SqlDirectory directory) {
    return new SqlQuestions(directory);
  }

  /** How old each region's scores are. */
  public String regions() {
    return text(SqlQuestion.REGIONS, Map.of());
  }

  /** What is noisy and well, in the day before that time. */
  public String noise(Instant until) {
    return text(SqlQuestion.NOISE, Map.of("until", time(until)));
  }

  /** What these clusters' logs complained of in the day before that time. */
  public String errors(Collection<String> clusterIds, Instant until) {
    String ids = clusterIds.stream().map(SqlQuestions::literal).collect(Collectors.joining(", "));
    return text(SqlQuestion.ERRORS, Map.of("until", time(until), "cluster_ids", ids));
  }

  /** How many clusters have each of these values. */
  public String sizes(Map<String, ? extends Collection<String>> valuesByDimension) {
    String traits =
        valuesByDimension.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(value -> "(" + literal(entry.getKey()) + ", " + literal(value) + ")"))
            .collect(Collectors.joining(", "));
    return text(SqlQuestion.SIZES, Map.of("traits", traits));
  }

  /** Each file's name with its question about nothing in particular, to be tried on a database. */
  public Map<String, String> samples() {
    Map<String, String> samples = new TreeMap<>();
    samples.put(SqlQuestion.REGIONS.file(), regions());
    samples.put(SqlQuestion.NOISE.file(), noise(Instant.EPOCH));
    samples.put(SqlQuestion.ERRORS.file(), errors(List.of("-"), Instant.EPOCH));
    samples.put(SqlQuestion.SIZES.file(), sizes(Map.of("region", List.of("-"))));
    return samples;
  }

  /** In one pass: what a value holds is not looked at again. */
  private String text(SqlQuestion question, Map<String, String> literals) {
    return NAME.matcher(texts.getOrDefault(question, ""))
        .replaceAll(
            name -> Matcher.quoteReplacement(literals.getOrDefault(name.group(1), name.group())));
  }

  private static String time(Instant time) {
    return "timestamptz '" + time + "'";
  }

  /** The values come from data: a quotation mark must not end the literal. */
  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
