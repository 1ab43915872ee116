package io.patrolagent.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 7 * * *           | 2026-11-24T07:00 | 2026-11-25T07:00",
        "0 7 * * *           | 2026-11-24T06:59 | 2026-11-24T07:00",
        "30 6 * * MON-FRI    | 2026-11-27T06:30 | 2026-11-30T06:30",
        "30 6 * * mon,sun    | 2026-11-27T06:30 | 2026-11-29T06:30",
        "0 9 * * 7           | 2026-11-24T00:00 | 2026-11-29T09:00",
        "0 9 * * 0           | 2026-11-24T00:00 | 2026-11-29T09:00",
        "0 0 29 2 *          | 2026-11-24T00:00 | 2028-02-29T00:00",
        "0 12 13 * FRI       | 2026-11-24T00:00 | 2026-11-27T12:00",
        "0 12 13 * FRI       | 2026-12-12T00:00 | 2026-12-13T12:00",
        "5/20 * * * *        | 2026-11-24T00:05 | 2026-11-24T00:25",
        "0 22 * JAN *        | 2026-11-24T00:00 | 2027-01-01T22:00"
      })
  void theNextMatchIsCrontabs(String expression, String after, String next) {
    assertThat(Cron.parse(expression).next(LocalDateTime.parse(after)))
        .isEqualTo(LocalDateTime.parse(next));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 7 * *          | 4 parts",
        "0 0 7 * * *      | 6 parts",
        "61 7 * * *       | 61 not in range [0, 59]",
        "0 7 * * FRI-MON  | Invalid range",
        "0 7 * * MON#1    | MON#1",
        "@daily           | must be a cron expression of five fields (minute, hour, day of month",
        "at seven         | must be a cron expression of five fields",
        "0 0 30 2 *       | matches some day",
        "0 0 31 4,6 *     | matches some day"
      })
  void whatIsNoExpressionIsRefusedWithItsRule(String expression, String rule) {
    assertThatThrownBy(() -> Cron.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be a cron expression")
        .hasMessageContaining(rule);
  }

  /** The library against the plain reading, on expressions that nobody chose. */
  @Test
  void expressionsOfAllKindsMatchTheSameMinutesAsAPlainReadingOfThem() {
    Random random = new Random(20261124);
    for (int i = 0; i < 60; i++) {
      String expression =
          String.join(
              " ",
              field(random, 0, 59),
              field(random, 0, 23),
              field(random, 1, 28),
              field(random, 1, 12),
              field(random, 0, 7));
      Cron cron = Cron.parse(expression);
      PlainCron plain = PlainCron.of(expression);
      LocalDateTime minute = LocalDateTime.of(2026, 1, 1, 0, 0).plusDays(random.nextInt(700));
      LocalDateTime next = cron.next(minute);
      do {
        minute = minute.plusMinutes(1);
      } while (!plain.matches(minute));
      assertThat(next).as(expression).isEqualTo(minute);
    }
  }

  private static String field(Random random, int min, int max) {
    int from = min + random.nextInt(max - min);
    int to = from + random.nextInt(max - from + 1);
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(from);
      case 1 -> from + "," + to;
      case 2 -> from + "-" + to;
      case 3 -> "*/" + (1 + random.nextInt(max - 1));
      default -> "*";
    };
  }
}
