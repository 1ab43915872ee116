package io.patrolagent.scheduler;

import io.patrolagent.common.event.PatrolRequested;

/** Where triggers go. */
interface TriggerSender extends AutoCloseable {

  /** Sees to it that triggers can be sent; called again until it returns. */
  void prepare() throws Exception;

  /** Returns when the trigger is stored; after anything else it may be or not. */
  void send(PatrolRequested trigger) throws Exception;

  @Override
  void close();
}
