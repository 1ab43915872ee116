package io.patrolagent.agentrunner.offline;

/** Something to do, and how soon; the text is one line without a full stop. */
record Action(Urgency urgency, String text) {}
