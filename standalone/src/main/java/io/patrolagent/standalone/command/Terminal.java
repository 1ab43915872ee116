package io.patrolagent.standalone.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.ops.Logging;
import io.patrolagent.standalone.progress.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

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

  /** Beside progress only our own warnings are logged, unless somebody asked for another level. */
  void quietLogs() {
    Map<String, String> quiet = new HashMap<>(variables);
    quiet.putIfAbsent(Setting.LOG_LEVEL.variable(), "error");
    Logging.configure(LogSettings.from(Env.of(quiet)), err);
    if (!isSet(Setting.LOG_LEVEL)) {
      ((Logger) LoggerFactory.getLogger("io.patrolagent")).setLevel(Level.WARN);
    }
  }
}
