package io.patrolagent.agentrunner.loop;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.loop.Step.AnswerCalls;
import io.patrolagent.agentrunner.loop.Step.AskModel;
import io.patrolagent.agentrunner.loop.Step.AskRepair;
import io.patrolagent.agentrunner.loop.Step.Finish;
import io.patrolagent.agentrunner.loop.Step.GiveUp;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.common.patrol.ReportStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what comes after the steps that were done. Whatever a model does, a run ends: its rounds are
 * limited, tools are withdrawn before they run out, and a model that still writes no report is
 * followed by the offline analyst, once.
 *
 * <p>At most {@link Limits#maxRounds} model calls, one more each to go on with a report that was
 * cut, after withdrawn tools were called, and to repair a report that cannot be read whole, and one
 * of the offline analyst.
 */
final class Planner {

  private final Conversation conversation;
  private final Limits limits;
  private final boolean offlineIsThere;

  Planner(Conversation conversation, Limits limits, boolean offlineIsThere) {
    this.conversation = conversation;
    this.limits = limits;
    this.offlineIsThere = offlineIsThere;
  }

  Step next(List<Done> steps) {
    if (steps.isEmpty()) {
      return ask(steps, null);
    }
    Done last = steps.get(steps.size() - 1);
    return last instanceof ModelDone answer ? after(answer, steps) : ask(steps, provider(steps));
  }

  private Step after(ModelDone answer, List<Done> steps) {
    AiMessage message = Conversation.message(answer);
    Drafts earlier = Drafts.of(steps.subList(0, steps.size() - 1));
    boolean isText = !message.hasToolExecutionRequests() && !Conversation.text(answer).isBlank();
    if (earlier.written() && !isText) {
      return finish(ReportStatus.COMPLETED, earlier.best(), steps); // no repair came
    }
    if (message.hasToolExecutionRequests()) {
      String withdrawn = withdrawn(steps.subList(0, steps.size() - 1));
      return withdrawn != null && hasRefused(steps)
          ? handOver(answer, steps)
          : new AnswerCalls(
              answer.step() + 1, answer.round(), message.toolExecutionRequests(), withdrawn);
    }
    Drafts drafts = Drafts.of(steps);
    String report = drafts.best();
    if (report.isBlank()) {
      return answer.round() >= limits.maxRounds() || emptyAnswers(steps) > 1
          ? handOver(answer, steps)
          : ask(steps, answer.provider());
    }
    if (Conversation.isCut(answer)) {
      return cutAnswers(steps) > 1
          ? finish(ReportStatus.PARTIAL, report, steps)
          : ask(steps, answer.provider());
    }
    return isText && isToBeRepaired(answer, drafts, steps)
        ? repair(answer, steps)
        : finish(ReportStatus.COMPLETED, report, steps);
  }

  /** Once, while there is room for it, and only by a model: code would write the same again. */
  private boolean isToBeRepaired(ModelDone answer, Drafts drafts, List<Done> steps) {
    return !drafts.isRepaired()
        && !answer.provider().equals(OfflineAnalyst.PROVIDER)
        && limits.nearOf(Spent.of(steps)) == null
        && RepairRequest.isNeeded(drafts.first());
  }

  private AskRepair repair(ModelDone answer, List<Done> steps) {
    ChatRequest request = conversation.request(steps, withdrawn(steps));
    return new AskRepair(
        steps.size(),
        rounds(steps) + 1,
        request,
        Conversation.hash(request),
        answer.provider(),
        answer.model());
  }

  private AskModel ask(List<Done> steps, @Nullable String provider) {
    int round = rounds(steps) + 1;
    ChatRequest request = conversation.request(steps, withdrawn(steps));
    return new AskModel(steps.size(), round, request, Conversation.hash(request), provider);
  }

  /** To the last resort; from it, to the end. */
  private Step handOver(ModelDone answer, List<Done> steps) {
    if (offlineIsThere && !answer.provider().equals(OfflineAnalyst.PROVIDER)) {
      return ask(steps, OfflineAnalyst.PROVIDER);
    }
    String report = Drafts.of(steps).best();
    return report.isBlank()
        ? new GiveUp(
            "%s (%s) wrote no report in %d rounds"
                .formatted(answer.provider(), answer.model(), answer.round()))
        : finish(ReportStatus.PARTIAL, report, steps);
  }

  /** Why the call that follows these steps may not ask for tools, or null if it may. */
  private @Nullable String withdrawn(List<Done> steps) {
    if (rounds(steps) + 1 >= limits.maxRounds()) {
      return "this is the last of " + limits.maxRounds() + " rounds";
    }
    if (steps.stream().anyMatch(step -> step instanceof ToolsDone done && done.toolsWithdrawn())) {
      return "your calls repeated each other or failed";
    }
    if (cutAnswers(steps) > 0) {
      return "the report has begun";
    }
    if (Drafts.of(steps).written()) {
      return "the report is written";
    }
    String near = limits.nearOf(Spent.of(steps));
    return near == null ? null : "near " + near;
  }

  private Finish finish(ReportStatus status, String report, List<Done> steps) {
    List<ModelDone> answers = answers(steps);
    boolean offlineSteppedIn =
        OfflineAnalyst.PROVIDER.equals(provider(steps))
            && answers.stream()
                .anyMatch(
                    answer ->
                        answer.offlineReason() != null
                            || !answer.failures().isEmpty()
                            || !answer.provider().equals(OfflineAnalyst.PROVIDER));
    return new Finish(
        offlineSteppedIn && status == ReportStatus.COMPLETED ? ReportStatus.DEGRADED : status,
        report,
        warnings(status, offlineSteppedIn, steps));
  }

  private List<String> warnings(ReportStatus status, boolean offlineSteppedIn, List<Done> steps) {
    List<String> warnings = new ArrayList<>();
    List<ModelDone> answers = answers(steps);
    for (ModelDone answer : answers) {
      answer.failures().stream()
          .map(
              failure ->
                  "%s failed in round %d (%s): %s"
                      .formatted(
                          failure.provider(), answer.round(), failure.reason(), failure.message()))
          .forEach(warnings::add);
    }
    List<String> reasons =
        answers.stream().map(ModelDone::offlineReason).filter(Objects::nonNull).distinct().toList();
    reasons.forEach(reason -> warnings.add(reason + "."));
    if (offlineSteppedIn && reasons.isEmpty()) {
      warnings.add("The offline analyst finished this report: no provider did.");
    }
    if (status == ReportStatus.PARTIAL) {
      warnings.add("The report is not whole: the model did not write it to its end.");
    }
    repairWarning(steps).ifPresent(warnings::add);
    String near = limits.nearOf(Spent.of(steps.subList(0, Math.max(0, steps.size() - 1))));
    if (near != null) {
      warnings.add("Tools were withdrawn near " + near + ".");
    }
    if (steps.stream().anyMatch(step -> step instanceof ToolsDone done && done.toolsWithdrawn())) {
      warnings.add("Tools were withdrawn because calls repeated each other or failed.");
    }
    if (changedSince(steps)) {
      warnings.add(
          "Prompt, tools or limits changed while this patrol ran; it went on from the answers it"
              + " had.");
    }
    warnings.addAll(changesOfModel(answers));
    return warnings;
  }

  /** Of a provider that answered with one model, and later with another. */
  private static List<String> changesOfModel(List<ModelDone> answers) {
    Map<String, Set<String>> models = new LinkedHashMap<>();
    for (ModelDone answer : answers) {
      models
          .computeIfAbsent(answer.provider(), provider -> new LinkedHashSet<>())
          .add(answer.model());
    }
    return models.entrySet().stream()
        .filter(of -> of.getValue().size() > 1)
        .map(
            of ->
                "%s answered with more than one model: %s."
                    .formatted(of.getKey(), String.join(", then ", of.getValue())))
        .toList();
  }

  /** Whether a model was sent, for one of these steps, something else than it would be sent now. */
  private boolean changedSince(List<Done> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof ModelDone answer) {
        List<Done> before = steps.subList(0, i);
        String now = Conversation.hash(conversation.request(before, withdrawn(before)));
        if (!now.equals(answer.requestHash())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Says of a repair that was asked for what it was about, and whether it came. */
  private static Optional<String> repairWarning(List<Done> steps) {
    for (int i = 0; i < steps.size() - 1; i++) {
      Drafts drafts = Drafts.of(steps.subList(0, i + 1));
      if (drafts.whole() && steps.get(i + 1) instanceof ModelDone) {
        String missing = RepairRequest.missing(drafts.first());
        boolean repaired = !RepairRequest.isNeeded(Drafts.of(steps).best());
        return Optional.of(
            repaired
                ? "The model was asked once to repair its report, which lacked " + missing + "."
                : "The model was asked once to repair its report, in vain: it lacks "
                    + missing
                    + " or parts of it.");
      }
    }
    return Optional.empty();
  }

  private static long cutAnswers(List<Done> steps) {
    return answers(steps).stream()
        .filter(answer -> !Conversation.message(answer).hasToolExecutionRequests())
        .filter(Conversation::isCut)
        .count();
  }

  /** Whether withdrawn tools were called before, and the calls refused. */
  private boolean hasRefused(List<Done> steps) {
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i) instanceof ToolsDone && withdrawn(steps.subList(0, i - 1)) != null) {
        return true;
      }
    }
    return false;
  }

  private static long emptyAnswers(List<Done> steps) {
    return answers(steps).stream()
        .filter(answer -> !Conversation.message(answer).hasToolExecutionRequests())
        .filter(answer -> Conversation.text(answer).isBlank())
        .count();
  }

  /** A patrol stays with the provider that answered it. */
  private static @Nullable String provider(List<Done> steps) {
    List<ModelDone> answers = answers(steps);
    return answers.isEmpty() ? null : answers.get(answers.size() - 1).provider();
  }

  private static int rounds(List<Done> steps) {
    return answers(steps).size();
  }

  private static List<ModelDone> answers(List<Done> steps) {
    return steps.stream().filter(ModelDone.class::isInstance).map(ModelDone.class::cast).toList();
  }
}
