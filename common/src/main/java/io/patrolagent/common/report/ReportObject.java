package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.report.SectionSplitter.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report that was written as one object of JSON, with a member for each section. */
final class ReportObject {

  private final Map<ReportSection, List<List<String>>> sections =
      new EnumMap<>(ReportSection.class);
  private final List<String> unclaimed = new ArrayList<>();

  private ReportObject() {}

  /** Its sections, as if each stood under its heading; empty where the text is no such object. */
  static Optional<Split> split(String text) {
    Optional<JsonText> json = JsonText.onOwnLines(text);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    ReportObject report = new ReportObject();
    report.unclaimed.addAll(
        json.get().around().isEmpty() ? List.of() : List.of(json.get().around()));
    json.get().elements().forEach(element -> report.take(element, true));
    report.unclaimed.addAll(json.get().unread());
    return report.sections.isEmpty()
        ? Optional.empty()
        : Optional.of(new Split(report.sections, report.unclaimed));
  }

  private void take(JsonNode element, boolean unwrap) {
    if (!element.isObject()) {
      unclaimed.add(Fields.text(element));
      return;
    }
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      JsonNode value = member.getValue();
      Optional<ReportSection> section = SectionName.sectionOf(member.getKey());
      if (section.isPresent()) {
        sections
            .computeIfAbsent(section.get(), s -> new ArrayList<>())
            .add(lines(section.get(), value));
      } else if (value.isObject() && unwrap) {
        take(value, false);
      } else if (!Fields.text(value).isBlank()) {
        unclaimed.add(member.getKey() + ": " + Fields.text(value));
      }
    }
  }

  private static List<String> lines(ReportSection section, JsonNode value) {
    if (section == ReportSection.FLEET_NARRATIVE && value.isArray()) {
      List<String> paragraphs = new ArrayList<>();
      value.forEach(paragraph -> paragraphs.add(Fields.text(paragraph)));
      return String.join("\n\n", paragraphs).lines().toList();
    }
    String text = value.isContainerNode() ? value.toString() : Fields.text(value);
    return text.lines().toList();
  }
}
