package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a section of bullets that each begin with a label in brackets. */
final class LabelledItemReader<T> implements SectionReader<T> {

  private final ReportSection section;
  private final List<String> labels;
  private final Function<Label, T> entry;

  private LabelledItemReader(ReportSection section, List<String> labels, Function<Label, T> entry) {
    this.section = section;
    this.labels = labels;
    this.entry = entry;
  }

  static SectionReader<Prediction> predictions() {
    return new LabelledItemReader<>(
        ReportSection.PREDICTIONS,
        List.of("High", "Medium", "Low"),
        label -> new Prediction(label.name(), label.text()));
  }

  static SectionReader<RecommendedAction> recommendedActions() {
    return new LabelledItemReader<>(
        ReportSection.RECOMMENDED_ACTIONS,
        List.of("Immediate", "Today", "This Week"),
        label -> new RecommendedAction(label.name(), label.text()));
  }

  @Override
  public Optional<List<T>> read(List<String> lines, ParseWarnings warnings) {
    BulletList list = BulletList.of(lines);
    List<String> entries = list.entries();
    if (entries.isEmpty()) {
      warnings.add(section.name() + ": the section is empty.");
      return Optional.empty();
    }
    if (entries.size() == 1 && saysNothing(list, entries.get(0))) {
      return Optional.of(List.of());
    }
    if (!list.items().isEmpty()) {
      list.loose()
          .forEach(text -> warnings.unread(section, "text before the list was not read", text));
    }
    List<T> read = new ArrayList<>();
    entries.forEach(item -> read.add(entry.apply(Label.of(item, labels))));
    return Optional.of(read);
  }

  private static boolean saysNothing(BulletList list, String entry) {
    return list.items().isEmpty() ? Prose.deniesAny(entry) : Prose.isNothing(entry);
  }
}
