package io.patrolagent.agentrunner;

/** The model answered with no text; it may answer better when it is asked again. */
final class EmptyAnswerException extends Exception {

  EmptyAnswerException(String model) {
    super("model " + model + " answered with no text");
  }
}
