package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CauseTest {

  @Test
  void whatFailedAndWhyAtTheRoot() {
    Exception failure =
        new IOException(
            "db:5432 does not answer",
            new RuntimeException("something between", new ConnectException("Connection refused")));
    assertThat(Cause.of(failure)).isEqualTo("db:5432 does not answer: Connection refused");
  }

  @Test
  void wrappersThatOnlyRepeatTheirCauseAreLeftOut() {
    assertThat(Cause.of(new CompletionException(new RuntimeException(new IOException("cut")))))
        .isEqualTo("cut");
  }

  @Test
  void whatTheMessageSaysAlreadyIsNotSaidTwice() {
    assertThat(Cause.of(new IOException("failed: cut off", new IOException("cut off"))))
        .isEqualTo("failed: cut off");
  }

  @Test
  void withoutAMessageTheTypeIsTheCause() {
    assertThat(Cause.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void aCauseIsOneLineOfBoundedLengthWithoutSecrets() {
    String cause =
        Cause.of(
            new IOException(
                "first\n\tat second password=hunter2 http://u:hunter2@h/ Bearer hunter2hunter2 "
                    + "x".repeat(2000)));
    assertThat(cause)
        .startsWith("first at second password=*** http://u:***@h/ Bearer *** xxx")
        .doesNotContain("hunter2")
        .hasSize(501);
  }
}
