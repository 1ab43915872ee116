package io.patrolagent.agentrunner.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks a stretch of a message as data, so that a model, and the offline analyst, can tell it from
 * what it is told to do.
 *
 * <p>Begin and end carry a nonce: the hash of the name and the content. Text inside the content
 * cannot close the fence, for it would have to hold the hash of the content that holds it. And the
 * same content always has the same nonce, so that a prompt that is built again has the same hash.
 */
public final class DataFence {

  private static final int NONCE_BYTES = 8;
  private static final Pattern NAME = Pattern.compile("[a-z_]{1,40}");

  private DataFence() {}

  /**
   * The content between begin and end, each on a line of its own.
   *
   * @throws IllegalArgumentException if the content has more than one line; JSON never needs to
   */
  public static String wrap(String name, String content) {
    checkName(name);
    if (content.lines().limit(2).count() > 1) {
      throw new IllegalArgumentException("data '" + name + "' must stand on one line");
    }
    String nonce = nonce(name, content);
    return "<<<DATA " + name + " " + nonce + ">>>\n" + content + "\n<<<END " + nonce + ">>>";
  }

  /** The content of the first intact fence of that name. */
  public static Optional<String> find(String name, String text) {
    checkName(name);
    Matcher fence =
        Pattern.compile("(?md)^<<<DATA " + name + " ([0-9a-f]+)>>>$\n(.*)\n^<<<END \\1>>>$")
            .matcher(text);
    while (fence.find()) {
      if (fence.group(1).equals(nonce(name, fence.group(2)))) {
        return Optional.of(fence.group(2));
      }
    }
    return Optional.empty();
  }

  /** Whether a fence can have that name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private static void checkName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("a fence's name must match " + NAME + ", not " + name);
    }
  }

  private static String nonce(String name, String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest((name + "\n" + content).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, NONCE_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
