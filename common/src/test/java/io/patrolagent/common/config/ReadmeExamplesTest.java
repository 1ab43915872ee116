package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The README's examples are the files that tests run. {@code -Dpatrol.readme=rewrite} puts the
 * files into the README instead.
 */
class ReadmeExamplesTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example (\\S+) -->\n(.*?)<!-- /example -->", Pattern.DOTALL);

  @Test
  void theReadmesExamplesAreTheFilesThatAreTested() throws Exception {
    RepositoryFile readme = RepositoryFile.read("README.md");

    String withFiles =
        EXAMPLE
            .matcher(readme.text())
            .replaceAll(shown -> Matcher.quoteReplacement(example(shown)));

    if ("rewrite".equals(System.getProperty("patrol.readme"))) {
      Files.writeString(readme.path(), withFiles);
      return;
    }
    assertThat(withFiles).contains("<!-- example ");
    assertThat(readme.text())
        .as(
            "README.md's examples; to put the files into it: mvn -pl common test"
                + " -Dtest=ReadmeExamplesTest -Dpatrol.readme=rewrite")
        .isEqualTo(withFiles);
  }

  private static String example(MatchResult shown) {
    String path = shown.group(1);
    String language = path.substring(path.lastIndexOf('.') + 1);
    try {
      return "<!-- example %s -->\n```%s\n%s```\n<!-- /example -->"
          .formatted(path, language, RepositoryFile.read(path).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
