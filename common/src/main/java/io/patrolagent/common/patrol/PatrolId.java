package io.patrolagent.common.patrol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.uuid.Generators;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of one patrol, from its trigger to its report: a UUID, written in its canonical
 * 36-character lower-case form everywhere.
 *
 * <p>An id comes from one of three places: the producer chose it ({@link #random()} is version 7,
 * so that ids sort by time), it is derived from where a bare trigger lies in Kafka ({@link
 * #ofRecord}), or from a schedule's slot ({@link #ofSlot}). Derived ids are UUID version 5 (RFC
 * 9562 §5.5) in {@link #NAMESPACE}, so that reading the same trigger again gives the same patrol
 * and any producer can compute the id itself.
 */
public record PatrolId(@JsonValue UUID value) implements Comparable<PatrolId> {

  /** The namespace of derived ids: UUIDv5 of {@code patrolagent} in RFC 9562's DNS namespace. */
  public static final UUID NAMESPACE = UUID.fromString("591c9dfa-2b06-516d-9f19-bc4bc0f11566");

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final DateTimeFormatter SLOT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

  public PatrolId {
    if (value == null) {
      throw new IllegalArgumentException("patrol_id is missing");
    }
  }

  /** A new id, version 7. */
  public static PatrolId random() {
    return new PatrolId(Generators.timeBasedEpochRandomGenerator().generate());
  }

  /**
   * Reads the canonical form; case does not matter.
   *
   * @throws IllegalArgumentException if the text is anything else, {@code UUID.fromString}'s
   *     shortened forms included
   */
  @JsonCreator
  public static PatrolId parse(@Nullable String text) {
    if (text == null || !CANONICAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "patrol_id must be a UUID such as 0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44, not "
              + quote(text));
    }
    return new PatrolId(UUID.fromString(text));
  }

  /**
   * The id of a trigger that carries none: UUIDv5 over {@code topicId/partition/offset}, with the
   * topic id as Kafka prints it (base64url, 22 characters). The topic's id and not its name, so
   * that a topic made anew over a kept database starts new patrols.
   */
  public static PatrolId ofRecord(String topicId, int partition, long offset) {
    return derived(topicId + "/" + partition + "/" + offset);
  }

  /**
   * The id of a scheduled slot: UUIDv5 over {@code schedule/yyyy-MM-ddTHH:mm} in the schedule's
   * local time, so that two schedulers, or one that restarts, trigger one patrol.
   */
  public static PatrolId ofSlot(String schedule, LocalDateTime slot) {
    return derived(schedule + "/" + SLOT.format(slot));
  }

  private static PatrolId derived(String name) {
    return new PatrolId(
        Generators.nameBasedGenerator(NAMESPACE).generate(name.getBytes(StandardCharsets.UTF_8)));
  }

  private static String quote(@Nullable String text) {
    return text == null ? "null" : "'" + text.substring(0, Math.min(60, text.length())) + "'";
  }

  @Override
  public int compareTo(PatrolId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
