package io.patrolagent.common.stage;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** Jobs without a poll loop behind them. */
final class TestJobs {

  static final StageJournal NO_JOURNAL =
      new StageJournal() {
        @Override
        public List<String> read(String key) {
          throw new IllegalStateException("no journal");
        }

        @Override
        public void append(String key, List<String> entries) {
          throw new IllegalStateException("no journal");
        }
      };

  private TestJobs() {}

  /** A job of a consumer that has polled just now. */
  static RecordJob job(SourceRecord source) {
    Membership membership = new Membership();
    membership.refresh(new ConsumerGroupMetadata("patrol.stage"));
    return new RecordJob(source, NO_JOURNAL, membership);
  }
}
