package io.patrolagent.common.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts {@code ***} where a secret stands in text that leaves the process: in logs and errors, in
 * what a model is sent, in journals and reports.
 *
 * <p>A second line of defence: secrets have settings of their own and never print, but people write
 * them into URLs, drivers repeat URLs, and a fleet's logs hold what its programs let slip. It knows
 * secrets by the name that stands before them ({@link NamedSecrets}), by their shape (keys of
 * clouds, model providers, code hosts; JWTs; bearer tokens) and by their frame (private key blocks,
 * the password in a URL). Ids, hashes, versions and UUIDs have no such shape and stay.
 *
 * <p>JSON stays JSON, also where it is quoted in JSON. Masking what is masked changes nothing. Time
 * is linear in the length: no pattern repeats a group, and none can begin again inside of what it
 * has just run over.
 */
public final class SecretMask {

  /**
   * Where a token may begin. A letter before it means that this is the middle of something else,
   * unless it belongs to an escape of JSON or of a URL.
   */
  private static final String BEGIN =
      "(?:(?<![A-Za-z0-9_-])|(?<=\\\\[nrtbf])|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))";

  private static final Pattern SHAPES =
      Pattern.compile(
          "(?=[AGdeghnrsxy])" // most letters begin none of them, and this is cheaper to find out
              + BEGIN
              + "(?:"
              + "(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
              + "|sk-(?:ant|proj|svcacct|admin|or|lf)-[A-Za-z0-9_-]{12,}+"
              + "|sk-[A-Za-z0-9]{20,}+"
              + "|AIza[A-Za-z0-9_-]{30,}+"
              + "|ya29\\.[A-Za-z0-9_-]{20,}+"
              + "|GOCSPX-[A-Za-z0-9_-]{20,}+"
              + "|gh[opsur]_[A-Za-z0-9]{20,}+"
              + "|github_pat_[A-Za-z0-9_]{20,}+"
              + "|glpat-[A-Za-z0-9_-]{16,}+"
              + "|xox[a-z]-[A-Za-z0-9-]{10,}+"
              + "|xapp-[A-Za-z0-9-]{10,}+"
              + "|gsk_[A-Za-z0-9]{20,}+"
              + "|hf_[A-Za-z0-9]{30,}+"
              + "|npm_[A-Za-z0-9]{30,}+"
              + "|dapi[0-9a-f]{32}(?![A-Za-z0-9])"
              + "|[rs]k_live_[A-Za-z0-9]{16,}+"
              + "|eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?"
              + ")");

  /** Chat systems' webhooks: whoever has the path may write. */
  private static final Pattern WEBHOOK =
      Pattern.compile(
          "((?:hooks\\.slack\\.com\\\\?/services|bot\\\\?/v2\\\\?/hook)\\\\?/)"
              + "(?:[A-Za-z0-9_-]{1,64}+\\\\?/){0,3}[A-Za-z0-9_-]{4,64}+");

  /**
   * {@code //user:password@}; a number that a path or a comma follows is a port. Some writers of
   * JSON put a backslash before each slash.
   */
  private static final Pattern USER_INFO =
      Pattern.compile(
          "(/\\\\?/[^/@:\\s\"'<>\\\\]{0,256}+:)(?!\\d{1,5}[/?#,\\\\])[^/\\s\"'<>\\\\]+@");

  private static final Pattern BEARER =
      Pattern.compile(
          "(?i)(bearer\\s{1,8})(?:(?=[\\w.~+/-]{0,200}?\\d)[\\w.~+/-]{6,}+|[\\w.~+/-]{24,}+)={0,2}");

  private SecretMask() {}

  /** The text without its secrets. */
  public static String mask(String text) {
    String masked = PrivateKeys.mask(text);
    masked = NamedSecrets.mask(masked);
    masked = SHAPES.matcher(masked).replaceAll(Matcher.quoteReplacement(Secret.MASK));
    masked = USER_INFO.matcher(masked).replaceAll("$1" + Secret.MASK + "@");
    masked = WEBHOOK.matcher(masked).replaceAll("$1" + Secret.MASK);
    return BEARER.matcher(masked).replaceAll("$1" + Secret.MASK);
  }
}
