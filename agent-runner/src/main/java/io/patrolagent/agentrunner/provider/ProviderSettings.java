package io.patrolagent.agentrunner.provider;

import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.config.Setting;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which providers, how they are reached, and the limits of calls to them. {@code access} has an
 * entry for each of {@code order} but the offline one.
 */
public final class ProviderSettings {

  private static final List<Remote> REMOTES =
      List.of(
          new Remote(
              OpenAiDialect.PROVIDER,
              OpenAiDialect.BASE_URL,
              Setting.OPENAI_API_KEY,
              Setting.OPENAI_BASE_URL,
              Setting.LLM_OPENAI_MODEL),
          new Remote(
              AnthropicDialect.PROVIDER,
              AnthropicDialect.BASE_URL,
              Setting.ANTHROPIC_API_KEY,
              Setting.ANTHROPIC_BASE_URL,
              Setting.LLM_ANTHROPIC_MODEL),
          new Remote(
              GeminiDialect.PROVIDER,
              GeminiDialect.BASE_URL,
              Setting.GEMINI_API_KEY,
              Setting.GEMINI_BASE_URL,
              Setting.LLM_GEMINI_MODEL));

  private final List<String> order;
  private final Map<String, Access> access;
  private final Sampling sampling;
  private final Calls calls;
  private final PriceTable prices;

  private ProviderSettings(
      List<String> order,
      Map<String, Access> access,
      Sampling sampling,
      Calls calls,
      PriceTable prices) {
    this.order = order;
    this.access = access;
    this.sampling = sampling;
    this.calls = calls;
    this.prices = prices;
  }

  /**
   * Where a provider is and what is asked for there; the key may be empty for OpenAI's protocol.
   */
  record Access(URI baseUrl, Secret key, String model) {}

  /** How an answer is written. */
  record Sampling(int maxOutputTokens, @Nullable Double temperature) {}

  /** Limits of the calls to each provider. */
  record Calls(Duration timeout, int attempts, Duration maxWait, int concurrency) {}

  /** From {@code PATROL_LLM_…} and the providers' own variables; notes problems in the env. */
  public static ProviderSettings from(Env env) {
    Map<String, Access> access = new LinkedHashMap<>();
    for (Remote remote : REMOTES) {
      access.put(remote.provider(), remote.access(env));
    }
    return new ProviderSettings(
        order(env),
        access,
        new Sampling(
            env.integer(Setting.LLM_MAX_OUTPUT_TOKENS, 256, 1_000_000),
            env.decimal(Setting.LLM_TEMPERATURE, BigDecimal.ZERO, BigDecimal.valueOf(2))
                .map(BigDecimal::doubleValue)
                .orElse(null)),
        new Calls(
            env.duration(Setting.LLM_TIMEOUT),
            env.integer(Setting.LLM_ATTEMPTS, 1, 10),
            env.duration(Setting.LLM_MAX_WAIT),
            env.integer(Setting.LLM_CONCURRENCY, 1, 1000)),
        prices(env));
  }

  List<String> order() {
    return order;
  }

  Access access(String provider) {
    return Optional.ofNullable(access.get(provider))
        .orElseThrow(() -> new IllegalArgumentException("no provider is named " + provider));
  }

  Sampling sampling() {
    return sampling;
  }

  Calls calls() {
    return calls;
  }

  PriceTable prices() {
    return prices;
  }

  private static List<String> order(Env env) {
    List<String> named = env.list(Setting.LLM_PROVIDERS);
    if (named.isEmpty()) {
      List<String> usable = new ArrayList<>();
      REMOTES.stream().filter(r -> env.isSet(r.key())).forEach(r -> usable.add(r.provider()));
      usable.add(OfflineAnalyst.PROVIDER);
      return List.copyOf(usable);
    }
    List<String> known = new ArrayList<>(REMOTES.stream().map(Remote::provider).toList());
    known.add(OfflineAnalyst.PROVIDER);
    if (!known.containsAll(named) || named.size() != named.stream().distinct().count()) {
      env.problem(
          Setting.LLM_PROVIDERS,
          "must name each of " + String.join(", ", known) + " at most once, and no other");
      return List.of(OfflineAnalyst.PROVIDER);
    }
    REMOTES.stream()
        .filter(remote -> named.contains(remote.provider()))
        .forEach(remote -> remote.demandKey(env));
    return named;
  }

  private static PriceTable prices(Env env) {
    PriceTable shipped = PriceTable.shipped();
    Optional<Path> file = env.file(Setting.LLM_PRICES);
    try {
      return file.isPresent() ? shipped.overriddenBy(file.get()) : shipped;
    } catch (IOException e) {
      env.problem(Setting.LLM_PRICES, "must be a text file that can be read");
    } catch (IllegalArgumentException e) {
      env.problem(Setting.LLM_PRICES, "must hold prices: " + e.getMessage());
    }
    return shipped;
  }

  /** A provider and its variables. */
  private record Remote(
      String provider, String standardUrl, Setting key, Setting baseUrl, Setting model) {

    Access access(Env env) {
      URI standard = URI.create(standardUrl);
      URI url = env.uri(baseUrl).map(set -> withPath(set, standard.getPath())).orElse(standard);
      return new Access(url, env.secret(key).orElse(Secret.none()), env.string(model));
    }

    /** Servers of local models ask for none, so that one in front of OpenAI's protocol may. */
    void demandKey(Env env) {
      boolean local = provider.equals(OpenAiDialect.PROVIDER) && env.isSet(baseUrl);
      if (!env.isSet(key) && !local) {
        env.problem(
            key,
            "is needed, since "
                + Setting.LLM_PROVIDERS.variable()
                + " names "
                + provider
                + ", but neither it nor "
                + key.variable()
                + "_FILE is set");
      }
    }

    /** Other tools take some of these without the version; a bare host gets the usual path. */
    private static URI withPath(URI set, String path) {
      boolean bare = set.getPath() == null || set.getPath().isEmpty() || set.getPath().equals("/");
      return bare ? set.resolve(path) : set;
    }
  }
}
