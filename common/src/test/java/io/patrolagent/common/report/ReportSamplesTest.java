package io.patrolagent.common.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers in the manner of models of several makers, each with what is to be read of it beside it.
 * Run with {@code -Dpatrol.samples=rewrite} and read the difference after a change that is meant.
 */
class ReportSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> names() throws IOException {
    return Samples.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsWhatTheModelWrote(String name) throws IOException {
    ParsedReport report = ReportParser.parse(Samples.text(name), Samples.WRITTEN_AT);
    if ("rewrite".equals(System.getProperty("patrol.samples"))) {
      rewrite(name, report);
      return;
    }

    JsonNode expected = JSON.readTree(Samples.expectation(name));
    assertThat(Samples.shortForm(report)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyWordIsInAnEntryOrTheSectionIsWarnedAbout(String name) throws IOException {
    assertThat(Words.lost(Samples.text(name))).isEmpty();
  }

  @Test
  void thereAreAtLeastSixty() throws IOException {
    List<String> names = Samples.names();

    assertThat(names).hasSizeGreaterThanOrEqualTo(60);
  }

  private static void rewrite(String name, ParsedReport report) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    Path file = Path.of("src/test/resources").resolve(Samples.FOLDER).resolve(name + ".json");
    String root = System.getProperty("patrol.samples.root", ".");
    Files.writeString(
        Path.of(root).resolve(file),
        JSON.writer(printer).writeValueAsString(Samples.shortForm(report)) + "\n",
        UTF_8);
  }
}
