package io.patrolagent.aggregator.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.Scope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What two requests have in common that ask for the same: scope and focus, whatever the order of
 * the scope's values and the blanks of the focus. A hash, so that a log of many stays small.
 */
record RequestKey(String hash) {

  static RequestKey of(PatrolRequest request) {
    Scope scope = request.scope();
    String focus = request.focus() == null ? "" : request.focus().strip().replaceAll("\\s+", " ");
    // lists of texts in brackets: no value can be mistaken for the end of its list
    String text =
        List.of(
                sorted(scope.accounts()),
                sorted(scope.customers()),
                sorted(scope.tiers()),
                sorted(scope.regions()),
                sorted(scope.clusters()),
                List.of(quoted(focus)))
            .toString();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return new RequestKey(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().distinct().sorted().map(RequestKey::quoted).toList();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
