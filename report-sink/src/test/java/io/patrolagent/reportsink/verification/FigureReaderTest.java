package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.reportsink.verification.Quantity.Bound;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FigureReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "91 %|91.0|PERCENT",
        "91%|91.0|PERCENT",
        "90.7 percent|90.7|PERCENT",
        "3,5 GB|3.5|GIGABYTE",
        "16GiB|16.0|GIBIBYTE",
        "250 ms|250.0|MILLISECOND",
        "31 h|31.0|HOUR",
        "31-hour|31.0|HOUR",
        "2 days|2.0|DAY",
        "2 h 15 min|135.0|MINUTE",
        "1 day and 4 hours|28.0|HOUR",
        "4k|4000.0|",
        "4.2M|4200000.0|",
        "3 million|3000000.0|",
        "4'000|4000.0|",
        "4 000|4000.0|",
        "1.234,5|1234.5|",
        "1,234.5|1234.5|",
        "12,345,678|12345678.0|",
        "−3|-3.0|",
        "3x|3.0|",
      })
  void aNumberIsReadWithItsUnit(String text, double value, String unit) {
    Figure.Amount amount = (Figure.Amount) only("It is " + text + ", as measured.");

    assertThat(amount.quantity().readings()).extracting(Reading::value).containsExactly(value);
    assertThat(String.valueOf(amount.quantity().unit())).isEqualTo(String.valueOf(unit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4,000", "4.000"})
  void whatMayBeThousandsOrAFractionIsReadAsBoth(String text) {
    Figure.Amount amount = (Figure.Amount) only(text);

    assertThat(amount.quantity().readings())
        .extracting(Reading::value)
        .containsExactlyInAnyOrder(4.0, 4000.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c-0042",
        "p99",
        "eu-west-1",
        "CMP-2107",
        "node_3",
        "the 3rd",
        "24-48 h",
        "24–48 hours",
        "#42",
        "http://host:8080/a/7",
        "UTF8",
        "5xx"
      })
  void digitsInNamesAndRangesAreNone(String text) {
    assertThat(FigureReader.read("See " + text + " there.")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.2.1", "v3.2.1", "3.2.1-rc1", "version 3.2", "v3.2"})
  void aVersionIsNoNumber(String text) {
    assertThat(only("on " + text)).isInstanceOf(Figure.Version.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T14:00:00Z",
        "2026-11-25 14:00 UTC",
        "25 Nov 14:00 UTC",
        "25 November 2026 at 14:00 UTC",
        "Nov 25, 14:00",
        "November 25th, 2026 14:00",
      })
  void aTimeIsOneFigureHoweverItIsWritten(String text) {
    Figure.Time time = (Figure.Time) only("It was " + text + ".");

    assertThat(time.moment().instants(Checked.NOW))
        .satisfies(
            interval ->
                assertThat(
                        interval.has(
                            java.time.Instant.parse("2026-11-25T14:00:00Z").getEpochSecond()))
                    .isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "about 40,ABOUT",
    "~40,ABOUT",
    "more than 40,OVER",
    ">= 40,OVER",
    "under 40,UNDER",
    "40,EXACT"
  })
  void theWordsBeforeSayHowExactItIsMeant(String text, Bound bound) {
    assertThat(((Figure.Amount) only("at " + text)).quantity().bound()).isEqualTo(bound);
  }

  @Test
  void aFractionIsTwoNumbers() {
    assertThat(FigureReader.read("3/5 nodes")).hasSize(2);
  }

  private static Figure only(String text) {
    List<Figure> figures = FigureReader.read(text);
    assertThat(figures).as(text).hasSize(1);
    return figures.get(0);
  }
}
