package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private static final ChatRequest REQUEST =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();
  private static final ModelUsage USAGE = new ModelUsage(10, 0, 0, 5, BigDecimal.ONE);

  private final SteppedClock clock = new SteppedClock();

  @Test
  void theFirstThatAnswersAnswers() throws Exception {
    ModelAnswer answer = providers(answering("a"), answering("b")).ask(REQUEST, null, later());
    assertThat(answer.provider()).isEqualTo("a");
    assertThat(answer.model()).isEqualTo("a-model-1");
    assertThat(answer.failures()).isEmpty();
  }

  @Test
  void theNextTakesOverFromOneThatFailedAndWhatThatCostIsCounted() throws Exception {
    ModelAnswer answer = providers(failing("a"), answering("b")).ask(REQUEST, null, later());
    assertThat(answer.provider()).isEqualTo("b");
    assertThat(answer.failures()).extracting(ProviderFailure::provider).containsExactly("a");
    assertThat(answer.usage()).isEqualTo(USAGE.plus(USAGE));
    assertThat(answer.durationMs()).isEqualTo(2000);
  }

  @Test
  void aPatrolStaysWithTheProviderThatItNames() throws Exception {
    Providers providers = providers(answering("a"), answering("b"));
    assertThat(providers.ask(REQUEST, "b", later()).provider()).isEqualTo("b");
  }

  @Test
  void thereIsNoWayBackToAnEarlierProvider() {
    Providers providers = providers(answering("a"), failing("b"));
    assertThatThrownBy(() -> providers.ask(REQUEST, "b", later()))
        .isInstanceOf(NoModelException.class);
  }

  @Test
  void whereTheNamedProviderIsNoLongerConfiguredTheFirstBegins() throws Exception {
    assertThat(providers(answering("a")).ask(REQUEST, "gone", later()).provider()).isEqualTo("a");
  }

  @Test
  void whereAllFailTheExceptionNamesEachAndWhatTheyCost() {
    NoModelException thrown =
        catchThrowableOfType(
            NoModelException.class,
            () -> providers(failing("a"), failing("b")).ask(REQUEST, null, later()));
    assertThat(thrown).hasMessage("no provider answered: a (quota): empty; b (quota): empty");
    assertThat(thrown.usage()).isEqualTo(USAGE.plus(USAGE));
  }

  @Test
  void theOfflineAnalystAnswersAfterTheDeadlineToo() throws Exception {
    // Given
    OfflineProvider offline =
        new OfflineProvider(
            new dev.langchain4j.model.chat.ChatModel() {
              @Override
              public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                    .aiMessage(AiMessage.from("by rules"))
                    .finishReason(FinishReason.STOP)
                    .build();
              }
            },
            clock);
    // When
    ModelAnswer answer = providers(failing("a"), offline).ask(REQUEST, null, clock.instant());
    // Then
    assertThat(answer.message().text()).isEqualTo("by rules");
    assertThat(answer.provider()).isEqualTo("offline");
    assertThat(answer.model()).isEqualTo(OfflineAnalyst.MODEL);
  }

  // what the tests are made of

  private Providers providers(Provider... providers) {
    return new Providers(List.of(providers), clock);
  }

  private Instant later() {
    return clock.instant().plusSeconds(60);
  }

  private Provider answering(String name) {
    return new Fake(name, false);
  }

  private Provider failing(String name) {
    return new Fake(name, true);
  }

  private final class Fake implements Provider {

    private final String name;
    private final boolean fails;

    Fake(String name, boolean fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String model() {
      return name + "-model";
    }

    @Override
    public Outcome.Answered ask(ChatRequest request, Instant deadline)
        throws ProviderFailedException {
      clock.advance(Duration.ofSeconds(1));
      if (fails) {
        throw new ProviderFailedException(
            new ProviderFailure(name, model(), "quota", "empty", 1, clock.instant()), USAGE);
      }
      return new Outcome.Answered(
          AiMessage.from("hi"), FinishReason.STOP, name + "-model-1", USAGE);
    }
  }
}
