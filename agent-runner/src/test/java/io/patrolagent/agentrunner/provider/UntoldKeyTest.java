package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.common.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UntoldKeyTest {

  private static final ChatRequest REQUEST =
      ChatRequest.builder().messages(UserMessage.from("?")).build();

  @Test
  void aKeyOfNoKnownShapeIsNotRepeated() throws Exception {
    var refusal = new Outcome.Failed(Reason.AUTHENTICATION, "no such key: house-of-keys-17");

    Outcome outcome =
        new UntoldKey((request, timeout) -> refusal, new Secret("house-of-keys-17"))
            .run(REQUEST, Duration.ofSeconds(1));

    assertThat(outcome)
        .isEqualTo(new Outcome.Failed(Reason.AUTHENTICATION, "no such key: " + Secret.MASK));
  }

  @Test
  void aProviderWithoutAKeySaysWhatItSays() throws Exception {
    var failure = new Outcome.Failed(Reason.CONNECTION, "connection refused");

    Outcome outcome =
        new UntoldKey((request, timeout) -> failure, Secret.none())
            .run(REQUEST, Duration.ofSeconds(1));

    assertThat(outcome).isEqualTo(failure);
  }
}
