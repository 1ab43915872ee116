package io.patrolagent.common.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The written-out answers of models, and what was read of one in a form short enough to review. */
final class Samples {

  static final Instant WRITTEN_AT = Instant.parse("2026-11-25T07:00:00Z");
  static final String FOLDER = "io/patrolagent/common/report/samples";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUOTED = 70;

  private Samples() {}

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .map(name -> name.substring(0, name.length() - ".md".length()))
          .sorted()
          .toList();
    }
  }

  static String text(String name) {
    return read(name + ".md");
  }

  static List<String> texts() {
    try {
      return names().stream().map(Samples::text).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String expectation(String name) {
    return read(name + ".json");
  }

  /** {@code warnings} are how each begins; {@code unwarned} are the sections that none names. */
  static JsonNode shortForm(ParsedReport report) {
    ObjectNode form = JSON.createObjectNode();
    ArrayNode missing = form.putArray("missing");
    report.missing().forEach(section -> missing.add(section.name()));
    ArrayNode unwarned = form.putArray("unwarned");
    for (ReportSection section : ReportSection.values()) {
      if (report.warnings().stream().noneMatch(w -> w.startsWith(section.name()))) {
        unwarned.add(section.name());
      }
    }
    form.put("narrative", report.fleetNarrative());
    ArrayNode clusters = form.putArray("clusters");
    for (FlaggedCluster c : report.flaggedClusters()) {
      clusters.add(
          line(c.clusterId(), c.severity(), c.reason()) + " " + JSON.valueToTree(c.keyMetrics()));
    }
    ArrayNode predictions = form.putArray("predictions");
    for (Prediction p : report.predictions()) {
      String hours =
          p.windowHoursTo() == null ? null : p.windowHoursFrom() + "-" + p.windowHoursTo();
      predictions.add(
          line(p.confidence(), p.clusterId(), p.event(), p.threshold(), p.window(), hours)
              + " <- "
              + p.text());
    }
    ArrayNode customers = form.putArray("customers");
    report
        .customerSummaries()
        .forEach(c -> customers.add(line(c.customer(), c.tier(), c.summary())));
    ArrayNode actions = form.putArray("actions");
    report.recommendedActions().forEach(a -> actions.add(line(a.urgency(), a.text())));
    ArrayNode warnings = form.putArray("warnings");
    report.warnings().forEach(w -> warnings.add(w.substring(0, Math.min(QUOTED + 30, w.length()))));
    return form;
  }

  private static String line(@Nullable String... parts) {
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      line.append(line.isEmpty() ? "" : " | ").append(part == null ? "-" : part);
    }
    return line.toString();
  }

  private static String read(String file) {
    try {
      return Files.readString(folder().resolve(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      var url = Samples.class.getResource("/" + FOLDER);
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
