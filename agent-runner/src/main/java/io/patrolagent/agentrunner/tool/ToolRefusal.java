package io.patrolagent.agentrunner.tool;

/** A call that cannot be answered as it was made; the message is for the model. */
public final class ToolRefusal extends Exception {

  public ToolRefusal(String message) {
    super(message);
  }
}
