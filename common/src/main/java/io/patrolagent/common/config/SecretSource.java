package io.patrolagent.common.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds a secret in the variable of its name or in the file that the {@code …_FILE} one names. */
final class SecretSource {

  static final String FILE = "_FILE";

  private SecretSource() {}

  static Optional<Secret> read(
      String variable, Map<String, String> variables, Consumer<Problem> problems) {
    String direct = variables.get(variable);
    String file = variables.get(variable + FILE);
    if (direct != null && file != null) {
      problems.accept(
          Problem.of(
              variable, null, "is set together with " + variable + FILE + "; unset one", null));
      return Optional.empty();
    }
    return file == null
        ? Optional.ofNullable(direct).map(Secret::new)
        : fromFile(variable + FILE, file, problems);
  }

  private static Optional<Secret> fromFile(
      String variable, String file, Consumer<Problem> problems) {
    String why;
    try {
      String content = withoutLineEnd(Files.readString(Path.of(file.strip())));
      if (!content.isEmpty()) {
        return Optional.of(new Secret(content));
      }
      why = "it is empty";
    } catch (CharacterCodingException notText) {
      why = "it is not UTF-8 text";
    } catch (IOException | InvalidPathException unreadable) {
      why = unreadable.getClass().getSimpleName();
    }
    problems.accept(
        Problem.of(
            variable,
            file,
            "must name a file that holds the secret and can be read (" + why + ")",
            "/run/secrets/" + variable.toLowerCase(Locale.ROOT)));
    return Optional.empty();
  }

  /** Editors and {@code echo} end a file with a line end that is no part of the secret. */
  private static String withoutLineEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
