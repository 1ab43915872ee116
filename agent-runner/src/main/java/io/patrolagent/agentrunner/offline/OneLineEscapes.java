package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Escapes in JSON strings what JSON need not escape but a reader of the report around it may take
 * for structure: the {@code #} or {@code *} of a heading, the backtick of a code fence, and every
 * kind of line end that Unicode has. The value read back is the same.
 */
final class OneLineEscapes extends CharacterEscapes {

  @Serial private static final long serialVersionUID = 1L;

  private static final int[] ASCII = ascii();

  @Override
  public int[] getEscapeCodesForAscii() {
    return ASCII.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return switch (character) {
      case '\u0085', '\u2028', '\u2029' ->
          new SerializedString(String.format("\\u%04x", character));
      default -> null;
    };
  }

  private static int[] ascii() {
    int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
    escapes['#'] = CharacterEscapes.ESCAPE_STANDARD;
    escapes['*'] = CharacterEscapes.ESCAPE_STANDARD;
    escapes['`'] = CharacterEscapes.ESCAPE_STANDARD;
    return escapes;
  }
}
