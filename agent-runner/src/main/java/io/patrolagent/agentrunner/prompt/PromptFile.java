package io.patrolagent.agentrunner.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One prompt file: the text, and the version that its first line states as {@code version: …}. A
 * file that states none is known by the beginning of its hash.
 */
record PromptFile(String name, String version, String text) {

  private static final Pattern VERSION = Pattern.compile("\\Aversion: *(\\S.*?) *(\\R|\\z)");
  private static final int HASH_BYTES = 4;

  /** The operator's file of that name where the directory has it, or else the shipped one. */
  static PromptFile load(String name, Optional<Path> directory) {
    Optional<Path> own = directory.map(path -> path.resolve(name)).filter(Files::exists);
    return of(name, own.isPresent() ? read(own.get()) : shipped(name));
  }

  static PromptFile of(String name, String content) {
    Matcher header = VERSION.matcher(content);
    String version = header.find() ? header.group(1) : "sha256:" + hash(content);
    String text = header.replaceFirst("").strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("prompt " + name + " must not be empty");
    }
    return new PromptFile(name, version, text);
  }

  /** {@code morning.md 1}. */
  String label() {
    return name + " " + version;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("prompt " + file + " cannot be read as UTF-8", e);
    }
  }

  private static String shipped(String name) {
    String resource = "/io/patrolagent/agentrunner/prompts/" + name;
    try (InputStream in = PromptFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + resource + " cannot be read", e);
    }
  }

  private static String hash(String content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
