package io.patrolagent.standalone.command;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Logging;
import io.patrolagent.standalone.progress.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** What a command is run with: the environment, and where results and progress go. */
record Terminal(Map<String, String> variables, PrintStream out, PrintStream err) {

  /** Set by the launcher where standard error is a terminal. */
  private static final String IS_TERMINAL = "patrol.terminal";

  Progress progress() {
    return new Progress(err, Boolean.getBoolean(IS_TERMINAL));
  }

  boolean isSet(Setting setting) {
    return variables.containsKey(setting.variable());
  }

  /** Logs of a command that shows progress: warnings, unless somebody asked for more. */
  void quietLogs() {
    Map<String, String> quiet = new HashMap<>(variables);
    quiet.putIfAbsent(Setting.LOG_LEVEL.variable(), "error");
    Logging.configure(LogSettings.from(Env.of(quiet)), err);
  }
}
