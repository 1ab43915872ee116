package io.patrolagent.reportsink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.report.PatrolReport;

/**
 * A report that PostgreSQL takes. It refuses U+0000 in {@code text} and {@code jsonb}, and
 * surrogates without their other half exist in no UTF-8: both are replaced by U+FFFD, everywhere in
 * the report, and a warning says so.
 */
final class StorableText {

  private static final JsonMapper MAPPER = EventCodec.mapper();
  private static final String WARNING =
      "Characters that cannot be stored (U+0000 or half of a surrogate pair) were replaced in this"
          + " report: ";

  private int replaced;

  private StorableText() {}

  static PatrolReport in(PatrolReport report) {
    StorableText storable = new StorableText();
    JsonNode tree = storable.clean(MAPPER.valueToTree(report));
    if (storable.replaced == 0) {
      return report;
    }
    ((ObjectNode) tree).withArray("warnings").add(WARNING + storable.replaced + ".");
    return MAPPER.convertValue(tree, PatrolReport.class);
  }

  private JsonNode clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode cleaned = MAPPER.createObjectNode();
      object.properties().forEach(f -> cleaned.set(clean(f.getKey()), clean(f.getValue())));
      return cleaned;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode cleaned = MAPPER.createArrayNode();
      array.forEach(element -> cleaned.add(clean(element)));
      return cleaned;
    }
    return node.isTextual() ? TextNode.valueOf(clean(node.textValue())) : node;
  }

  private String clean(String text) {
    if (text.codePoints().noneMatch(StorableText::isRefused)) {
      return text;
    }
    StringBuilder cleaned = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              replaced += isRefused(c) ? 1 : 0;
              cleaned.appendCodePoint(isRefused(c) ? 0xFFFD : c);
            });
    return cleaned.toString();
  }

  private static boolean isRefused(int c) {
    return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
