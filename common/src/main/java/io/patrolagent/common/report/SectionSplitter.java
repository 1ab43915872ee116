package io.patrolagent.common.report;

import io.patrolagent.common.report.Heading.Mark;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a report into the texts of its sections, in two passes over its lines: the first finds for
 * each section how its heading is written where it is written best, for a name without any mark is
 * a heading only in a report that has no better one.
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
  private final List<String> lines;
  private final Map<ReportSection, Mark> best = new EnumMap<>(ReportSection.class);
  private @Nullable List<String> current;
  private int level;
  private boolean fenced;

  /** The text of each section, once for every time that its heading stands there. */
  record Split(Map<ReportSection, List<List<String>>> sections, List<String> unclaimed) {}

  private SectionSplitter(List<String> lines) {
    this.lines = lines;
  }

  static Split split(String raw) {
    SectionSplitter splitter = new SectionSplitter(raw.lines().map(Blank::plainIndent).toList());
    List<Optional<Heading>> headings = splitter.headings();
    for (Optional<Heading> heading : headings) {
      heading.ifPresent(splitter::compare);
    }
    for (int i = 0; i < headings.size(); i++) {
      boolean taken = splitter.take(splitter.lines.get(i), headings.get(i));
      if (taken && Rule.underlines(splitter.next(i))) {
        i++;
      }
    }
    return new Split(splitter.sections, splitter.unclaimed);
  }

  private List<Optional<Heading>> headings() {
    List<Optional<Heading>> headings = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int underlined = line.isBlank() ? 0 : Rule.headingLevel(next(i));
      Optional<Heading> named =
          underlined == 0
              ? Optional.empty()
              : Heading.underlined(line, underlined).filter(h -> h.section() != null);
      headings.add(named.isPresent() ? named : Heading.read(line));
    }
    return headings;
  }

  private String next(int line) {
    return line + 1 < lines.size() ? lines.get(line + 1) : "";
  }

  private void compare(Heading heading) {
    if (heading.section() != null) {
      best.merge(heading.section(), heading.mark(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  /** Whether the line was a heading. */
  private boolean take(String line, Optional<Heading> read) {
    Optional<Heading> heading = read.map(this::unlessBetter).filter(this::counts);
    if (heading.isEmpty()) {
      fenced ^= Fence.is(line);
      keep(line);
      return false;
    }
    ReportSection section = heading.get().section();
    if (section == null) {
      current = null;
      // a title over the whole report says nothing; one behind a section heads what follows it
      if (!sections.isEmpty()) {
        unclaimed.add(heading.get().title());
      }
    } else {
      begin(section, heading.get());
    }
    return true;
  }

  /** Another name than the one asked for is any title where the report has the right one. */
  private Heading unlessBetter(Heading heading) {
    boolean other =
        heading.mark() == Mark.OTHER_NAME && best.get(heading.section()) != heading.mark();
    return other && heading.level() > 0
        ? new Heading(heading.level(), null, heading.title(), "", Mark.NUMBER_SIGN)
        : heading;
  }

  private boolean counts(Heading heading) {
    int headingLevel = levelOf(heading);
    if (heading.section() == null) {
      return !fenced && (current == null || headingLevel <= level);
    }
    if (heading.mark() != best.get(heading.section())) {
      return false;
    }
    // "### Predictions for Acme" inside a section is that section's
    boolean inside = current != null && headingLevel > level;
    return heading.isExact() || (!fenced && !inside) || heading.hasContent();
  }

  private void begin(ReportSection section, Heading heading) {
    List<String> content = new ArrayList<>();
    sections.computeIfAbsent(section, s -> new ArrayList<>()).add(content);
    current = content;
    level = levelOf(heading);
    fenced = false;
    if (!heading.content().isEmpty()) {
      content.add(heading.content());
    }
  }

  private void keep(String line) {
    if (current != null) {
      current.add(line);
    } else if (!line.isBlank() && !Fence.is(line) && !Rule.is(line)) {
      unclaimed.add(line);
    }
  }

  private static int levelOf(Heading heading) {
    return heading.level() == 0 ? IMPLIED_LEVEL : heading.level();
  }
}
