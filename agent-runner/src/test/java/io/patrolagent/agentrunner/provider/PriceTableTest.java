package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PriceTableTest {

  private static final ModelUsage MILLION =
      new ModelUsage(1_000_000, 0, 0, 1_000_000, BigDecimal.ZERO);

  @ParameterizedTest
  @CsvSource({
    "gpt-4.1, 10",
    "gpt-4.1-2025-04-14, 10",
    "gpt-4.1-mini, 2",
    "claude-sonnet-4-5-20250929, 18",
    "claude-haiku-4-5@20251001, 6",
    "gemini-2.5-flash-001, 2.8",
    "gemini-2.5-flash-latest, 2.8"
  })
  void aModelsVersionsCostWhatTheModelCosts(String model, BigDecimal usd) {
    assertThat(PriceTable.shipped().price(MILLION, model).costUsd()).isEqualByComparingTo(usd);
  }

  @Test
  void whatTheProviderCallsTheModelGoesBeforeWhatWasAskedFor() {
    PriceTable prices = PriceTable.shipped();
    assertThat(prices.price(MILLION, "gpt-5-nano", "gpt-4.1").costUsd())
        .isEqualByComparingTo("0.45");
    assertThat(prices.price(MILLION, "deployment-7", "gpt-4.1").costUsd())
        .isEqualByComparingTo("10");
  }

  @Test
  void tokensOfTheCacheHavePricesOfTheirOwn(@TempDir Path directory) throws Exception {
    // Given
    PriceTable prices =
        PriceTable.shipped()
            .overriddenBy(
                Files.writeString(
                    directory.resolve("p.csv"),
                    """
                    # contract of 2026
                    model,input,cached_input,cache_write,output
                    mine , 10 , 1 , 12.5 , 50
                    plain,10,,,50
                    """));
    ModelUsage usage = new ModelUsage(1000, 600, 100, 10, BigDecimal.ZERO);
    // Then: 300 at 10, 600 at 1, 100 at 12.50, 10 at 50; and all input at 10
    assertThat(prices.price(usage, "mine").costUsd()).isEqualByComparingTo("0.00535");
    assertThat(prices.price(usage, "plain").costUsd()).isEqualByComparingTo("0.0105");
    assertThat(prices.price(usage, "gpt-4.1").costUsd()).isPositive();
  }

  @Test
  void anUnknownModelIsFreeAndSaidOnce() {
    // Given
    Logger logger = (Logger) LoggerFactory.getLogger(PriceTable.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    PriceTable prices = PriceTable.shipped();
    // When
    ModelUsage priced = prices.price(MILLION, "llama-9", "llama-9");
    prices.price(MILLION, "llama-9", "llama-9");
    logger.detachAppender(said);
    // Then
    assertThat(priced).isEqualTo(MILLION);
    assertThat(said.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("llama-9")
        .contains("PATROL_LLM_PRICES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m,1,2,3", "m,1,2,3,x", "m,-1,,,2", ",1,,,2", "m,1,,,2,3", "m,,,,2"})
  void whatIsNoPriceIsRefusedWithItsLine(String line, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("p.csv"), "# first\n" + line + "\n");
    assertThatThrownBy(() -> PriceTable.shipped().overriddenBy(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2 must be ");
  }
}
