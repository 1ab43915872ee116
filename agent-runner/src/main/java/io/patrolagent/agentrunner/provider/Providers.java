package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.agentrunner.provider.RemoteProvider.Surroundings;
import io.patrolagent.common.ops.Telemetry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured providers, each with its retries, breaker and cap on concurrent calls, and the
 * order in which one takes over from another. Thread-safe; connects when it is first asked.
 */
public final class Providers implements Models {

  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final List<Provider> providers;
  private final Clock clock;

  Providers(List<Provider> providers, Clock clock) {
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("there must be a provider");
    }
    this.providers = List.copyOf(providers);
    this.clock = clock;
  }

  /** Builds them; to be called once the settings are verified. */
  public static Providers of(
      ProviderSettings settings, OfflineAnalyst analyst, Clock clock, Telemetry telemetry) {
    return of(settings, analyst, new Surroundings(clock, Waiter.SLEEP, telemetry));
  }

  static Providers of(
      ProviderSettings settings, OfflineAnalyst analyst, Surroundings surroundings) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
    return new Providers(
        settings.order().stream()
            .<Provider>map(
                name ->
                    name.equals(OfflineAnalyst.PROVIDER)
                        ? new OfflineProvider(analyst, surroundings.clock())
                        : remote(dialect(name, settings), settings, http, surroundings))
            .<Provider>map(provider -> new ObservedProvider(provider, surroundings.telemetry()))
            .toList(),
        surroundings.clock());
  }

  private static Dialect dialect(String name, ProviderSettings settings) {
    ProviderSettings.Access access = settings.access(name);
    return switch (name) {
      case OpenAiDialect.PROVIDER -> new OpenAiDialect(access, settings.sampling());
      case AnthropicDialect.PROVIDER -> new AnthropicDialect(access, settings.sampling());
      case GeminiDialect.PROVIDER -> new GeminiDialect(access, settings.sampling());
      default -> throw new IllegalArgumentException("no provider is named " + name);
    };
  }

  private static Provider remote(
      Dialect dialect, ProviderSettings settings, HttpClient http, Surroundings surroundings) {
    ProviderSettings.Calls calls = settings.calls();
    Backoff backoff =
        new Backoff(
            calls.attempts(),
            FIRST_WAIT,
            calls.maxWait(),
            () -> ThreadLocalRandom.current().nextDouble());
    return new RemoteProvider(
        dialect.provider(),
        dialect.model(),
        new UntoldKey(
            new WireAttempt(dialect, http, settings.prices(), surroundings.clock()),
            settings.access(dialect.provider()).key()),
        new RemoteProvider.Limits(backoff, calls.timeout(), calls.concurrency()),
        surroundings);
  }

  List<Provider> all() {
    return providers;
  }

  @Override
  public List<String> names() {
    return providers.stream().map(Provider::name).toList();
  }

  @Override
  public ModelAnswer ask(ChatRequest request, @Nullable String provider, Instant deadline)
      throws NoModelException, InterruptedException {
    return askInTurn(from(provider), request, deadline);
  }

  @Override
  public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline)
      throws NoModelException, InterruptedException {
    return askInTurn(
        providers.stream().filter(p -> p.name().equals(provider)).toList(), request, deadline);
  }

  private ModelAnswer askInTurn(List<Provider> inTurn, ChatRequest request, Instant deadline)
      throws NoModelException, InterruptedException {
    Instant begun = clock.instant();
    List<ProviderFailure> failures = new ArrayList<>();
    ModelUsage spent = ModelUsage.NONE;
    for (Provider next : inTurn) {
      try {
        Outcome.Answered answer = next.ask(request, deadline);
        return new ModelAnswer(
            answer.message(),
            answer.finishReason(),
            next.name(),
            answer.model(),
            spent.plus(answer.usage()),
            failures,
            Duration.between(begun, clock.instant()).toMillis());
      } catch (ProviderFailedException e) {
        ProviderFailure failure = e.failure();
        LOG.warn(
            "provider {} gave no answer after {} attempts ({}): {}",
            failure.provider(),
            failure.attempts(),
            failure.reason(),
            failure.message());
        failures.add(failure);
        spent = spent.plus(e.usage());
      }
    }
    throw new NoModelException(failures, spent);
  }

  /** A provider that is no longer configured began the patrol: the first takes it over. */
  private List<Provider> from(@Nullable String provider) {
    int first = provider == null ? 0 : Math.max(0, names().indexOf(provider));
    return providers.subList(first, providers.size());
  }
}
