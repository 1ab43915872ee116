package io.patrolagent.systemtests.sabotage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/** Jars that make a class of the tests an agent of another JVM; they hold no more than its name. */
public final class AgentJar {

  private static final Map<Class<?>, Path> MADE = new ConcurrentHashMap<>();

  private AgentJar() {}

  /** Its jar; the class needs a {@code premain} and may use Byte Buddy. */
  public static Path of(Class<?> agent) {
    return MADE.computeIfAbsent(agent, AgentJar::make);
  }

  private static Path make(Class<?> agent) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", agent.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    attributes.put(Attributes.Name.CLASS_PATH, location(agent) + " " + location(ByteBuddy.class));
    try {
      Path jar = Files.createTempFile(agent.getSimpleName(), ".jar");
      jar.toFile().deleteOnExit();
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
