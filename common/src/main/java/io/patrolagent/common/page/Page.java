package io.patrolagent.common.page;

import java.util.List;

/**
 * A document of lines under construction. What it is given is text of unknown origin and stays
 * text: escaping is the page's affair and nobody else's. Lines are wrapped, tables aligned, and
 * blocks kept apart by one blank line; an empty text or list is no block.
 */
interface Page {

  /** The widest line, in columns of a terminal. */
  int WIDTH = 100;

  /** A title, whose words are ours; level 1 is the page's. */
  Page heading(int level, String title);

  Page paragraph(String text);

  /** A quotation with a paragraph for each text: what has to be read first. */
  Page banner(List<String> texts);

  /** A list; each item's notes stand below it. */
  Page items(List<Item> items);

  Page numbered(List<Item> items);

  /** Rows of equally many cells, the first of them the head; cells are not wrapped. */
  Page table(List<List<String>> rows);

  /** The document, ending in a line feed. */
  String render();

  default Page bullets(List<String> texts) {
    return items(texts.stream().map(Item::of).toList());
  }
}
