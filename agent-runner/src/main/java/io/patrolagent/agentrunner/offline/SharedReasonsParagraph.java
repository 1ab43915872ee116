package io.patrolagent.agentrunner.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the risk reasons of the flagged clusters have in common. */
final class SharedReasonsParagraph {

  private static final int SHOWN = 3;

  /** Fewer customers sharing a version or a region may be chance. */
  private static final int CUSTOMERS_FOR_A_LEAD = 3;

  private SharedReasonsParagraph() {}

  static List<String> write(Assessment assessment) {
    List<String> sentences = new ArrayList<>();
    List<SharedReason> shown = assessment.sharedReasons().stream().limit(SHOWN).toList();
    shown.forEach(shared -> sentences.add(sentence(shared)));
    long leads = shown.stream().filter(shared -> lead(shared).isPresent()).count();
    if (leads > 0) {
      sentences.add(
          Prose.agree(
                  leads, "That is a lead and not yet a cause", "These are leads and not yet causes")
              + ": the snapshot does not say how many healthy clusters"
              + " share the same.");
    }
    return sentences;
  }

  private static String sentence(SharedReason shared) {
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
    if (!common.isEmpty()) {
      text.append(clusters == 2 ? ", both " : ", all ").append(Prose.list(common));
    }
    lead(shared).ifPresent(lead -> text.append("; ").append(lead));
    return text.append('.').toString();
  }

  private static Optional<String> lead(SharedReason shared) {
    if (shared.commonCustomer().isPresent()) {
      return Optional.of("look at what this customer's clusters share, such as their account");
    }
    if (shared.customers() >= CUSTOMERS_FOR_A_LEAD && shared.commonVersion().isPresent()) {
      return Optional.of("that points to the version rather than to one customer's use of it");
    }
    if (shared.customers() >= CUSTOMERS_FOR_A_LEAD && shared.commonRegion().isPresent()) {
      return Optional.of("that points to the region rather than to one customer");
    }
    return Optional.empty();
  }
}
