package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.KnowledgeDocument;
import io.patrolagent.agentrunner.offline.wording.DataText;

/** How a document of the knowledge lake is cited. */
final class Documents {

  private Documents() {}

  /** {@code the runbook “Expand a volume that is filling” (document 41)}. */
  static String citation(KnowledgeDocument document) {
    return "the "
        + DataText.name(document.kind(), "document").replace('_', ' ')
        + " “"
        + DataText.detail(document.title())
        + "” (document "
        + DataText.name(document.documentId(), "without an id")
        + ")";
  }
}
