package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;

/**
 * Something that the model can call to look at the fleet. It only reads, within the patrol's scope.
 * Thread-safe: calls of one round run side by side.
 */
public interface Tool {

  /** As in the specification, for whoever needs no more: a specification may be asked for. */
  default String name() {
    return specification().name();
  }

  /** Name, when to use it, and the JSON schema of its arguments. */
  ToolSpecification specification();

  /**
   * Answers with one JSON object that says its {@code source} and the time {@code at} which it was
   * read.
   *
   * @throws ToolRefusal if the call was wrong; its message tells the model how to do better
   * @throws InterruptedException if the round was ended before the tool was done
   * @throws Exception if the tool failed; what the model reads is then that it did, and why
   */
  ObjectNode call(ToolArguments arguments, ToolContext context) throws Exception;
}
