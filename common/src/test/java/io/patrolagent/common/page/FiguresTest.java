package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "91|91",
        "91.184|91.18",
        "0.5|0.5",
        "-0.5|-0.5",
        "-12.25|-12.25",
        "1234567|1,234,567",
        "1e20|1.0E20",
        "NaN|NaN",
        "0|0",
        "-0.001|0",
        "99999.999|100,000"
      })
  void aNumberIsAsShortAsItCanBe(double number, String written) {
    assertThat(Figures.number(number)).isEqualTo(written);
  }
}
