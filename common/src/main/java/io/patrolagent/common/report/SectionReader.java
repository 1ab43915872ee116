package io.patrolagent.common.report;

import java.util.List;
import java.util.Optional;

/** Reads one section's lines into its entries. Never throws, in time linear in the text. */
interface SectionReader<T> {

  /**
   * The entries, none where the section says so; empty where nothing could be read. What was not
   * read is in the warnings.
   */
  Optional<List<T>> read(List<String> lines, ParseWarnings warnings);
}
