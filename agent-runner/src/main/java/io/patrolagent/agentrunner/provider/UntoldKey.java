package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.common.config.Secret;
import java.time.Duration;

/**
 * Takes the key that a call was made with out of what is said of its failure: gateways repeat it,
 * and theirs have no shape by which they could be known.
 */
record UntoldKey(Attempt attempt, Secret key) implements Attempt {

  /** Local servers are given a word for a key, which is no secret and occurs in other words. */
  private static final int SHORTEST = 8;

  @Override
  public Outcome run(ChatRequest request, Duration timeout) throws InterruptedException {
    Outcome outcome = attempt.run(request, timeout);
    if (key.value().length() < SHORTEST || !(outcome instanceof Outcome.Failed failed)) {
      return outcome;
    }
    return new Outcome.Failed(
        failed.reason(),
        failed.message().replace(key.value(), Secret.MASK),
        failed.retryAfter(),
        failed.usage());
  }
}
