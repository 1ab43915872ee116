package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.KnowledgeDocument;
import io.patrolagent.agentrunner.offline.rule.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which documents of the knowledge lake fit a finding: at most one known issue and one runbook. A
 * known issue fits if it is about an error code in the cluster's log, or about its reason and its
 * very version. A runbook fits if it is about the error code or the reason.
 */
final class KnowledgeMatch {

  /** Words of reason codes that documents about anything may hold. */
  private static final Set<String> VAGUE =
      Set.of("HIGH", "LOW", "RATE", "STALE", "EXHAUSTED", "LOOP", "THE", "A");

  private KnowledgeMatch() {}

  static List<KnowledgeDocument> of(ClusterFinding finding, List<KnowledgeDocument> documents) {
    List<KnowledgeDocument> matches = new ArrayList<>();
    List<KnowledgeDocument> issues =
        documents.stream().filter(document -> !document.isRunbook()).toList();
    List<KnowledgeDocument> runbooks =
        documents.stream().filter(KnowledgeDocument::isRunbook).toList();
    first(
            issues,
            document -> document.kind().equals("known_issue") && isAboutErrors(finding, document))
        .or(() -> first(issues, document -> isAboutVersion(finding, document)))
        .ifPresent(matches::add);
    first(runbooks, document -> isAboutErrors(finding, document))
        .or(() -> first(runbooks, document -> isAboutReason(finding, document)))
        .ifPresent(matches::add);
    return List.copyOf(matches);
  }

  private static Optional<KnowledgeDocument> first(
      List<KnowledgeDocument> documents, Predicate<KnowledgeDocument> fits) {
    return documents.stream().filter(fits).findFirst();
  }

  private static boolean isAboutErrors(ClusterFinding finding, KnowledgeDocument document) {
    return finding.errorCodes().stream()
        .anyMatch(code -> document.title().contains(code) || document.tags().contains(code));
  }

  private static boolean isAboutVersion(ClusterFinding finding, KnowledgeDocument document) {
    return document.kind().equals("known_issue")
        && document.affectedVersions().contains(finding.cluster().version())
        && isAboutReason(finding, document);
  }

  /** Each reason code in turn, so that its first one decides. */
  private static boolean isAboutReason(ClusterFinding finding, KnowledgeDocument document) {
    Set<String> topics = new HashSet<>();
    document.tags().forEach(tag -> topics.addAll(Words.of(tag)));
    topics.addAll(Words.of(document.title()));
    return finding.codes().stream()
        .limit(1)
        .flatMap(code -> Words.of(code).stream())
        .filter(word -> !VAGUE.contains(word))
        .anyMatch(word -> topics.contains(word) || topics.contains(plural(word)));
  }

  private static String plural(String word) {
    return word.toUpperCase(Locale.ROOT).endsWith("Y")
        ? word.substring(0, word.length() - 1) + "IES"
        : word + "S";
  }
}
