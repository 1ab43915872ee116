package io.patrolagent.agentrunner.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.loop.Step.AnswerCalls;
import io.patrolagent.agentrunner.loop.Step.AskModel;
import io.patrolagent.agentrunner.loop.Step.AskRepair;
import io.patrolagent.agentrunner.loop.Step.Finish;
import io.patrolagent.agentrunner.loop.Step.GiveUp;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.common.config.SecretMask;
import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.JournalNotWrittenException;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one patrol's agent from where its journal ends: no step that is done is done again, and the
 * limits count what all runners before have used. Not thread-safe; a run has a loop of its own.
 */
final class AgentLoop {

  /**
   * What is left of the time even for a patrol that has used it up: its report has to be written.
   */
  private static final Duration TIME_FOR_THE_REPORT = Duration.ofMinutes(3);

  private static final int MOST_CHARACTERS_OF_EVIDENCE = 1_500_000;

  private final Models models;
  private final ToolRound tools;
  private final Planner planner;
  private final Limits limits;
  private final Clock clock;

  AgentLoop(Models models, ToolRound tools, Conversation conversation, Limits limits, Clock clock) {
    this.models = models;
    this.tools = tools;
    this.planner =
        new Planner(conversation, limits, models.names().contains(OfflineAnalyst.PROVIDER));
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Goes on until there is a report.
   *
   * @throws NoReportException if nobody could write one, or somebody cancelled the patrol
   * @throws PermanentFailureException if a step cannot be journaled
   * @throws JournalNotWrittenException if the run cannot go on here; another takes it from the
   *     journal
   * @throws InterruptedException at the next step after the gate has closed; what was done is
   *     journaled
   */
  AgentResult run(ToolContext patrol, Journal journal, Gate gate)
      throws NoReportException,
          PermanentFailureException,
          JournalNotWrittenException,
          InterruptedException {
    Instant startedAt =
        journal.entries().stream().map(JournalEntry::at).findFirst().orElseGet(clock::instant);
    List<Done> steps = Steps.done(journal.entries());
    Step next = planner.next(steps);
    if (!isEnd(next)) {
      gate.pass();
      endIfCancelled(gate, steps);
      journal.append(List.of(started(next)));
    }
    while (!isEnd(next)) {
      Done done = take(next, steps, patrol, gate);
      steps.add(done);
      next = planner.next(steps);
      write(done, next, journal, gate);
      if (!isEnd(next)) {
        endIfCancelled(gate, steps);
      }
    }
    if (next instanceof GiveUp end) {
      throw new NoReportException(ReportStatus.FAILED, end.reason(), RunUsage.ofSteps(steps));
    }
    return result((Finish) next, steps, startedAt);
  }

  private static boolean isEnd(Step step) {
    return step instanceof Finish || step instanceof GiveUp;
  }

  /**
   * What was done and what is begun next in one transaction; if the gate has closed, the former.
   */
  private void write(Done done, Step next, Journal journal, Gate gate)
      throws PermanentFailureException, JournalNotWrittenException, InterruptedException {
    if (isEnd(next)) {
      journal.append(List.of(done));
      return;
    }
    try {
      gate.pass();
    } catch (InterruptedException e) {
      journal.append(List.of(done));
      throw e;
    }
    journal.append(List.of(done, started(next)));
  }

  private Started started(Step step) {
    if (step instanceof AnswerCalls calls) {
      List<String> tools = calls.calls().stream().map(ToolExecutionRequest::name).toList();
      return started(calls.number(), calls.round(), tools);
    }
    return step instanceof AskRepair repair
        ? started(repair.number(), repair.round(), List.of())
        : started(((AskModel) step).number(), ((AskModel) step).round(), List.of());
  }

  private Started started(int number, int round, List<String> tools) {
    return new Started(number, round, limits.maxRounds(), tools, RunBy.NAME, clock.instant());
  }

  private static void endIfCancelled(Gate gate, List<Done> steps) throws NoReportException {
    Optional<String> cancelled = gate.cancellation();
    if (cancelled.isPresent()) {
      throw new NoReportException(ReportStatus.CANCELLED, cancelled.get(), RunUsage.ofSteps(steps));
    }
  }

  private Done take(Step step, List<Done> steps, ToolContext patrol, Gate gate)
      throws NoReportException, InterruptedException {
    try {
      if (step instanceof AnswerCalls calls) {
        return gate.interruptibly(() -> answer(calls, steps, patrol));
      }
      return step instanceof AskRepair repair
          ? repair(repair, steps, patrol, gate)
          : ask((AskModel) step, steps, patrol, gate);
    } catch (NoModelException e) {
      throw new NoReportException(
          ReportStatus.FAILED, String.valueOf(e.getMessage()), RunUsage.of(steps, e));
    } catch (InterruptedException e) {
      gate.pass(); // a run that is taken away is not ended by whoever had it
      endIfCancelled(gate, steps);
      throw e;
    }
  }

  private ModelDone ask(AskModel step, List<Done> steps, ToolContext patrol, Gate gate)
      throws NoModelException, NoReportException, InterruptedException {
    OfflineTurn turn = OfflineTurn.of(models.names(), step.provider(), patrol.request(), gate);
    Instant now = clock.instant();
    String reason = turn.reason(now);
    if (reason != null && !turn.isPossible()) {
      throw new NoReportException(
          ReportStatus.FAILED,
          reason + ", and the offline analyst is not among PATROL_LLM_PROVIDERS",
          RunUsage.ofSteps(steps));
    }
    Duration left = limits.left(Spent.of(steps));
    Duration time = left.compareTo(TIME_FOR_THE_REPORT) > 0 ? left : TIME_FOR_THE_REPORT;
    Instant deadline = turn.cut(now.plus(time));
    String provider = reason == null ? step.provider() : OfflineAnalyst.PROVIDER;
    ModelAnswer answer = gate.interruptibly(() -> models.ask(step.request(), provider, deadline));
    return done(
        step.number(),
        step.round(),
        step.requestHash(),
        answer,
        reason == null ? turn.reasonOf(answer) : reason);
  }

  private ModelDone done(
      int number, int round, String requestHash, ModelAnswer answer, @Nullable String offline) {
    return new ModelDone(
        number,
        round,
        requestHash,
        SecretMask.mask(ChatMessageSerializer.messageToJson(answer.message())),
        answer.finishReason() == null ? null : answer.finishReason().name(),
        answer.provider(),
        answer.model(),
        answer.usage(),
        answer.failures(),
        offline,
        answer.durationMs(),
        clock.instant());
  }

  /**
   * Asks for a repair, if there is time for it. None came where the answer is empty: the report
   * that there is was paid for, and goes out as it is.
   */
  private ModelDone repair(AskRepair step, List<Done> steps, ToolContext patrol, Gate gate)
      throws InterruptedException {
    OfflineTurn turn = OfflineTurn.of(models.names(), step.provider(), patrol.request(), gate);
    Instant now = clock.instant();
    if (turn.reason(now) != null) {
      return repaired(step, unanswered(step, List.of(), ModelUsage.NONE));
    }
    Duration left = limits.left(Spent.of(steps));
    Instant deadline = turn.cut(now.plus(left));
    try {
      return repaired(
          step,
          gate.interruptibly(() -> models.askOnly(step.request(), step.provider(), deadline)));
    } catch (NoModelException e) {
      return repaired(step, unanswered(step, e.failures(), e.usage()));
    }
  }

  private static ModelAnswer unanswered(
      AskRepair step, List<ProviderFailure> failures, ModelUsage usage) {
    return new ModelAnswer(
        AiMessage.from(""), null, step.provider(), step.model(), usage, failures, 0);
  }

  private ModelDone repaired(AskRepair step, ModelAnswer answer) {
    return done(step.number(), step.round(), step.requestHash(), answer, null);
  }

  private ToolsDone answer(AnswerCalls step, List<Done> steps, ToolContext patrol)
      throws InterruptedException {
    long begin = System.nanoTime();
    List<ToolsDone> before = Steps.toolRounds(steps);
    String withdrawn = step.withdrawn();
    List<ToolAnswer> answers =
        withdrawn == null
            ? tools.answer(step.calls(), Steps.answers(steps), patrol)
            : tools.refuse(step.calls(), withdrawn);
    String complaint = withdrawn == null ? LoopDetector.complaint(before, answers) : null;
    boolean complainedBefore = before.stream().anyMatch(round -> round.note() != null);
    return new ToolsDone(
        step.number(),
        step.round(),
        answers,
        complaint,
        complaint != null && complainedBefore,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        clock.instant());
  }

  private static AgentResult result(Finish finish, List<Done> steps, Instant startedAt) {
    Usage usage = Objects.requireNonNull(RunUsage.ofSteps(steps), "a report has a writer");
    return new AgentResult(
        finish.status(), finish.report(), usage, evidence(steps), finish.warnings(), startedAt);
  }

  /** The answers that a reader can check claims against, each once, together within an event. */
  private static List<Evidence> evidence(List<Done> steps) {
    List<ToolAnswer> answers =
        Steps.answers(steps).stream()
            .filter(answer -> answer.executed() && !answer.error())
            .toList();
    int most = MOST_CHARACTERS_OF_EVIDENCE / Math.max(1, answers.size());
    return answers.stream()
        .map(
            answer ->
                new Evidence(
                    answer.tool(),
                    answer.arguments(),
                    OutputCap.cut(answer.result(), most),
                    answer.at()))
        .toList();
  }
}
