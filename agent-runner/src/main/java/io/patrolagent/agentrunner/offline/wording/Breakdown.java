package io.patrolagent.agentrunner.offline.wording;

import java.util.ArrayList;
import java.util.List;

/** A whole and its named parts, as a sentence tells them; a part that is zero is left out. */
public final class Breakdown {

  private record Part(int count, String name) {}

  private final int whole;
  private final List<Part> parts = new ArrayList<>();

  public Breakdown(int whole) {
    this.whole = whole;
  }

  public Breakdown add(int count, String name) {
    if (count > 0) {
      parts.add(new Part(count, name));
    }
    return this;
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether one part is the whole. */
  public boolean isOnly() {
    return parts.size() == 1 && parts.get(0).count() == whole;
  }

  public String onlyName() {
    return parts.get(0).name();
  }

  /** {@code 1 (0.1 %) is rated Critical, 41 (1.0 %) Warning and 958 (95.8 %) Healthy}. */
  public String sentence(String verbForOne, String verbForMore) {
    List<String> words = new ArrayList<>();
    for (Part part : parts) {
      String verb = words.isEmpty() ? Prose.agree(part.count(), verbForOne, verbForMore) : "";
      words.add(
          Prose.number(part.count()) + Prose.share(part.count(), whole) + " " + verb + part.name());
    }
    return Prose.list(words);
  }

  /** {@code 1 critical and 3 low}. */
  public String names() {
    return Prose.list(
        parts.stream().map(part -> Prose.number(part.count()) + " " + part.name()).toList());
  }
}
