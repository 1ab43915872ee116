package io.patrolagent.common.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatrolRequestTest {

  private static final PatrolId ID = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  private static final Instant ASKED = Instant.parse("2026-11-25T07:00:00Z");
  private static final Instant EXPIRY = Instant.parse("2026-11-25T19:00:00Z");

  @Test
  void itExpiresAtTheInstantItNamesAndNotBefore() {
    PatrolRequest request = request(null);

    assertThat(request.isExpired(EXPIRY.minusNanos(1))).isFalse();
    assertThat(request.isExpired(EXPIRY)).isTrue();
    assertThat(request.isExpired(EXPIRY.plusSeconds(1))).isTrue();
  }

  @Test
  void aPatrolDoesNotRepeatItself() {
    assertThatThrownBy(() -> request(PatrolId.parse(ID.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("retry_of must name another patrol than " + ID);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(
            () ->
                new PatrolRequest(
                    ID, ReportType.MORNING, "cron", Scope.FLEET, null, ASKED, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("request.expires_at is missing");
  }

  private static PatrolRequest request(@Nullable PatrolId retryOf) {
    return new PatrolRequest(
        ID, ReportType.MORNING, "cron", Scope.FLEET, null, ASKED, null, EXPIRY, retryOf);
  }
}
