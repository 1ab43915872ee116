package io.patrolagent.agentrunner.provider;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tokens cost, by model, in USD per million. A model that is not in it costs nothing, which is
 * said once for each. Thread-safe.
 *
 * <p>The form is CSV: {@code model,input,cached_input,cache_write,output}, where the two in the
 * middle may be empty and are then the input's price; lines that start with {@code #} are comments.
 */
final class PriceTable {

  private static final Logger LOG = LoggerFactory.getLogger(PriceTable.class);
  private static final String HEADER = "model,input,cached_input,cache_write,output";
  private static final int MILLION = 6;

  /** What providers add to a model's name for one of its versions: a date, a number, latest. */
  private static final Pattern VERSION =
      Pattern.compile("[-@](?:\\d{8}|\\d{4}-\\d{2}-\\d{2}|\\d{3}|latest)$");

  private final Map<String, Price> prices;
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  private PriceTable(Map<String, Price> prices) {
    this.prices = Map.copyOf(prices);
  }

  /** The published list prices that the product ships; the file says of when. */
  static PriceTable shipped() {
    try (InputStream file =
        Objects.requireNonNull(PriceTable.class.getResourceAsStream("prices.csv"))) {
      return new PriceTable(parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException("the shipped prices cannot be read", e);
    }
  }

  /**
   * These prices, and before them those of the file.
   *
   * @throws IllegalArgumentException if a line is not a price; names line and rule
   */
  PriceTable overriddenBy(Path file) throws IOException {
    Map<String, Price> merged = new HashMap<>(prices);
    merged.putAll(parse(Files.readString(file)));
    return new PriceTable(merged);
  }

  /** The usage with its cost, by the first of the names that has a price. */
  ModelUsage price(ModelUsage usage, String... models) {
    Optional<Price> price = Stream.of(models).flatMap(model -> find(model).stream()).findFirst();
    if (price.isEmpty() && usage.tokens() > 0 && unknown.add(models[models.length - 1])) {
      LOG.warn(
          "no price is known for model {}: its calls count as free; PATROL_LLM_PRICES can name one",
          models[models.length - 1]);
    }
    return new ModelUsage(
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.cacheWriteTokens(),
        usage.outputTokens(),
        price.map(found -> found.of(usage)).orElse(BigDecimal.ZERO));
  }

  private Optional<Price> find(String model) {
    return Optional.ofNullable(prices.get(model))
        .or(() -> Optional.ofNullable(prices.get(VERSION.matcher(model).replaceFirst(""))));
  }

  private static Map<String, Price> parse(String csv) {
    Map<String, Price> parsed = new HashMap<>();
    List<String> lines = csv.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#") && !line.equals(HEADER)) {
        String[] fields = line.split("\\s*,\\s*", -1);
        parsed.put(fields[0], price(fields, i + 1));
      }
    }
    return parsed;
  }

  private static Price price(String[] fields, int line) {
    try {
      if (fields.length == 5 && !fields[0].isEmpty()) {
        BigDecimal input = new BigDecimal(fields[1]);
        return new Price(
            input,
            fields[2].isEmpty() ? input : new BigDecimal(fields[2]),
            fields[3].isEmpty() ? input : new BigDecimal(fields[3]),
            new BigDecimal(fields[4]));
      }
    } catch (IllegalArgumentException notANumber) {
      // the same answer as for a line of another form
    }
    throw new IllegalArgumentException(
        "line " + line + " must be " + HEADER + " with prices of 0 or more");
  }

  private record Price(
      BigDecimal input, BigDecimal cachedInput, BigDecimal cacheWrite, BigDecimal output) {

    Price {
      if (Stream.of(input, cachedInput, cacheWrite, output).anyMatch(p -> p.signum() < 0)) {
        throw new IllegalArgumentException("a price must be 0 or more");
      }
    }

    BigDecimal of(ModelUsage usage) {
      long plain =
          Math.max(0, usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens());
      return input
          .multiply(BigDecimal.valueOf(plain))
          .add(cachedInput.multiply(BigDecimal.valueOf(usage.cachedInputTokens())))
          .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWriteTokens())))
          .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
          .movePointLeft(MILLION)
          .stripTrailingZeros();
    }
  }
}
