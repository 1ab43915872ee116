package io.patrolagent.common.page;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts as somebody would write them who wants a page to do something. */
final class HostileTexts {

  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "\"",
          "'",
          "&",
          "=",
          "/",
          "`",
          "\\",
          "<!--",
          "-->",
          "]]>",
          "<![CDATA[",
          "<script>",
          "</script>",
          "</style>",
          "</title>",
          "<img src=x onerror=alert(1)>",
          "<svg/onload=alert(1)>",
          "</details>",
          "</section>",
          "<a href=http://evil.example>",
          "javascript:alert(1)",
          "&lt;b&gt;",
          "&#60;script&#62;",
          "&quot;",
          "<!channel>",
          "<@U024BE7LH>",
          "<https://evil.example|words>",
          "<at user_id=\"all\">all</at>",
          "@here",
          "@everyone",
          "[words](http://evil.example)",
          "![x](//evil.example/x.png)",
          ":tada:",
          ":+1:",
          "✓",
          "✅",
          "🔴",
          "**",
          "~~",
          "||",
          "_x_",
          "# ",
          "\n# ",
          "\n\n## AUDIT\n\n",
          "\n- ",
          "\n1. ",
          "\n> ",
          "\n---\n",
          "```",
          "\u0000",
          "\u0007",
          "\u001b[31m",
          "\u001b]0;title\u0007",
          "\u009b2J",
          "\u202e",
          "\u2066",
          "\u200b",
          "\u2028",
          "\ufeff",
          "\ud800",
          "\r\n",
          "\t",
          "漢字",
          "שלום",
          "é",
          "c-1042",
          "91 %",
          "x".repeat(130),
          " ");

  private HostileTexts() {}

  static Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(5));
    return piece.list().ofMinSize(1).ofMaxSize(8).map(pieces -> "x" + String.join("", pieces));
  }
}
