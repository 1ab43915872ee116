package io.patrolagent.systemtests.sabotage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A safeguard that is taken out of the services. */
public enum Sabotage {
  /** The report-sink inserts a row without minding that there is one. */
  INSERT_ON_CONFLICT,
  /** Whoever owns a partition next leaves the former owner's producer as it is. */
  FENCING,
  /** Records and offset are committed one after the other. */
  TRANSACTION,
  /** A runner does not see what was journaled before it. */
  JOURNAL,
  /** A member gives up a partition without minding its job. */
  REBALANCE_LISTENER,
  /** A partition's next record is worked on while one is in work. */
  PAUSE;

  private static final String PROPERTY = "patrol.sabotage";

  /** Runs something while the services that it starts lack this safeguard. */
  public void during(Runnable tests) {
    System.setProperty(PROPERTY, name());
    try {
      tests.run();
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  /** What the JVM of a service is started with now; nothing unless a safeguard is taken out. */
  public static List<String> jvmOptions() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(name -> List.of("-javaagent:" + AgentJar.of(SabotageAgent.class) + "=" + name))
        .orElse(List.of());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
