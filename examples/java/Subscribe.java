import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.Subscription;

/** What a subscriber does: gets every finished report at least once, across restarts. */
public final class Subscribe {

  public static void main(String[] args) throws Exception {
    String brokers = args.length > 0 ? args[0] : "127.0.0.1:19092";
    String group = args.length > 1 ? args[1] : "java-subscriber";
    try (PatrolClient patrols = PatrolClient.connect(brokers);
        Subscription reports =
            patrols.subscribe(
                group,
                // what this throws at is handed over again
                finished ->
                    System.out.printf(
                        "%s %s %d clusters flagged%n",
                        finished.reportId(),
                        finished.status().wireName(),
                        finished.report().flaggedClusters().size()))) {
      reports.join(); // until it is closed, or throws why it ended
    }
  }
}
