package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a report into the texts of its sections, in one pass over its lines.
 *
 * <p>A section ends where another begins, or at a heading of its own level or above that names
 * none: what stands there belongs to no section. Inside a code fence only a section's own name is a
 * heading, so that a fence that was never closed costs one section and not all that follow.
 */
final class SectionSplitter {

  private static final int IMPLIED_LEVEL = 2;

  private final Map<ReportSection, List<List<String>>> sections =
      new EnumMap<>(ReportSection.class);
  private final List<String> unclaimed = new ArrayList<>();
  private final boolean onlyMarked;
  private @Nullable List<String> current;
  private int level;
  private boolean fenced;

  /** The text of each section, once for every time that its heading stands there. */
  record Split(Map<ReportSection, List<List<String>>> sections, List<String> unclaimed) {}

  private SectionSplitter(boolean onlyMarked) {
    this.onlyMarked = onlyMarked;
  }

  static Split split(String raw) {
    List<String> lines = raw.lines().toList();
    // a name without number signs is a heading only in a report that does without them altogether
    boolean marked =
        lines.stream()
            .flatMap(line -> Heading.read(line).stream())
            .anyMatch(heading -> heading.section() != null && heading.level() > 0);
    SectionSplitter splitter = new SectionSplitter(marked);
    lines.forEach(splitter::take);
    return new Split(splitter.sections, splitter.unclaimed);
  }

  static boolean isFence(String line) {
    String stripped = line.stripLeading();
    return stripped.startsWith("```") || stripped.startsWith("~~~");
  }

  private void take(String line) {
    Optional<Heading> heading = Heading.read(line).filter(this::counts);
    if (heading.isEmpty()) {
      fenced ^= isFence(line);
      keep(line);
      return;
    }
    ReportSection section = heading.get().section();
    if (section == null) {
      current = null;
    } else {
      begin(section, heading.get());
    }
  }

  private boolean counts(Heading heading) {
    int headingLevel = levelOf(heading);
    if (heading.section() == null) {
      return !fenced && (current == null || headingLevel <= level);
    }
    if (heading.level() == 0 && onlyMarked) {
      return false;
    }
    // "### Predictions for Acme" inside a section is that section's
    boolean inside = current != null && headingLevel > level;
    return heading.isExact() || (!fenced && !inside) || heading.hasContent();
  }

  private void begin(ReportSection section, Heading heading) {
    List<String> lines = new ArrayList<>();
    sections.computeIfAbsent(section, s -> new ArrayList<>()).add(lines);
    current = lines;
    level = levelOf(heading);
    fenced = false;
    if (heading.hasContent()) {
      lines.add(heading.content());
    }
  }

  private void keep(String line) {
    if (current != null) {
      current.add(line);
    } else if (!line.isBlank() && !isFence(line)) {
      unclaimed.add(line);
    }
  }

  private static int levelOf(Heading heading) {
    return heading.level() == 0 ? IMPLIED_LEVEL : heading.level();
  }
}
