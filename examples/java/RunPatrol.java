import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.TopicTail;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.time.Instant;

/** What a UI backend does: asks for a patrol, shows where it is, gets its report. */
public final class RunPatrol {

  public static void main(String[] args) throws Exception {
    String brokers = args.length > 0 ? args[0] : "127.0.0.1:19092";
    PatrolRequested trigger = PatrolRequested.of(ReportType.ON_DEMAND, "java-example");
    try (PatrolClient patrols = PatrolClient.connect(brokers);
        TopicTail statuses =
            patrols.followStatuses(
                Instant.now().minusSeconds(60), // for clocks that differ
                status -> {
                  if (status.patrolId().equals(trigger.patrolId())) {
                    System.err.println(status.state().wireName() + " " + status.tools());
                  }
                })) {
      // triggers, and waits for the event of the patrol's end
      ReportFinished finished = patrols.runPatrol(trigger, Duration.ofMinutes(30));
      System.out.println(finished.reportId() + " " + finished.status().wireName());
      // where this is true, the row of alerts.patrol_reports has what the event had no room for
      System.out.println("truncated: " + finished.truncated());
      System.out.println(finished.report().fleetNarrative());
    }
  }
}
