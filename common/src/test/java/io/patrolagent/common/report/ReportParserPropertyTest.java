package io.patrolagent.common.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every text and not only for those that somebody thought of. */
class ReportParserPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SAMPLES =
      Samples.texts().stream().filter(text -> text.length() < 5_000).toList();

  /** A report's entries, and its sections in some order with or without noise between. */
  record Written(
      String narrative,
      List<FlaggedCluster> clusters,
      List<Prediction> predictions,
      List<CustomerSummary> customers,
      List<RecommendedAction> actions,
      List<ReportSection> order,
      boolean noise) {}

  @Property(tries = 2_000, seed = "2026")
  void anyTextIsReadWithoutAnError(@ForAll String raw) {
    assertThat(ReportParser.parse(raw)).isNotNull();
  }

  @Property(tries = 3_000, seed = "2026")
  void aMutatedSampleIsReadWithoutAnErrorAndLosesNoWord(@ForAll("mutated") String raw) {
    assertThat(ReportParser.parse(raw, Samples.WRITTEN_AT)).isNotNull();
    assertThat(Words.lost(raw)).isEmpty();
  }

  @Property(tries = 500, seed = "2026")
  void theSameTextIsAlwaysReadTheSame(@ForAll("mutated") String raw) {
    assertThat(ReportParser.parse(raw)).isEqualTo(ReportParser.parse(raw));
  }

  @Property(tries = 1_000, seed = "2026")
  void whatWasWrittenInTheFormatIsReadBack(@ForAll("reports") Written written) {
    ParsedReport read = ReportParser.parse(format(written));

    assertThat(read.missing()).isEmpty();
    assertThat(read.fleetNarrative()).isEqualTo(written.narrative());
    assertThat(read.flaggedClusters()).isEqualTo(written.clusters());
    assertThat(read.predictions().stream().map(p -> new Prediction(p.confidence(), p.text())))
        .isEqualTo(written.predictions());
    assertThat(read.customerSummaries()).isEqualTo(written.customers());
    assertThat(read.recommendedActions()).isEqualTo(written.actions());
    assertThat(read.warnings().isEmpty()).isEqualTo(!written.noise());
  }

  /** Writing what was read and reading it again changes nothing. */
  @Property(tries = 1_000, seed = "2026")
  void readingIsIdempotent(@ForAll("mutated") String raw) {
    ParsedReport once = ReportParser.parse(raw);
    String again =
        bullets(
            "PREDICTIONS",
            once.predictions().stream()
                .map(
                    p -> p.confidence() == null ? p.text() : "[" + p.confidence() + "] " + p.text())
                .toList());
    ParsedReport twice = ReportParser.parse(again);
    if (once.predictions().stream().allMatch(p -> isOneLine(p.text()))) {
      assertThat(twice.predictions().stream().map(Prediction::confidence).toList())
          .isEqualTo(once.predictions().stream().map(Prediction::confidence).toList());
      assertThat(twice.predictions().stream().map(Prediction::text).toList())
          .isEqualTo(once.predictions().stream().map(Prediction::text).toList());
    }
  }

  private static boolean isOneLine(String text) {
    // an item that is a section's name would head that section where there is no better heading
    return text.matches("[a-zA-Z][\\w ,.%-]*")
        && Heading.read("- " + text).isEmpty()
        && !Prose.isNothing(text);
  }

  private static String bullets(String section, List<String> items) {
    StringBuilder text = new StringBuilder("## " + section + "\n");
    items.forEach(item -> text.append("- ").append(item).append('\n'));
    return text.toString();
  }

  @Provide
  Arbitrary<String> mutated() {
    return Combinators.combine(
            Arbitraries.of(SAMPLES), Arbitraries.integers().between(1, 4), Arbitraries.longs())
        .as((sample, times, seed) -> mutate(sample, times, new Random(seed)));
  }

  private static String mutate(String sample, int times, Random random) {
    StringBuilder text = new StringBuilder(sample);
    for (int i = 0; i < times && text.length() > 2; i++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.setLength(at);
        case 2 -> text.insert(at, text.substring(at, to));
        case 3 -> text.insert(at, " zq" + random.nextInt(1_000) + "x ");
        case 4 -> text.setCharAt(at, "\"'{}[],:#*-|`\n\\<>".charAt(random.nextInt(17)));
        default -> text.insert(at, "\n## " + ReportSection.values()[random.nextInt(5)] + "\n");
      }
    }
    return text.toString();
  }

  @Provide
  Arbitrary<Written> reports() {
    return Combinators.combine(
            sentences(),
            clusters().list().ofMaxSize(5),
            predictions().list().ofMinSize(1).ofMaxSize(5),
            customers().list().ofMinSize(1).ofMaxSize(4),
            actions().list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.shuffle(ReportSection.values()),
            Arbitraries.of(true, false))
        .as(Written::new);
  }

  private static Arbitrary<String> sentences() {
    Arbitrary<String> word =
        Arbitraries.oneOf(
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8),
            Arbitraries.of(
                "c-1042", "91.5 %", "größer", "集群", "ACME's", "(really)", "a/b", "x=y", "14:00"));
    return word.list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(words -> "The " + String.join(" ", words) + " grows.");
  }

  private static Arbitrary<FlaggedCluster> clusters() {
    Arbitrary<String> id =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(20).map(text -> ("c" + text).strip());
    Arbitrary<JsonNode> metric =
        Arbitraries.oneOf(
            Arbitraries.integers().map(IntNode::valueOf),
            Arbitraries.doubles().between(0.001, 1e6).ofScale(3).map(DoubleNode::valueOf),
            Arbitraries.strings().ofMaxLength(10).map(TextNode::valueOf));
    return Combinators.combine(
            id,
            Arbitraries.of("critical", "warning", "info"),
            Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(text -> !text.isBlank()),
            metric.list().ofMaxSize(4))
        .as(
            (clusterId, severity, reason, values) -> {
              Map<String, JsonNode> metrics = new LinkedHashMap<>();
              for (int i = 0; i < values.size(); i++) {
                metrics.put("metric_" + i, values.get(i));
              }
              return new FlaggedCluster(clusterId, severity, reason, metrics);
            });
  }

  private static Arbitrary<Prediction> predictions() {
    return Combinators.combine(Arbitraries.of("High", "Medium", "Low"), sentences())
        .as(Prediction::new);
  }

  private static Arbitrary<RecommendedAction> actions() {
    return Combinators.combine(Arbitraries.of("Immediate", "Today", "This Week"), sentences())
        .as(RecommendedAction::new);
  }

  private static Arbitrary<CustomerSummary> customers() {
    return Combinators.combine(
            Arbitraries.of("ACME", "Müller & Söhne", "O'Neill (EMEA)", "腾云科技", "7-Eleven"),
            Arbitraries.of("S", "A"),
            sentences())
        .as(CustomerSummary::new);
  }

  private static String format(Written written) {
    List<String> sections = new ArrayList<>();
    for (ReportSection section : written.order()) {
      sections.add("## " + section.name() + "\n" + body(section, written));
    }
    String noise = written.noise() ? "\n\n## Noise\nzzz\n\n" : "\n\n";
    return String.join(noise, sections) + noise;
  }

  private static String body(ReportSection section, Written written) {
    return switch (section) {
      case FLEET_NARRATIVE -> written.narrative();
      case FLAGGED_CLUSTERS -> {
        List<Object> elements = new ArrayList<>();
        for (FlaggedCluster cluster : written.clusters()) {
          Map<String, Object> element = new LinkedHashMap<>();
          element.put("cluster_id", cluster.clusterId());
          element.put("severity", cluster.severity());
          element.put("reason", cluster.reason());
          element.put("key_metrics", cluster.keyMetrics());
          elements.add(element);
        }
        yield JSON.valueToTree(elements).toPrettyString();
      }
      case PREDICTIONS ->
          lines(
              written.predictions().stream()
                  .map(p -> "[" + p.confidence() + "] " + p.text())
                  .toList());
      case CUSTOMER_SUMMARIES ->
          lines(
              written.customers().stream()
                  .map(c -> "**" + c.customer() + "** (Tier " + c.tier() + "): " + c.summary())
                  .toList());
      case RECOMMENDED_ACTIONS ->
          lines(written.actions().stream().map(a -> "[" + a.urgency() + "] " + a.text()).toList());
    };
  }

  private static String lines(List<String> items) {
    return "- " + String.join("\n- ", items);
  }
}
