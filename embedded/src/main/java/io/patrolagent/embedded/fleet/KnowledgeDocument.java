package io.patrolagent.embedded.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A document of the knowledge lake. They are written as Markdown, one file for each kind: a heading
 * begins a document, {@code key: value} lines follow it, and after a blank line comes the body.
 */
record KnowledgeDocument(
    String kind,
    String title,
    String body,
    List<String> tags,
    List<String> affectedVersions,
    int publishedDaysAgo) {

  private static final List<String> KINDS = List.of("known_issue", "incident", "runbook");

  KnowledgeDocument {
    if (body.isBlank()) {
      throw new IllegalArgumentException("knowledge document " + title + ": needs a body");
    }
    tags = List.copyOf(tags);
    affectedVersions = List.copyOf(affectedVersions);
  }

  /** All of them, read anew each time; the order is that of the files. */
  static List<KnowledgeDocument> all() {
    List<KnowledgeDocument> documents = new ArrayList<>();
    for (String kind : KINDS) {
      for (String section : ("\n" + resource(kind + ".md")).split("\n# ", -1)) {
        if (!section.isBlank()) {
          documents.add(parse(kind, section));
        }
      }
    }
    return documents;
  }

  private static KnowledgeDocument parse(String kind, String section) {
    int headEnd = section.indexOf("\n\n");
    if (headEnd < 0) {
      throw new IllegalStateException(
          "knowledge document " + section.lines().findFirst().orElse("") + ": needs a blank line");
    }
    List<String> head = section.substring(0, headEnd).lines().toList();
    return new KnowledgeDocument(
        kind,
        head.get(0).strip(),
        section.substring(headEnd).strip(),
        list(value(head, "tags")),
        list(value(head, "versions")),
        Integer.parseInt(value(head, "days")));
  }

  private static String value(List<String> head, String key) {
    return head.stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "knowledge document " + head.get(0) + ": needs a line '" + key + ": '"));
  }

  private static List<String> list(String value) {
    return value.isEmpty() ? List.of() : Arrays.asList(value.split(" *, *", -1));
  }

  private static String resource(String name) {
    try (InputStream in = KnowledgeDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("demo fleet: resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("demo fleet: resource " + name + " cannot be read", e);
    }
  }
}
