package io.patrolagent.agentrunner.provider;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.common.ops.InstallationCheck;
import io.patrolagent.common.ops.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Asks each provider one question of a few tokens, over the wire, as a patrol would. */
public final class ProviderChecks {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String QUESTION = "Reply with the single word OK.";

  private ProviderChecks() {}

  /** One for each that is configured; they cost what a few tokens cost. */
  public static List<InstallationCheck> of(ProviderSettings settings) {
    Clock clock = Clock.systemUTC();
    Providers providers =
        Providers.of(
            settings, new OfflineAnalyst(), clock, Telemetry.of(new SimpleMeterRegistry()));
    return providers.all().stream().map(provider -> check(provider, clock)).toList();
  }

  private static InstallationCheck check(Provider provider, Clock clock) {
    return new InstallationCheck(
        "provider " + provider.name(),
        "look at its key, base URL and model, or take it out of PATROL_LLM_PROVIDERS",
        TIMEOUT,
        () -> {
          if (provider.name().equals(OfflineAnalyst.PROVIDER)) {
            return "rules, which ask nobody";
          }
          try {
            Outcome.Answered answer =
                provider.ask(
                    ChatRequest.builder().messages(UserMessage.from(QUESTION)).build(),
                    clock.instant().plus(TIMEOUT));
            return "%s answered for %d tokens, $%s"
                .formatted(
                    answer.model(),
                    answer.usage().inputTokens() + answer.usage().outputTokens(),
                    answer.usage().costUsd().toPlainString());
          } catch (ProviderFailedException e) {
            ProviderFailure failure = e.failure();
            throw new IllegalStateException(
                "%s, after %d attempts: %s"
                    .formatted(failure.reason(), failure.attempts(), failure.message()));
          }
        });
  }
}
