package io.patrolagent.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on events says what the schemas say. {@code -Dpatrol.readme=rewrite} writes it anew. */
class EventsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final String BEGIN = "<!-- schemas -->\n";
  private static final String END = "\n<!-- /schemas -->";

  @Test
  void thePageIsTheSchemas() throws Exception {
    String text = Files.readString(PAGE);
    assertThat(text).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if ("rewrite".equals(System.getProperty("patrol.readme"))) {
      Files.writeString(
          PAGE, text.substring(0, begin) + EventsPage.markdown() + text.substring(end));
      return;
    }

    assertThat(text.substring(begin, end))
        .as(
            "docs/events.md; to write it anew: mvn -pl common test -Dtest=EventsPageTest"
                + " -Dpatrol.readme=rewrite")
        .isEqualTo(EventsPage.markdown());
  }
}
