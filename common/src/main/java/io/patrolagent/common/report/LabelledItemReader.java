package io.patrolagent.common.report;

import io.patrolagent.common.report.Entries.Entry;
import io.patrolagent.common.report.Entries.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a section of entries that each have a label: bullets, rows of a table, or objects. */
final class LabelledItemReader<T> implements SectionReader<T> {

  /** Makes an entry of its label, its whole text and the fields that it was written in. */
  interface Maker<T> {
    T entry(@Nullable String label, String text, @Nullable Fields fields);
  }

  private final ReportSection section;
  private final Function<String, Scale> scaleOf;
  private final Set<String> labelFields;
  private final Set<String> textFields;
  private final Maker<T> maker;

  private LabelledItemReader(
      ReportSection section,
      Function<String, Scale> scaleOf,
      Set<String> labelFields,
      Set<String> textFields,
      Maker<T> maker) {
    this.section = section;
    this.scaleOf = scaleOf;
    this.labelFields = labelFields;
    this.textFields = textFields;
    this.maker = maker;
  }

  static SectionReader<Prediction> predictions(PredictionText predictions) {
    return new LabelledItemReader<>(
        ReportSection.PREDICTIONS,
        text -> Confidence.SCALE,
        Fields.CONFIDENCE,
        Fields.EVENT,
        predictions::read);
  }

  static SectionReader<RecommendedAction> recommendedActions() {
    return new LabelledItemReader<>(
        ReportSection.RECOMMENDED_ACTIONS,
        Urgency::scaleOf,
        Fields.URGENCY,
        Fields.ACTION,
        (label, text, fields) -> new RecommendedAction(label, text));
  }

  @Override
  public Optional<List<T>> read(List<String> lines, ParseWarnings warnings) {
    Scale scale = scaleOf.apply(String.join("\n", lines));
    Entries entries = Entries.of(lines, scale);
    if (saysNothing(entries)) {
      return Optional.of(List.of());
    }
    entries
        .unread()
        .forEach(text -> warnings.unread(section, "the JSON breaks off or is malformed", text));
    if (entries.all().isEmpty() && entries.loose().isEmpty()) {
      if (entries.form() == Form.JSON && entries.unread().isEmpty()) {
        return Optional.of(List.of());
      }
      if (entries.unread().isEmpty()) {
        warnings.add(section.name() + ": the section is empty.");
      }
      return Optional.empty();
    }
    entries
        .loose()
        .forEach(text -> warnings.unread(section, "text beside the entries was not read", text));
    List<T> read = new ArrayList<>();
    for (Entry entry : entries.all()) {
      if (isNothing(entry, entries)) {
        continue;
      }
      read.add(
          entry.fields() == null ? ofText(entry, scale) : ofFields(entry, entry.fields(), scale));
    }
    return read.isEmpty() && entries.all().isEmpty() ? Optional.empty() : Optional.of(read);
  }

  /** An item that says that there is none: alone in its list, or under the title of a group. */
  private static boolean isNothing(Entry entry, Entries entries) {
    boolean alone = entries.all().size() == 1 || entry.group() != null;
    return alone && entry.fields() == null && Prose.isNothing(entry.text());
  }

  private static boolean saysNothing(Entries entries) {
    if (entries.all().isEmpty() && entries.unread().isEmpty() && entries.loose().size() == 1) {
      return Prose.deniesAny(entries.loose().get(0));
    }
    if (entries.all().size() != 1 || !entries.loose().isEmpty()) {
      return false;
    }
    Entry only = entries.all().get(0);
    return only.fields() == null
        && (entries.form() == Form.PARAGRAPHS
            ? Prose.deniesAny(only.text())
            : Prose.isNothing(only.text()));
  }

  private T ofText(Entry entry, Scale scale) {
    Label label = Label.of(entry.text(), scale);
    String group = entry.group();
    if (group == null) {
      return maker.entry(label.name(), label.text(), null);
    }
    String words = BulletList.titleWords(group);
    String name = label.name() == null ? scale.read(BulletList.label(words)) : label.name();
    // what a group's title says beyond the label is said of each of its items
    boolean says = words.indexOf('(') < 0 && scale.isWord(BulletList.label(words));
    String text = says ? label.text() : words + ": " + label.text();
    return maker.entry(name, text, null);
  }

  private T ofFields(Entry entry, Fields fields, Scale scale) {
    StringBuilder text = new StringBuilder();
    List<String> said = new ArrayList<>();
    String label = null;
    String group = entry.group();
    if (group != null) {
      label = scale.read(BulletList.titleWords(group));
      if (!scale.isWord(group)) {
        text.append(group).append(": ");
      }
    }
    Fields all = fields.copy();
    for (String field : fields.findAll(labelFields)) {
      String written = Fields.text(fields.remove(field));
      String name = scale.read(Markup.strip(written));
      label = label == null ? name : label;
      if (!scale.isWord(written)) {
        said.add(field.replace('_', ' ') + ": " + written);
      }
    }
    String cluster = fields.take(Fields.CLUSTER);
    String main = fields.take(textFields);
    if (cluster != null && (main == null || !main.contains(Markup.strip(cluster)))) {
      text.append(Markup.strip(cluster)).append(main == null ? "" : ": ");
    }
    text.append(main == null ? "" : main);
    String rest = fields.restAsText();
    if (!rest.isEmpty()) {
      said.add(rest);
    }
    if (!said.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ")
          .append('(')
          .append(String.join("; ", said))
          .append(')');
    }
    return maker.entry(label, text.toString(), all);
  }
}
