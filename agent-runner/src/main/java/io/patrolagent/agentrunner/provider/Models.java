package io.patrolagent.agentrunner.provider;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configured providers, in their order of preference, as one. Thread-safe. */
public interface Models {

  /** The providers' names, in order of preference. */
  List<String> names();

  /**
   * One answer to the request. Begins with {@code provider}, or with the first where it is null: a
   * patrol stays with the provider that answered it, so that a provider that failed once is not
   * paid for failing again. One that fails for good is followed by the next in order.
   *
   * @param deadline when to give up
   * @throws NoModelException if every provider from there on failed
   * @throws InterruptedException if the thread was interrupted, which also ends the call under way
   */
  ModelAnswer ask(ChatRequest request, @Nullable String provider, Instant deadline)
      throws NoModelException, InterruptedException;

  /**
   * The same of that provider alone: for a question that nobody else could answer.
   *
   * @throws NoModelException if it failed, or is no longer among the providers
   */
  ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline)
      throws NoModelException, InterruptedException;
}
