package io.patrolagent.common.report;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/**
 * The tags of a web page, and those that name a section, as the Markdown that says the same. A tag
 * that is none of these is text and stays.
 */
final class HtmlText {

  private static final Pattern TAG =
      Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9_ -]{0,30}?)(\\s[^<>]{0,300})?/?>");
  private static final Pattern PAGE =
      Pattern.compile("</(?:h[1-6]|table|ul|ol|li|p)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern BETWEEN_ROWS = Pattern.compile("\\|[ \\t]*+\\n\\s*+\\|");
  private static final Set<String> LINES =
      Set.of("p", "div", "ul", "ol", "table", "thead", "tbody", "pre", "html", "body", "section");

  private static final String BAR = "|";

  private HtmlText() {}

  static String toMarkdown(String text) {
    boolean page = PAGE.matcher(text).find();
    if (!page && text.indexOf('<') < 0) {
      return text;
    }
    Matcher tag = TAG.matcher(text);
    StringBuilder markdown = new StringBuilder();
    int from = 0;
    boolean row = false;
    while (tag.find()) {
      Optional<String> mark = mark(tag, page);
      if (mark.isPresent()) {
        String before = plain(text.substring(from, tag.start()), page);
        markdown.append(row ? cell(before) : before).append(row ? cell(mark.get()) : mark.get());
        if (page && tag.group(2).equalsIgnoreCase("tr")) {
          row = tag.group(1).isEmpty();
          markdown.append(row ? "" : "\n");
        }
        from = tag.end();
      }
    }
    if (from == 0 && !page) {
      return text;
    }
    markdown.append(plain(text.substring(from), page));
    return page ? BETWEEN_ROWS.matcher(markdown).replaceAll("|\n|") : markdown.toString();
  }

  private static Optional<String> mark(Matcher tag, boolean page) {
    boolean closes = !tag.group(1).isEmpty();
    String name = tag.group(2);
    Optional<ReportSection> section = SectionName.sectionOf(name);
    if (section.isPresent()) {
      // what follows the end belongs to no section: a title of the same level says so
      return Optional.of(closes ? "\n" : "\n## " + section.get().name() + "\n");
    }
    return page ? html(name.toLowerCase(Locale.ROOT), closes) : Optional.empty();
  }

  private static Optional<String> html(String name, boolean closes) {
    if (LINES.contains(name)) {
      return Optional.of("\n");
    }
    if (name.length() == 2 && name.charAt(0) == 'h' && Character.isDigit(name.charAt(1))) {
      int level = name.charAt(1) - '0';
      return Optional.of(closes ? "\n" : "\n" + "#".repeat(Math.min(6, level)) + " ");
    }
    return switch (name) {
      case "li" -> Optional.of(closes ? "\n" : "\n- ");
      case "br" -> Optional.of("\n");
      case "hr" -> Optional.of("\n---\n");
      case "b", "strong" -> Optional.of("**");
      case "i", "em" -> Optional.of("*");
      case "code" -> Optional.of("");
      case "tr" -> Optional.of(closes ? BAR : "\n");
      case "td", "th" -> Optional.of(closes ? " " : BAR);
      default -> Optional.empty();
    };
  }

  /** A row of a table is a line. */
  private static String cell(String text) {
    return text.equals(BAR) ? "| " : text.replaceAll("\\s+", " ").replace("|", "\\|");
  }

  private static String plain(String text, boolean page) {
    return page && text.indexOf('&') >= 0 ? StringEscapeUtils.unescapeHtml4(text) : text;
  }
}
