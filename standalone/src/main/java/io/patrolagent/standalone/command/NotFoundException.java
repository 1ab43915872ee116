package io.patrolagent.standalone.command;

/** What was asked for does not exist; the message says where it was looked for. */
final class NotFoundException extends Exception {

  NotFoundException(String message) {
    super(message);
  }
}
