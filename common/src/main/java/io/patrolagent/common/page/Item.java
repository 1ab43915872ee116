package io.patrolagent.common.page;

import java.util.List;

/** An entry of a list, and what is noted below it. */
record Item(String text, List<String> notes) {

  static Item of(String text) {
    return new Item(text, List.of());
  }
}
