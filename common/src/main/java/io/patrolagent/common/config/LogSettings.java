package io.patrolagent.common.config;

import org.slf4j.event.Level;

/** How much is logged, and in which form. */
public record LogSettings(Format format, Level level) {

  /** Lines for people, or a JSON object a line for whatever collects logs. */
  public enum Format {
    TEXT,
    JSON
  }

  /** From {@code PATROL_LOG_…}; notes problems in the env. */
  public static LogSettings from(Env env) {
    return new LogSettings(
        env.choice(Setting.LOG_FORMAT, Format.class), env.choice(Setting.LOG_LEVEL, Level.class));
  }
}
