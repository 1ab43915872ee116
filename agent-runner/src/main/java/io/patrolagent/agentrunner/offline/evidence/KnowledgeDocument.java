package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A document of the knowledge lake as a search found it. */
public record KnowledgeDocument(
    String documentId,
    String kind,
    String title,
    String snippet,
    List<String> tags,
    List<String> affectedVersions) {

  static KnowledgeDocument of(JsonNode json) {
    return new KnowledgeDocument(
        Fields.textOrEmpty(json, "document_id"),
        Fields.textOrEmpty(json, "kind"),
        Fields.textOrEmpty(json, "title"),
        Fields.textOrEmpty(json, "snippet"),
        Fields.texts(json, "tags"),
        Fields.texts(json, "affected_versions"));
  }

  public boolean isRunbook() {
    return kind.equals("runbook");
  }
}
