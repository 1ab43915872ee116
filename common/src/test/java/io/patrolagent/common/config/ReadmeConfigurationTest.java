package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * What the README says about configuration is what the catalogue says. {@code
 * -Dpatrol.readme=rewrite} puts the catalogue's table into the README instead.
 */
class ReadmeConfigurationTest {

  private static final String BEGIN = "<!-- configuration -->\n";
  private static final String END = "<!-- /configuration -->";

  @Test
  void theReadmesTableIsTheCatalogues() throws Exception {
    // Given
    RepositoryFile readme = RepositoryFile.read("README.md");
    String text = readme.text();
    assertThat(text).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if ("rewrite".equals(System.getProperty("patrol.readme"))) {
      String rewritten =
          text.substring(0, begin) + ConfigurationTable.markdown() + text.substring(end);
      Files.writeString(readme.path(), rewritten);
      return;
    }
    // Then
    assertThat(text.substring(begin, end))
        .as(
            "README.md's configuration table; to regenerate it: mvn -pl common test"
                + " -Dtest=ReadmeConfigurationTest -Dpatrol.readme=rewrite")
        .isEqualTo(ConfigurationTable.markdown());
  }
}
