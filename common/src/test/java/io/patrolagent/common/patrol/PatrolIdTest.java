package io.patrolagent.common.patrol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatrolIdTest {

  private static final String TEXT = "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44";
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  @Test
  void anIdIsWrittenInLowerCaseHoweverItWasRead() {
    assertThat(PatrolId.parse(TEXT.toUpperCase(Locale.ROOT)))
        .isEqualTo(PatrolId.parse(TEXT))
        .hasToString(TEXT);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e4",
        "0192f0c12b7e7c558d7e3f2a9c1b5e44",
        "{0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44}",
        " 0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44",
        "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44\n",
        "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e4g"
      })
  void anythingButTheCanonicalFormIsRefused(String text) {
    assertThatThrownBy(() -> PatrolId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patrol_id must be a UUID such as");
  }

  @Test
  void theRefusalOfALongTextQuotesOnlyItsBeginning() {
    assertThatThrownBy(() -> PatrolId.parse("x".repeat(60) + "tail"))
        .hasMessageNotContaining("tail");
  }

  @Test
  void theNamespaceIsTheProductsNameInTheNamespaceOfDns() throws Exception {
    assertThat(version5(DNS, "patrolagent")).isEqualTo(PatrolId.NAMESPACE);
  }

  @Test
  void theIdOfABareTriggerFollowsFromWhereItLies() throws Exception {
    assertThat(PatrolId.ofRecord("LHpkQ0DZTZe3EDEk0JW4sg", 3, 4_000_000_000L).value())
        .isEqualTo(version5(PatrolId.NAMESPACE, "LHpkQ0DZTZe3EDEk0JW4sg/3/4000000000"));
  }

  @Test
  void eachPartOfWhereATriggerLiesMakesAnotherId() {
    assertThat(
            List.of(
                PatrolId.ofRecord("topic", 1, 2),
                PatrolId.ofRecord("other", 1, 2),
                PatrolId.ofRecord("topic", 2, 2),
                PatrolId.ofRecord("topic", 1, 3),
                PatrolId.ofRecord("topic", 11, 2),
                PatrolId.ofRecord("topic", 1, 12)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theIdOfASlotFollowsFromScheduleAndLocalMinute() throws Exception {
    LocalDateTime slot = LocalDateTime.of(2026, 3, 9, 7, 5);

    PatrolId id = PatrolId.ofSlot("morning", slot);

    assertThat(id.value()).isEqualTo(version5(PatrolId.NAMESPACE, "morning/2026-03-09T07:05"));
    assertThat(PatrolId.ofSlot("morning", slot.plusSeconds(59))).isEqualTo(id);
    assertThat(PatrolId.ofSlot("morning", slot.plusMinutes(1))).isNotEqualTo(id);
    assertThat(PatrolId.ofSlot("evening", slot)).isNotEqualTo(id);
  }

  @Test
  void aChosenIdIsOfVersion7AndBeginsWithTheTimeItWasMade() {
    long before = System.currentTimeMillis();
    PatrolId id = PatrolId.random();
    long after = System.currentTimeMillis();

    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(id.value().getMostSignificantBits() >>> 16).isBetween(before, after);
    assertThat(PatrolId.random()).isNotEqualTo(id);
  }

  /** UUID's own order compares its halves as signed numbers. */
  @Test
  void idsSortAsTheirTextDoes() {
    PatrolId low = PatrolId.parse("7f000000-0000-4000-8000-000000000000");
    PatrolId high = PatrolId.parse("80000000-0000-4000-8000-000000000000");
    List<PatrolId> ids = new ArrayList<>(List.of(high, low));

    Collections.sort(ids);

    assertThat(ids).containsExactly(low, high);
  }

  /** RFC 9562 §5.5, by its text. */
  private static UUID version5(UUID namespace, String name) throws NoSuchAlgorithmException {
    byte[] id =
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array();
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(id);
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(UTF_8)));
    long high = (digest.getLong() & 0xffffffffffff0fffL) | 0x5000L;
    long low = (digest.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
