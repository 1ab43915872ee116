package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.KnowledgeDocument;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the flagged clusters have in common, with the samples behind it, and what is mere noise. */
final class PatternsParagraph {

  private static final int SHOWN = 3;

  /** Fewer customers sharing a version or a region may be chance. */
  private static final int CUSTOMERS_FOR_A_LEAD = 3;

  private PatternsParagraph() {}

  static List<String> write(Assessment assessment) {
    List<SharedReason> shared =
        assessment.sharedReasons().stream()
            .sorted((a, b) -> Boolean.compare(a.traits().isEmpty(), b.traits().isEmpty()))
            .limit(SHOWN)
            .toList();
    List<String> sentences = new ArrayList<>();
    boolean unmeasuredLead = false;
    for (SharedReason reason : shared) {
      Optional<Pattern> pattern = Pattern.behind(reason, assessment);
      sentences.add(sentence(reason, pattern));
      pattern.map(SampleWording::sentence).ifPresent(sentences::add);
      knownIssue(reason).ifPresent(sentences::add);
      unmeasuredLead |= pattern.isEmpty() && lead(reason, pattern).isPresent();
    }
    if (unmeasuredLead) {
      sentences.add(
          "A lead is not yet a cause: how many healthy clusters share the same is not known here.");
    }
    Pattern.beyond(shared, assessment).stream()
        .limit(SHOWN)
        .map(SampleWording::cohort)
        .forEach(sentences::add);
    sentences.addAll(NoiseWording.sentences(assessment.evidence().noisy()));
    return sentences;
  }

  private static String sentence(SharedReason shared, Optional<Pattern> pattern) {
    int clusters = shared.clusters().size();
    StringBuilder text =
        new StringBuilder(Prose.capitalised(DataText.words(shared.code())))
            .append(" affects ")
            .append(Prose.count(clusters, "flagged cluster"));
    text.append(
        shared.customers() == 1
            ? " of one customer, " + shared.clusters().get(0).customer()
            : " of " + Prose.count(shared.customers(), "customer"));
    List<String> common = new ArrayList<>();
    shared.commonVersion().ifPresent(v -> common.add("on version " + DataText.name(v, "unknown")));
    shared.commonRegion().ifPresent(r -> common.add("in " + DataText.name(r, "unknown")));
    shared.commonAccount().ifPresent(a -> common.add("in account " + DataText.name(a, "unknown")));
    if (!common.isEmpty()) {
      text.append(clusters == 2 ? ", both " : ", all ").append(Prose.list(common));
    }
    lead(shared, pattern).ifPresent(lead -> text.append("; ").append(lead));
    return text.append('.').toString();
  }

  private static Optional<String> lead(SharedReason shared, Optional<Pattern> pattern) {
    boolean significant = pattern.filter(p -> p.pValue() <= Pattern.SIGNIFICANT).isPresent();
    boolean manyCustomers = shared.customers() >= CUSTOMERS_FOR_A_LEAD;
    if (shared.commonAccount().isPresent() && shared.customers() == 1) {
      return Optional.of("look at that account before the single clusters");
    }
    if (shared.commonCustomer().isPresent()) {
      return Optional.of("look at what this customer's clusters share, such as their account");
    }
    if ((manyCustomers || significant) && shared.commonVersion().isPresent()) {
      return Optional.of("that points to the version rather than to one customer's use of it");
    }
    if ((manyCustomers || significant) && shared.commonRegion().isPresent()) {
      return Optional.of("that points to the region rather than to one customer");
    }
    return Optional.empty();
  }

  /** The document that most of the clusters match, if it knows their version. */
  private static Optional<String> knownIssue(SharedReason shared) {
    return shared.clusters().stream()
        .flatMap(finding -> finding.documents().stream())
        .filter(document -> document.kind().equals("known_issue"))
        .filter(document -> fitsAll(document, shared))
        .findFirst()
        .map(
            document ->
                "The knowledge lake has it as "
                    + Documents.citation(document)
                    + (document.affectedVersions().isEmpty()
                        ? "."
                        : ", which names "
                            + (document.affectedVersions().size() == 1 ? "version " : "versions ")
                            + Prose.list(
                                document.affectedVersions().stream()
                                    .map(version -> DataText.name(version, "unknown"))
                                    .toList(),
                                SHOWN)
                            + "."));
  }

  private static boolean fitsAll(KnowledgeDocument document, SharedReason shared) {
    return shared.clusters().stream()
        .filter(finding -> !finding.documents().isEmpty())
        .allMatch(finding -> finding.documents().contains(document));
  }
}
